import CommandLanguage
import Notebooks

/// A file that the client has open.
final class OpenDocument {
  let uri: String
  var version: Int?
  let isNotebook: Bool
  let language: Language
  private(set) var text: TextDocument
  private var known: [String: CodePiece] = [:]
  private var current: DocumentAnalysis?
  private var defined = DefinedNames()
  /// How often the names of the document have changed.
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

  /// Replaces a range, or everything without one.
  func change(_ range: TextRange?, to new: String) {
    if let range {
      text.replace(range, with: new)
    } else {
      text = TextDocument(new, encoding: text.encoding)
    }
    current = nil
  }

  /// Whether it has no more lines than notebooks may have.
  var isReadable: Bool { text.lines.count <= Notebook.mostLines }

  /// The code of the document as it is now.
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

  /// The piece at a position, and the byte of the position in its text.
  func piece(at position: Position) -> (placed: DocumentAnalysis.Placed, offset: Int)? {
    let place = text.place(of: position)
    guard let placed = analysis.piece(at: place.line) else { return nil }
    let source = placed.source
    return (placed, source.range(ofLine: place.line - placed.firstLine).lower + place.byte)
  }

  /// Where a byte of a piece is in the document.
  func place(of offset: Int, in placed: DocumentAnalysis.Placed) -> LinePlace {
    let source = placed.source
    let line = source.lineIndex(at: offset)
    return LinePlace(
      line: placed.firstLine + line,
      byte: offset - source.range(ofLine: line).lower
    )
  }

  /// Where a range of a piece is for the client.
  func range(of range: SourceRange, in placed: DocumentAnalysis.Placed) -> TextRange {
    TextRange(
      start: text.position(of: place(of: range.lower, in: placed)),
      end: text.position(of: place(of: range.upper, in: placed))
    )
  }

  /// All definitions in order, those marked as failing included.
  var definitions: [(placed: DocumentAnalysis.Placed, definition: Definition)] {
    analysis.pieces.flatMap { placed in
      placed.piece.definitions.map { (placed, $0) }
    }
  }
}
