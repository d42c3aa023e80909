/// Lines of tables whose cells are parted by tabs, as spreadsheets and `pandas.read_csv(…, sep="\t")` read them.
package enum TabbedText {
  /// A line with its end. Cells with a tab, the end of a line or a quotation mark stand in quotation marks, those in
  /// them doubled.
  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: "\t") + "\n"
  }

  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: special.contains) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static let special: [UInt8] = ["\t", "\n", "\r", "\""].map { UInt8(ascii: $0) }
}
