import Notebooks

/// A part of a file that precedes the output of its statements, for users who follow a run.
package enum Listing: Sendable, Equatable {
  /// Markdown.
  case prose(String)
  /// Statements, or comments between them.
  case code(String)
}

/// A reporter of the lines of a notebook or script as its run reaches them.
struct Lister {
  /// The lines, and whether each is prose; nil for a line that is not reported, such as recorded output.
  private let lines: [(text: String, isProse: Bool)?]
  private let tell: (Listing) -> Void
  private var next = 0

  /// - Parameter tell: receives each part.
  init(_ notebook: Notebook, tell: @escaping (Listing) -> Void) {
    lines = notebook.lines.map { line in
      switch line.kind {
      case .prose: (line.content, true)
      case .blank, .code: (line.text, false)
      case .version, .header, .stable, .volatile, .failure: nil
      }
    }
    self.tell = tell
  }

  /// - Parameters:
  ///   - script: the text of a script, in which all lines are code.
  ///   - tell: receives each part.
  init(script: String, tell: @escaping (Listing) -> Void) {
    lines = script.split(separator: "\n", omittingEmptySubsequences: false).map {
      (String($0), false)
    }
    self.tell = tell
  }

  /// Reports the lines above statements that are about to run, and the statements themselves.
  mutating func come(to places: Range<Int>) {
    advance(to: places.lowerBound)
    tell(.code(lines[places].map { $0?.text ?? "" }.joined(separator: "\n")))
    next = places.upperBound
  }

  /// Reports the lines below the last statements.
  mutating func finish() { advance(to: lines.count) }

  private mutating func advance(to end: Int) {
    guard next < end else { return }
    var part: (lines: [String], isProse: Bool) = ([], false)
    func flush() {
      let text = part.lines.joined(separator: "\n").trimmingBlankLines
      if !text.isEmpty { tell(part.isProse ? .prose(text) : .code(text)) }
    }
    for case let line? in lines[next..<end] {
      let isBlank = line.text.allSatisfy(\.isWhitespace)
      if line.isProse != part.isProse, !isBlank || line.isProse {
        flush()
        part = ([], line.isProse)
      }
      part.lines.append(line.text)
    }
    flush()
    next = end
  }
}

extension String {
  /// The text without blank lines at its ends; its first line keeps its blanks.
  fileprivate var trimmingBlankLines: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
