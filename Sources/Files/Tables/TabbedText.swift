/// Lines of tab-separated tables, as spreadsheets and `pandas.read_csv(…, sep="\t")` read them.
package enum TabbedText {
  /// Returns a line with its line end. Cells with a tab, a line end or a quotation mark are quoted, and quotation
  /// marks in them doubled.
  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: "\t") + "\n"
  }

  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: special.contains) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static let special: [UInt8] = ["\t", "\n", "\r", "\""].map { UInt8(ascii: $0) }
}
