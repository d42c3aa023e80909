import TestSupport
import Testing

@testable import Notebooks

@Suite("Long notebooks")
struct LongExportTests {
  @Test("of 100,000 lines are exported", arguments: NotebookExport.Format.allCases)
  func mixed(format: NotebookExport.Format) throws {
    let text = (0..<20_000).map { "# note *\($0)*\nsay \($0)\n| \($0)\n~ 1 s\n\n" }.joined()
    let export = try ExportTry(text).export(as: format)
    #expect(export.document.count > text.utf8.count / 2)
    #expect(export.document.count < text.utf8.count * 20)
  }

  @Test(
    "of 30,000 lines of one kind are exported",
    arguments: [
      "# words *a* ![x](y.png)", "#", "say a", "| out.png", "~ out", "! no", "  # aside", "",
    ],
    NotebookExport.Format.allCases
  )
  func uniform(line: String, format: NotebookExport.Format) throws {
    let export = try ExportTry("say a\n" + String(repeating: line + "\n", count: 30_000))
    let result = export.export(as: format)
    #expect(result.document.count < 12_000_000)
    #expect(result.missing.count <= 1)
  }

  @Test("of 100,000 paragraphs are rendered to the last one")
  func paragraphs() throws {
    let export = try ExportTry(String(repeating: "# *a*\n#\n", count: 90_000))
    #expect(try export.page().texts(of: "em").count == 90_000)
  }
}
