/// Lays out text in lines of a given width.
package enum TextLayout {
  /// Breaks pieces of text into lines; lines after the first start with `hanging` spaces.
  ///
  /// A piece wider than a line has a line of its own.
  package static func wrap(_ pieces: [String], width: Int, indent: Int = 0, hanging: Int = 0)
    -> [String]
  {
    var lines: [String] = []
    var line = ""
    for piece in pieces {
      let margin = lines.isEmpty ? indent : hanging
      let needed = margin + DisplayWidth.columns(of: line) + 1 + DisplayWidth.columns(of: piece)
      if line.isEmpty {
        line = piece
      } else if needed <= width {
        line += " " + piece
      } else {
        lines.append(blanks(margin) + line)
        line = piece
      }
    }
    if !line.isEmpty { lines.append(blanks(lines.isEmpty ? indent : hanging) + line) }
    return lines
  }

  /// Breaks paragraphs, which are separated by empty lines, into lines; lines that start with two spaces stay as they
  /// are.
  static func paragraphs(_ text: String, width: Int, indent: Int = 0) -> [String] {
    var lines: [String] = []
    var words: [String] = []
    func flush() {
      lines += wrap(words, width: width, indent: indent, hanging: indent)
      words = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix("  ") {
        flush()
        lines.append(line.isEmpty ? "" : blanks(indent) + line)
      } else {
        words += line.split(separator: " ").map(String.init)
      }
    }
    flush()
    return lines
  }

  /// Returns a table of terms and explanations; terms too wide for their column have a line of their own.
  static func table(_ rows: [(term: String, text: String)], width: Int, indent: Int = 2) -> [String]
  {
    let limit = max(10, min(26, width / 3))
    let widths = rows.map { DisplayWidth.columns(of: $0.term) }
    let column = indent + (widths.filter { $0 <= limit }.max() ?? 0) + 2
    return rows.flatMap { row in
      let term = blanks(indent) + row.term
      let words = row.text.split(separator: " ").map(String.init)
      let text = wrap(words, width: max(width, column + 20), indent: column, hanging: column)
      let room = column - DisplayWidth.columns(of: term)
      guard room >= 2, let first = text.first else { return [term] + text }
      return [term + blanks(room) + first.dropFirst(column)] + text.dropFirst()
    }
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
