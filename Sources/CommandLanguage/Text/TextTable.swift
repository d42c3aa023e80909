/// Rows of text in columns; the first row is the heading.
package struct TextTable {
  package var rows: [[String]]
  /// The columns of numbers, which are right-aligned.
  package var numbers: Set<Int> = []

  package init(
    rows: [[String]],
    numbers: Set<Int> = []
  ) {
    self.rows = rows
    self.numbers = numbers
  }

  private static let gap = "  "

  /// Returns the lines, none wider than `width` as far as single cells allow: a table that is too wide is split, and
  /// each part repeats the first column.
  package func lines(width: Int) -> [String] {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in
      rows.map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0
    }
    var parts: [[Int]] = []
    for column in 0..<columns {
      let size = (parts.last ?? []).reduce(0) { $0 + widths[$1] + Self.gap.count }
      if let last = parts.indices.last, size + widths[column] <= width || parts[last].count < 2 {
        parts[last].append(column)
      } else {
        parts.append(column == 0 ? [0] : [0, column])
      }
    }
    return parts.flatMap { part in rows.map { line($0, part, widths) } }
  }

  private func line(_ row: [String], _ columns: [Int], _ widths: [Int]) -> String {
    let cells = columns.map { column in
      let room = max(0, widths[column] - DisplayWidth.columns(of: row[column]))
      let blanks = String(repeating: " ", count: room)
      return numbers.contains(column) ? blanks + row[column] : row[column] + blanks
    }
    var text = cells.joined(separator: Self.gap)
    while text.last == " " { text.removeLast() }
    return text
  }
}
