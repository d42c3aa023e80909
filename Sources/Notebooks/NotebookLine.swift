/// One line of a notebook, exactly as in the file.
package struct NotebookLine: Sendable {
  /// The kind of a line, determined by its place and its first byte alone.
  package enum Kind: Sendable {
    /// The first line, `rsenb 1`.
    case version
    /// `key: value`, directly below the first line.
    case header
    /// `#` in column one: Markdown.
    case prose
    /// A blank line.
    case blank
    /// Part of a statement.
    case code
    /// `|`: output that a replay must reproduce.
    case stable
    /// `~`: output that is never compared.
    case volatile
    /// `!`: the statement above is expected to fail, with this message if one follows.
    case failure

    /// True for the lines that recording writes.
    package var isOutput: Bool { self == .stable || self == .volatile || self == .failure }
  }

  /// The ending of a line in the file.
  package enum Ending: String, Sendable {
    case lineFeed = "\n"
    case carriageReturnLineFeed = "\r\n"
    /// The last line of a file without a final newline.
    case none = ""
  }

  /// The line's kind.
  package let kind: Kind
  /// The line's text, without its ending.
  package let text: String
  /// The line's ending.
  package let ending: Ending

  /// The text of prose and output without the mark and the one blank after it; other lines unchanged.
  package var content: String {
    guard kind == .prose || kind.isOutput else { return text }
    let rest = text.utf8.dropFirst()
    return String(decoding: rest.first == .space ? rest.dropFirst() : rest, as: UTF8.self)
  }

  func with(ending: Ending) -> NotebookLine {
    NotebookLine(kind: kind, text: text, ending: ending)
  }

  /// Returns the kind of a line below the header.
  package static func bodyKind(of text: some Collection<UInt8>) -> Kind {
    switch text.first {
    case UInt8(ascii: "#"): .prose
    case UInt8(ascii: "|"): .stable
    case UInt8(ascii: "~"): .volatile
    case UInt8(ascii: "!"): .failure
    default: text.allSatisfy(\.isBlank) ? .blank : .code
    }
  }
}
