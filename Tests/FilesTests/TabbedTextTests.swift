import Files
import Testing

@Suite("Cells parted by tabs")
struct TabbedTextTests {
  @Test(
    "what would part or quote cells stands in quotation marks",
    arguments: [
      (["a", "b c", ""], "a\tb c\t\n"), (["\"", "x\"y"], "\"\"\"\"\t\"x\"\"y\"\n"),
      (["a\tb", "c\nd", "e\rf"], "\"a\tb\"\t\"c\nd\"\t\"e\rf\"\n"),
      (["Größe", "日本"], "Größe\t日本\n"),
    ]
  )
  func quoting(cells: [String], line: String) {
    #expect(TabbedText.line(cells) == line)
  }
}
