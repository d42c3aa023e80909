extension Table {
  /// The width of tables that are shown, in columns; the same in any window, so that replays can compare them.
  package static let width = 80

  /// The maximum number of rows that are shown; of longer tables, only the first and last ones are.
  private static let shownRows = 60
  private static let firstRows = 30
  private static let lastRows = 10

  /// The table as shown: numbers as expressions show them, `-` for nothing, and a row of `…` in the middle of a long
  /// table.
  package var text: TextTable {
    if columns.isEmpty { return TextTable(rows: [["an empty table"]]) }
    let isWhole = count <= Self.shownRows
    let places =
      isWhole ? Array(0..<count) : Array(0..<Self.firstRows) + (count - Self.lastRows..<count)
    var rows = [names] + places.map { row in columns.map { Self.cell($0.values[row]) } }
    if !isWhole { rows.insert(columns.map { _ in "…" }, at: 1 + Self.firstRows) }
    let numbers = columns.indices.filter { columns[$0].isNumeric }
    return TextTable(rows: rows, numbers: Set(numbers))
  }

  private static func cell(_ value: Value) -> String {
    let text = value == .nothing ? "-" : value.inlineDescription
    return text.contains("\n") ? text.replacing("\n", with: " ") : text
  }

  /// A short description, for messages and inside lines.
  var briefDescription: String {
    "a table of \(count) \(count == 1 ? "row" : "rows"): \(names.joined(separator: ", "))"
  }
}
