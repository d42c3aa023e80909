import CommandLanguage
import Notebooks

/// The code pieces of a document, each with its place.
struct DocumentAnalysis {
  /// A piece at its place in the document.
  struct Placed {
    let piece: CodePiece
    /// The first line of the piece in the document, from 0.
    let firstLine: Int
    /// The number of lines of the piece.
    let lineCount: Int
    /// True if the last group of the piece is marked as failing.
    var isFailing = false

    var source: Source { piece.result.script.source }

    var lines: Range<Int> { firstLine..<firstLine + lineCount }
  }

  let pieces: [Placed]

  /// The names that the pieces define together.
  let defined: DefinedNames

  /// The parsed pieces by their text, reused by the next analysis.
  let known: [String: CodePiece]

  /// Divides a document into pieces.
  ///
  /// A piece is a run of lines without blank lines, prose or output. If brackets, braces or quotes are open, it
  /// continues to where they close. If they never close, the error stays within its run, and the rest is read as if
  /// they were closed.
  ///
  /// - Parameter known: the pieces of earlier analyses, which are not parsed again.
  init(_ lines: [String], isNotebook: Bool, language: Language, known: [String: CodePiece] = [:]) {
    var divider = Divider(lines, isNotebook: isNotebook, language: language, known: known)
    divider.divide()
    pieces = divider.pieces
    self.known = divider.used
    var defined = DefinedNames()
    for placed in pieces {
      defined.formUnion(placed.piece.reading(failing: placed.isFailing).defined)
    }
    self.defined = defined
  }

  /// Returns the piece that a line belongs to.
  func piece(at line: Int) -> Placed? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].firstLine <= line { low = middle + 1 } else { high = middle }
    }
    guard low > 0, pieces[low - 1].lines.contains(line) else { return nil }
    return pieces[low - 1]
  }
}

private struct Divider {
  private let lines: [String]
  private let isNotebook: Bool
  private let language: Language
  private var known: [String: CodePiece]
  private(set) var pieces: [DocumentAnalysis.Placed] = []
  private(set) var used: [String: CodePiece] = [:]
  /// The number of lines that may still be parsed in search of closing brackets and quotes; bounds the work.
  private var searched: Int

  init(_ lines: [String], isNotebook: Bool, language: Language, known: [String: CodePiece]) {
    self.lines = lines
    self.isNotebook = isNotebook
    self.language = language
    self.known = known
    searched = 4 * lines.count
  }

  private enum Kind { case code, failure, output, other }

  private func kind(of line: Int) -> Kind {
    guard isNotebook else {
      let first = lines[line].utf8.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      return first == nil || first == UInt8(ascii: "#") ? .other : .code
    }
    switch NotebookLine.bodyKind(of: lines[line].utf8) {
    case .code: return .code
    case .failure: return .failure
    case .stable, .volatile: return .output
    case .version, .header, .prose, .blank: return .other
    }
  }

  mutating func divide() {
    var line = isNotebook ? DocumentAnalysis.headerCount(of: lines) : 0
    while line < lines.count {
      switch kind(of: line) {
      case .code:
        let end = endOfPiece(from: line)
        add(line..<end)
        line = end
      case .failure:
        if !pieces.isEmpty { pieces[pieces.count - 1].isFailing = true }
        line += 1
      case .output, .other: line += 1
      }
    }
  }

  private mutating func add(_ range: Range<Int>) {
    let piece = piece(range)
    pieces.append(.init(piece: piece, firstLine: range.lowerBound, lineCount: range.count))
  }

  private mutating func piece(_ range: Range<Int>) -> CodePiece {
    let text = lines[range].joined(separator: "\n")
    let piece = used[text] ?? known[text] ?? CodePiece(text, language: language)
    used[text] = piece
    return piece
  }

  /// Returns the line after the piece that begins at a line.
  private mutating func endOfPiece(from start: Int) -> Int {
    let run = endOfRun(from: start)
    let first = piece(start..<run)
    guard first.result.isOpen else { return run }
    var end = run
    var step = 1
    while searched > 0, let longer = extend(end, by: step) {
      searched -= longer - start
      end = longer
      step *= 2
      let whole = piece(start..<end)
      // The end of the statement that the first run leaves open.
      guard let group = whole.groups.last(where: { $0.lowerBound < run - start }),
        group.upperBound > run - start
      else { continue }
      let closed = piece(start..<start + group.upperBound)
      // An unclosed bracket or quote is closed by any later one, which leaves other errors.
      let isBlock = first.result.diagnostics.contains { $0.reason == .unclosed("{") }
      if isBlock ? !closed.result.isOpen : closed.result.diagnostics.isEmpty {
        return start + group.upperBound
      }
    }
    return run
  }

  private func endOfRun(from start: Int) -> Int {
    var end = start + 1
    while end < lines.count, kind(of: end) == .code { end += 1 }
    return end
  }

  /// Returns the end of up to `count` more runs before the next output; nil if there are none.
  private func extend(_ end: Int, by count: Int) -> Int? {
    var (result, next, left) = (end, end, count)
    while left > 0, next < lines.count {
      switch kind(of: next) {
      case .code:
        next = endOfRun(from: next)
        result = next
        left -= 1
      case .other: next += 1
      case .output, .failure: return result > end ? result : nil
      }
    }
    return result > end ? result : nil
  }
}

extension DocumentAnalysis {
  /// Returns the number of lines above a notebook's body.
  static func headerCount(of lines: [String]) -> Int {
    1 + lines.dropFirst().prefix { HeaderLine($0.utf8) != nil }.count
  }
}
