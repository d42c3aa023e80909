import CommandLanguage
import Foundation
import Notebooks
import Sessions
import Testing
import Workbench

@testable import LanguageServer

@Suite("Formatting")
struct FormattingTests {
  private func document(_ text: String) -> OpenDocument {
    OpenDocument(
      uri: "x.rsenb",
      version: nil,
      text: text,
      languageName: nil,
      encoding: .utf8,
      language: Language(.workbench)
    )
  }

  private func formatted(_ text: String) -> String {
    let document = document(text)
    // From the last one on, so that the places of the others stay.
    for edit in document.formatting.reversed() { document.change(edit.range, to: edit.newText) }
    return document.text.lines.joined(separator: "\n")
  }

  @Test(
    "keeps cells, output and prose of notebooks, and says the same",
    arguments: NotebookFiles.all
  )
  func notebooks(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let result = formatted(text)
    let (before, after) = (
      try Notebook(parsing: Array(text.utf8), file: path),
      try Notebook(parsing: Array(result.utf8), file: path)
    )
    func rest(_ notebook: Notebook) -> [String] {
      notebook.lines.filter { $0.kind != .code }.map(\.text)
    }
    #expect(rest(after) == rest(before))
    let session = NotebookSession(Session())
    let cells = (before.cells(groupedBy: session), after.cells(groupedBy: session))
    #expect(cells.0.count == cells.1.count)
    for (old, new) in zip(cells.0, cells.1) {
      let scripts = [old, new].map {
        Session.commands.parse(Source(name: "", text: $0.code)).script
      }
      #expect(scripts[0] == scripts[1] && old.output == new.output, "\(old.code)")
      #expect(old.expectation == new.expectation)
    }
    #expect(formatted(result) == result)
  }
}
