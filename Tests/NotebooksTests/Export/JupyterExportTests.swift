import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("A notebook for Jupyter")
struct JupyterExportTests {
  @Test("has what its format asks for")
  func fields() throws {
    let export = try ExportTry("# # T \"é\"\n\nsay a\n| a\n\n  # aside\n")
    let json = try export.json()
    #expect(json["nbformat"] as? Int == 4)
    #expect(json["nbformat_minor"] as? Int == 5)
    let metadata = try #require(json["metadata"] as? [String: Any])
    #expect(metadata["title"] as? String == "T \"é\"")
    #expect(
      metadata["kernelspec"] as? [String: String]
        == ["name": "rse", "display_name": "RSE", "language": "rse"]
    )
    #expect(
      metadata["language_info"] as? [String: String] == ["name": "rse", "file_extension": ".rsenb"]
    )
    let cells = try export.cells()
    #expect(cells.map { $0["cell_type"] as? String } == ["markdown", "code", "code"])
    #expect(cells.allSatisfy { $0["metadata"] is [String: Any] && $0["source"] is [String] })
    #expect(cells.map { $0["execution_count"] as? Int } == [nil, 1, nil])
    #expect(cells.dropFirst().allSatisfy { $0["outputs"] is [Any] })
    #expect(cells.dropFirst().allSatisfy { $0.keys.contains("execution_count") })
    let names = cells.compactMap { $0["id"] as? String }
    #expect(Set(names).count == 3)
  }

  @Test("has streams for lines, data for pictures and errors for failures")
  func outputs() throws {
    let export = try ExportTry(
      "plot\n| a.png  drawing 0123456789ab\n| b\n~ c\n| d\n! no\n! why\nfail\n!\nplot\n| none.png\n",
      pictures: ["a.png"]
    )
    let outputs = try export.cells().dropFirst().map {
      try #require($0["outputs"] as? [[String: Any]])
    }
    let first = try #require(outputs.first)
    #expect(
      first.map { $0["output_type"] as? String } == [
        "stream", "display_data", "stream", "display_data", "error",
      ]
    )
    #expect(first.map { $0["name"] as? String } == ["stdout", nil, "stdout", nil, nil])
    #expect(first[0]["text"] as? [String] == ["a.png  drawing 0123456789ab\n", "b\n"])
    #expect((first[1]["data"] as? [String: [String]])?["text/plain"] == ["c"])
    #expect(first[1]["metadata"] as? [String: [String: Bool]] == ["rse": ["volatile": true]])
    #expect(
      first[3]["data"] as? [String: String]
        == ["image/png": ExportTry.code(of: 0), "text/plain": "a.png, drawn by: plot"]
    )
    #expect(first[4]["ename"] as? String == "ExpectedFailure")
    #expect(first[4]["evalue"] as? String == "no")
    #expect(first[4]["traceback"] as? [String] == ["no", "why"])
    #expect(outputs[1][0]["traceback"] as? [String] == ["Fails, as expected"])
    #expect(
      outputs[2].last?["text"] as? [String]
        == ["picture none.png is missing: run `rse record book.rsenb`\n"]
    )
  }

  @Test("has pictures in SVG as text")
  func vectorPictures() throws {
    let export = try ExportTry("plot\n| a.svg  drawing 0123456789ab\n")
    try export.folder.write(ExportTry.svg, to: "a.svg")
    let cell = try #require(try export.cells().last)
    let outputs = try #require(cell["outputs"] as? [[String: Any]])
    let data = try #require(outputs.last?["data"] as? [String: String])
    #expect(data == ["image/svg+xml": ExportTry.svg, "text/plain": "a.svg, drawn by: plot"])
  }

  @Test("carries the pictures of its prose with it")
  func attachments() throws {
    let export = try ExportTry(
      "# # T\n# ![x](a%20b.png) ![x](a%20b.png) ![y](no.png) ![z](https://a.b/c.png)\n",
      pictures: ["a b.png"]
    )
    let cell = try #require(try export.cells().first)
    #expect(
      cell["attachments"] as? [String: [String: String]]
        == ["picture-1.png": ["image/png": ExportTry.code(of: 0)]]
    )
    let source = try #require(cell["source"] as? [String]).joined()
    #expect(source.contains("![x](attachment:picture-1.png)"))
    #expect(source.contains("picture no.png is missing"))
    #expect(source.contains("![z](https://a.b/c.png)"))
  }

  @Test(
    "gives back hostile texts as they are, in the same bytes each time",
    arguments: Hostile.texts
  )
  func letters(text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let export = try ExportTry(Hostile.lines("# T\n\(text)", mark: "#") + "say \(lines[0])\n")
    let cells = try export.cells()
    let pictures = text.contains("![")
    let source = try #require(cells[0]["source"] as? [String]).joined()
    #expect(pictures || source.utf8.elementsEqual("# T\n\(text)".utf8))
    #expect(try #require(cells[1]["source"] as? [String]).joined() == "say \(lines[0])")
    #expect(export.export(as: .jupyter).document == export.export(as: .jupyter).document)
  }

  @Test("counts no cells of a notebook that was never run")
  func unrecorded() throws {
    let cells = try ExportTry("say a\nsay b\n").cells()
    #expect(cells.allSatisfy { $0["execution_count"] as? Int == nil })
    #expect(cells.map { $0["cell_type"] as? String } == ["markdown", "code", "code"])
    #expect(cells[0]["source"] as? [String] == ["# book"])
  }

  @Test("keeps the header's facts, and output above all cells")
  func header() throws {
    let text = "rsenb 1\nenvironment: e 1\ndata: a\ndata: b\n\n| lost\nsay a\n"
    let notebook = try Notebook(parsing: text, file: "a.rsenb")
    let export = NotebookExport.jupyter(notebook, to: "a.ipynb", groupedBy: ToyEvaluator())
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(export.document)) as? [String: Any]
    )
    let facts = (json["metadata"] as? [String: Any])?["rsenb"] as? [String: [String]]
    #expect(facts == ["environment": ["e 1"], "data": ["a", "b"]])
    let cells = try #require(json["cells"] as? [[String: Any]])
    #expect(cells.map { $0["cell_type"] as? String } == ["markdown", "raw", "code"])
  }

  @Test("is written as `JSONEncoder` writes it, byte for byte")
  func encoding() throws {
    let lists = [
      "picture-10.png": ["a\"b\\c/d", "\u{8}\u{C}\n\r\t\u{1B}\u{7F}\0"],
      "picture-2.png": ["é e\u{301} 👩‍👩‍👧 \u{2028}\u{FFFD}"], "Z": [], "a": [""], "_": ["</script>"],
      "": ["1"],
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var json = JSONText()
    json.write(.object(lists, JSONValue.texts))
    #expect(try json.bytes == Array(encoder.encode(lists)))
    var numbers = JSONText()
    numbers.write(.object([("a", .null), ("b", .number(-7)), ("c", .object([]))]))
    #expect(
      String(decoding: numbers.bytes, as: UTF8.self)
        == "{\n  \"a\" : null,\n  \"b\" : -7,\n  \"c\" : {\n\n  }\n}"
    )
  }
}
