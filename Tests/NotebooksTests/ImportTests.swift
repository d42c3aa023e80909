import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("A Jupyter notebook")
struct ImportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, outputs: Bool = false) throws -> NotebookImport {
    try NotebookImport.jupyter(
      try folder.write(text, to: "a.ipynb"),
      to: folder("a.rsenb"),
      hasOutputs: outputs,
      recordedKeys: ["threads"],
      groupedBy: ToyEvaluator()
    )
  }

  private func document(_ cells: String..., metadata: String = "{}") -> String {
    """
    {"nbformat": 4, "nbformat_minor": 2, "metadata": \(metadata), "cells": [\(cells.joined(separator: ","))]}
    """
  }

  private func code(_ source: String, outputs: String = "") -> String {
    let text = String(decoding: (try? JSONEncoder().encode(source)) ?? Data(), as: UTF8.self)
    return """
      {"cell_type": "code", "metadata": {}, "execution_count": null, "source": \(text), "outputs": [\(outputs)]}
      """
  }

  private func error(_ text: String) throws -> JupyterError? {
    do {
      _ = try read(text)
      return nil
    } catch let error as JupyterError {
      return error
    }
  }

  @Test("becomes prose and statements; its output only where it is asked for")
  func cells() throws {
    let text = document(
      ##"{"cell_type": "markdown", "metadata": {}, "source": ["# T\r\n", "\n", "text"]}"##,
      #"{"cell_type": "markdown", "metadata": {}, "source": "more"}"#,
      code(
        "\n# a comment\nsay a\n\nsay b\n",
        outputs: """
          {"output_type": "stream", "name": "stdout", "text": ["a\\n", "b\\n"]},
          {"output_type": "stream", "name": "stderr", "text": "1 s\\n"},
          {"output_type": "execute_result", "data": {"text/plain": "3"}, "metadata": {}, "execution_count": 1}
          """
      ),
      code(""),
      code("for {\n# inside\nsay c\n}")
    )
    let start = "rsenb 1\n\n# # T\n#\n# text\n\n# more\n\n # a comment\nsay a\n\nsay b\n"
    let end = "\nfor {\n# inside\nsay c\n}\n"
    #expect(try read(text).notebook.text == start + end)
    #expect(
      try read(text, outputs: true).notebook.text == start + "| a\n| b\n~ 1 s\n| 3\n" + end
    )
  }

  @Test("keeps that a cell fails, as an export or as a line says it")
  func failures() throws {
    let exported = """
      {"output_type": "error", "ename": "ExpectedFailure", "evalue": "no", "traceback": ["no", "way"]}
      """
    let text = document(code("fail no", outputs: exported), code("fail x\n!"))
    #expect(try read(text).notebook.body == ["", "fail no", "!", "", "fail x", "!"])
    #expect(
      try read(text, outputs: true).notebook.body
        == ["", "fail no", "! no", "! way", "", "fail x", "!"]
    )
  }

  @Test("takes over what a kernel showed: times apart from results, failures as expected ones")
  func kernelOutput() throws {
    let mark = #"{"rse": {"volatile": true}}"#
    let shown = """
      {"output_type": "stream", "name": "stdout", "text": "a\\n"},
      {"output_type": "display_data", "data": {"text/plain": "1.5 s\\n2 s"}, "metadata": \(mark)},
      {"output_type": "display_data", "data": {"text/plain": "x  y", "text/html": "<table>"}, "metadata": {}},
      {"output_type": "display_data", "data": {"text/plain": ""}, "metadata": {}},
      {"output_type": "error", "ename": "Error", "evalue": "no\\ntry b", "traceback": ["\\u001b[1mno"]}
      """
    #expect(
      try read(document(code("say a", outputs: shown)), outputs: true).notebook.body
        == ["", "say a", "| a", "~ 1.5 s", "~ 2 s", "| x  y", "! no", "! try b"]
    )
  }

  @Test("brings the pictures of its prose with it, each under a name of its own")
  func attachments() throws {
    let cells = (0..<2).map { number in
      """
      {"cell_type": "markdown", "metadata": {}, "source": "![x](attachment:a.png)",
       "attachments": {"a.png": {"image/png": "\(ExportTry.code(of: UInt8(number)))"}}}
      """
    }
    let made = try read(document(cells[0], cells[1], cells[0]))
    #expect(made.pictures.map(\.path) == [folder("a_files/a.png"), folder("a_files/a-2.png")])
    #expect(made.pictures.map(\.bytes) == [ExportTry.png(number: 0), ExportTry.png(number: 1)])
    #expect(
      made.notebook.body.filter { !$0.isEmpty }
        == ["# ![x](a_files/a.png)", "# ![x](a_files/a-2.png)", "# ![x](a_files/a.png)"]
    )
    try made.write(replacing: false)
    #expect(throws: NotebookError.alreadyExists(file: folder("a.rsenb"))) {
      try made.write(replacing: false)
    }
    try made.write(replacing: true)
  }

  @Test("is refused by cell and line where it holds commands of Jupyter or a shell")
  func magics() throws {
    for (line, text) in [(2, "\n%time train 5"), (3, "say a\nsay b\n  !ls -l"), (1, "%%bash\nls")] {
      let error = try #require(try error(document(code("say a"), code(text))))
      guard case .otherLanguage(_, let cell, let place, _) = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(cell == 2 && place == line, "\(text)")
      #expect(error.remedy.contains("Markdown"))
    }
  }

  @Test("that is damaged, or in another format, is refused with a reason")
  func damage() throws {
    let old = #"{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}"#
    #expect(try error(old)?.remedy.contains("jupyter nbconvert --to notebook") == true)
    #expect(try error(document().replacing("4,", with: "5,"))?.remedy.contains("newer") == true)
    for text in ["", "{", "[1, 2]", "{\"nbformat\": 4", "null", "\u{1}"] {
      guard case .noJSON? = try error(text) else {
        Issue.record("\(text)")
        continue
      }
    }
    for text in ["{}", "{\"nbformat\": \"4\"}", "{\"nbformat\": 4, \"cells\": {}}"] {
      guard case .noNotebook? = try error(text) else {
        Issue.record("\(text)")
        continue
      }
    }
    for cell in [
      "3", "{}", #"{"cell_type": "sheet", "source": ""}"#, #"{"cell_type": "code"}"#,
      #"{"cell_type": "code", "source": [1]}"#,
      #"{"cell_type": "code", "source": "", "outputs": [{"output_type": "dance"}]}"#,
    ] {
      guard case .damagedCell(_, cell: 2, _)? = try error(document(code("say a"), cell)) else {
        Issue.record("\(cell)")
        continue
      }
    }
  }

  @Test("of another language, or with pictures that nothing names, is taken over with a remark")
  func remarks() throws {
    let picture = """
      {"output_type": "display_data", "metadata": {}, "data": {"image/png": "\(ExportTry.code(of: 0))"}}
      """
    let made = try read(
      document(
        code("say a", outputs: picture),
        #"{"cell_type": "raw", "metadata": {}, "source": "``` x"}"#,
        metadata: #"{"kernelspec": {"language": "python"}}"#
      ),
      outputs: true
    )
    #expect(made.remarks.count == 2 && made.remarks[0].contains("python"))
    #expect(made.notebook.body == ["", "say a", "", "# ````", "# ``` x", "# ````"])
    #expect(made.pictures.isEmpty)
  }

  @Test("never names a picture outside of the notebook's folder")
  func outside() throws {
    let output = """
      {"output_type": "stream", "name": "stdout", "text": "../b.png  drawing 0123456789ab"},
      {"output_type": "display_data", "metadata": {}, "data": {"image/png": "\(ExportTry.code(of: 0))"}}
      """
    #expect(try read(document(code("say a", outputs: output)), outputs: true).pictures.isEmpty)
  }

  @Test("that was exported and taken over is exported to the same bytes")
  func identity() throws {
    let text = """
      | above
      # # T *x*
      #
      # ![x](a%20b.png) and `code`

      param steps = 3
      say a
      | a

        # aside

        # more

      murmur 1 s
      ~ 1 s
      ~ 2 s
      | b

      # # More
      plot
      | a b.png  drawing 0123456789ab
      | none.png  drawing 0123456789ab
      plot
      | a.svg  drawing 0123456789ab
      fail no
      ! no
      ! way
      fail
      !
      for {
      # inside

      say c
      }
      | c
      fail x
      ~ failed: x
      stop
      ~ interrupted

      """
    for notebook in [text, text.replacing("# # T *x*\n", with: ""), "say a\n"] {
      let export = try ExportTry(notebook, pictures: ["a b.png"])
      try export.folder.write(ExportTry.svg, to: "a.svg")
      let first = export.export(as: .jupyter, to: "one/book.ipynb").document
      try FileManager.default.createDirectory(
        atPath: export.folder("one"),
        withIntermediateDirectories: false
      )
      let path = try export.folder.write(String(decoding: first, as: UTF8.self), to: "book.ipynb")
      let made = try NotebookImport.jupyter(
        path,
        to: export.folder("one/book.rsenb"),
        hasOutputs: true,
        recordedKeys: [],
        groupedBy: ToyEvaluator()
      )
      try made.write(replacing: false)
      let second = NotebookExport.jupyter(
        try Notebook(contentsOf: export.folder("one/book.rsenb")),
        to: export.folder("two.ipynb"),
        groupedBy: ToyEvaluator()
      ).document
      let (lines, others) = (Self.lines(first), Self.lines(second))
      #expect(lines.count == others.count)
      for (line, other) in zip(lines, others) where line != other {
        Issue.record("\(line) became \(other)")
        break
      }
    }
  }

  @Test("whose bytes are changed at random gives a notebook that can be read, or an error")
  func mutations() throws {
    let text = Array(
      document(
        code("say a\n!", outputs: #"{"output_type": "stream", "name": "stdout", "text": ["b"]}"#),
        ##"{"cell_type": "markdown", "metadata": {}, "source": "# é\\n|", "attachments": {}}"##
      ).utf8
    )
    let signs = Array(#"{}[]":,\0!|~#%na"#.utf8) + [0, 13, 0xC3, 0xFF]
    var random = SeededRandom(seed: 8)
    for _ in 0..<2000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = signs[Int.random(in: 0..<signs.count, using: &random)]
      }
      let path = folder("m.ipynb")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        let made = try NotebookImport.jupyter(
          path,
          to: folder("m.rsenb"),
          hasOutputs: true,
          recordedKeys: [],
          groupedBy: ToyEvaluator()
        ).notebook
        #expect(try Notebook(parsing: made.bytes, file: "m").text == made.text)
      } catch is JupyterError {}
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
  }
}
