import CommandLanguage
import Notebooks

/// A file that the client has open.
final class OpenDocument {
  let uri: String
  var version: Int?
  let isNotebook: Bool
  let language: Language
  private(set) var text: TextDocument
  /// The line whose columns were counted last, with its counter.
  private var counted: (line: Int, counter: ColumnCounter)?
  private var known: [String: CodePiece] = [:]
  private var current: DocumentAnalysis?
  private var defined = DefinedNames()
  /// The number of times that the names of the document have changed.
  private(set) var revision = 0

  init(
    uri: String,
    version: Int?,
    text: String,
    languageName: String?,
    encoding: PositionEncoding,
    language: Language
  ) {
    self.uri = uri
    self.version = version
    self.language = language
    self.text = TextDocument(text, encoding: encoding)
    isNotebook = languageName == "rsenb" || uri.hasSuffix(".rsenb") || text.hasPrefix("rsenb ")
  }

  /// Replaces a range, or the whole text if there is none.
  func change(_ range: TextRange?, to new: String) {
    if let range {
      text.replace(range, with: new)
    } else {
      text = TextDocument(new, encoding: text.encoding)
    }
    current = nil
    counted = nil
  }

  /// True if the document is within the size limits of notebooks.
  var isReadable: Bool {
    text.lines.count <= Notebook.mostLines
      && text.lines.reduce(0) { $0 + $1.utf8.count } <= NotebookFile.largest
  }

  /// The analysis of the current text.
  var analysis: DocumentAnalysis {
    if let current { return current }
    let lines = isReadable ? text.lines : []
    let analysis = DocumentAnalysis(
      lines,
      isNotebook: isNotebook,
      language: language,
      known: known
    )
    known = analysis.known
    if analysis.defined != defined {
      defined = analysis.defined
      revision += 1
    }
    current = analysis
    return analysis
  }

  // MARK: Places

  /// Returns the client's position of a place.
  func clientPosition(of place: LinePlace) -> Position {
    var counter = ColumnCounter("", encoding: text.encoding)
    if let counted, counted.line == place.line {
      counter = counted.counter
    } else {
      counter = ColumnCounter(text.lines[place.line], encoding: text.encoding)
    }
    let column = counter.column(ofByte: place.byte)
    counted = (place.line, counter)
    return Position(line: place.line, character: column)
  }

  /// Returns the range of whole lines, without the line ending of the last one.
  func range(ofLines range: Range<Int>) -> TextRange {
    let last = range.upperBound - 1
    return TextRange(
      start: Position(line: range.lowerBound, character: 0),
      end: clientPosition(of: LinePlace(line: last, byte: text.lines[last].utf8.count))
    )
  }

  /// Returns the piece at a position and the position's byte offset in the piece.
  func piece(at position: Position) -> (placed: DocumentAnalysis.Placed, offset: Int)? {
    let place = text.place(of: position)
    guard let placed = analysis.piece(at: place.line) else { return nil }
    let source = placed.source
    return (placed, source.range(ofLine: place.line - placed.firstLine).lower + place.byte)
  }

  /// Returns the document place of a byte offset in a piece.
  func place(of offset: Int, in placed: DocumentAnalysis.Placed) -> LinePlace {
    let source = placed.source
    let line = source.lineIndex(at: offset)
    return LinePlace(
      line: placed.firstLine + line,
      byte: offset - source.range(ofLine: line).lower
    )
  }

  /// Returns the client's range of a range in a piece.
  func range(of range: SourceRange, in placed: DocumentAnalysis.Placed) -> TextRange {
    TextRange(
      start: clientPosition(of: place(of: range.lower, in: placed)),
      end: clientPosition(of: place(of: range.upper, in: placed))
    )
  }

  /// All definitions in order, including those marked as failing.
  var definitions: [(placed: DocumentAnalysis.Placed, definition: Definition)] {
    analysis.pieces.flatMap { placed in
      placed.piece.definitions.map { (placed, $0) }
    }
  }
}
