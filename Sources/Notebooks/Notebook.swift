/// A notebook: every line of a `.rsenb` file, so that writing it reproduces the bytes that were read.
///
/// The line `rsenb 1` is followed by header lines and, from the first blank line or first line that is not
/// `key: value`, by prose, statements and their output (see ``NotebookLine/Kind``). The notebook knows
/// no statements: an evaluator divides its code into cells (``cells(groupedBy:)``).
package struct Notebook: Sendable {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  static let magic = "rsenb"
  static let version = "1"

  /// The file's name as messages show it.
  package let file: String
  /// True if the file begins with the UTF-8 byte order mark, which is preserved.
  package let hasByteOrderMark: Bool
  /// All lines, including the first one.
  package internal(set) var lines: [NotebookLine]

  /// Creates a notebook with nothing but a header.
  package init(file: String, environment: String, facts: [(key: String, value: String)] = []) {
    self.file = file
    hasByteOrderMark = false
    lines = [
      NotebookLine(kind: .version, text: "\(Self.magic) \(Self.version)", ending: .lineFeed)
    ]
    setHeader(environment: environment, facts: facts)
  }

  init(file: String, hasByteOrderMark: Bool, lines: [NotebookLine]) {
    self.file = file
    self.hasByteOrderMark = hasByteOrderMark
    self.lines = lines
  }

  /// The file's bytes.
  package var bytes: [UInt8] {
    var bytes = hasByteOrderMark ? Self.byteOrderMark : []
    bytes.reserveCapacity(lines.reduce(3) { $0 + $1.text.utf8.count + 2 })
    for line in lines {
      bytes += line.text.utf8
      bytes += line.ending.rawValue.utf8
    }
    return bytes
  }

  /// The file's text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// True if an environment or output has been recorded.
  package var isRecorded: Bool {
    environment != nil || lines.contains { $0.kind == .stable || $0.kind == .volatile }
  }

  /// Returns the ending for a line written below the line at `index`.
  func ending(below index: Int) -> NotebookLine.Ending {
    lines[index].ending != .none ? lines[index].ending : firstEnding
  }

  private var firstEnding: NotebookLine.Ending {
    lines[0].ending != .none ? lines[0].ending : .lineFeed
  }
}
