import Testing

@testable import Notebooks

@Suite("Cells")
struct CellTests {
  @Test("own the output directly below them")
  func output() throws {
    let notebook = try Notebook(
      lines: "say a",
      "say b",
      "| b",
      "~ 1 s",
      "",
      "# prose",
      "fail c",
      "! c",
      "! d",
      "set x",
      "!"
    )
    let cells = notebook.cells(groupedBy: ToyEvaluator())
    #expect(cells.map(\.code) == ["say a", "say b", "fail c", "set x"])
    #expect(cells.map(\.firstLine) == [2, 3, 8, 11])
    #expect(cells.map(\.number) == [1, 2, 3, 4])
    #expect(cells[0].output.isEmpty)
    #expect(cells[1].output == [OutputLine("b"), OutputLine("1 s", isVolatile: true)])
    #expect(cells[2].expectation == FailureExpectation(message: ["c", "d"]))
    #expect(cells[3].expectation == FailureExpectation(message: []))
    #expect(cells[0].expectation == nil)
  }

  @Test("keep empty lines inside a message and drop bare marks above it")
  func marks() throws {
    let notebook = try Notebook(lines: "fail", "!", "! a", "!", "! b")
    let cells = notebook.cells(groupedBy: ToyEvaluator())
    #expect(cells[0].expectation?.message == ["a", "", "b"])
  }

  @Test("may hold blank lines and prose inside braces")
  func blocks() throws {
    let notebook = try Notebook(
      lines: "for x {",
      "",
      "# inside",
      "  say a",
      "}",
      "",
      "# outside",
      "say b"
    )
    let cells = notebook.cells(groupedBy: ToyEvaluator())
    #expect(cells.map(\.code) == ["for x {\n\n# inside\n  say a\n}", "say b"])
    #expect(cells.map(\.lines) == [1..<6, 8..<9])
  }

  @Test("take output across blank lines and prose; output above the first cell belongs to none")
  func looseOutput() throws {
    let notebook = try Notebook(lines: "| lost", "", "say a", "", "| a", "# prose", "~ later")
    let cells = notebook.cells(groupedBy: ToyEvaluator())
    #expect(cells[0].outputLines == [5, 7])
    #expect(notebook.orphans(of: cells) == [1])
    let empty = try Notebook(lines: "| lost")
    #expect(empty.orphans(of: empty.cells(groupedBy: ToyEvaluator())) == [1])
  }

  @Test("leave indented comments out; recording puts output above those that follow")
  func comments() throws {
    let notebook = try Notebook(
      lines: "  # first",
      "say a",
      "  # last",
      "| old",
      "",
      "  # alone",
      "~ old",
      "fail b",
      "  # c",
      "!"
    )
    let cells = notebook.cells(groupedBy: ToyEvaluator())
    #expect(cells.map(\.code) == ["say a", "fail b"])
    #expect(cells.map(\.outputLines) == [[4, 7], [10]])
    #expect(
      notebook.recorded(using: ToyEvaluator()).notebook.body.dropFirst() == [
        "  # first", "say a", "| a", "  # last", "", "  # alone", "fail b", "! b", "  # c",
      ]
    )
  }

  @Test(
    "are in order, apart and begin and end with code, whatever ranges an evaluator gives",
    arguments: [
      ([], []), ([0..<4], [0..<4]), ([0..<1, 1..<2, 3..<4], [0..<1, 1..<2, 3..<4]),
      ([0..<2, 1..<4], [0..<4]), ([3..<9, -5..<1], [0..<1, 3..<4]), ([2..<3], []),
      ([2..<4], [3..<4]), ([1..<3], [1..<2]), ([0..<4, 0..<1], [0..<4]), ([1..<1, 7..<9], []),
    ] as [([Range<Int>], [Range<Int>])]
  )
  func mending(groups: [Range<Int>], expected: [Range<Int>]) {
    #expect(CodeGroups.mended(groups, codeLines: [true, true, false, true]) == expected)
  }

  @Test("are handed over with their place in the file, after a byte order mark too")
  func places() throws {
    let notebook = try Notebook(
      parsing: "\u{FEFF}rsenb 1\r\nenvironment: x\r\n\r\nsay a {\r\n\r\n}\r\nsay b",
      file: "b"
    )
    let evaluator = ToyEvaluator()
    _ = try notebook.run(using: evaluator)
    #expect(
      evaluator.calls == [
        ToyEvaluator.Call(code: "say a {\n\n}", firstLine: 4),
        ToyEvaluator.Call(code: "say b", firstLine: 7),
      ]
    )
  }
}
