import Testing

@testable import Notebooks

@Suite("Stripping and comparing notebooks")
struct EditingTests {
  private static let recorded = """
    rsenb 1
    environment: toy 1
    threads: 2
    author: someone

    # Prose
    add 1 2
    | 3
    ~ 0.1 s
    fail
    ! no

    ! luck
    add 2 2

    """

  @Test("stripping takes output, messages, environment and facts away and nothing else")
  func strip() throws {
    let notebook = try Notebook(parsing: Self.recorded, file: "a.rsenb")
    let stripped = notebook.stripped(ofFacts: ["threads"])
    #expect(
      stripped.text == """
        rsenb 1
        author: someone

        # Prose
        add 1 2
        fail
        !

        !
        add 2 2

        """
    )
    #expect(stripped.stripped(ofFacts: ["threads"]).bytes == stripped.bytes)
  }

  @Test("stripping keeps line endings, the byte order mark and a missing last newline")
  func bytes() throws {
    let text = "\u{FEFF}rsenb 1\r\n\r\nadd 1 2\r\n| 3\r\n# end"
    let notebook = try Notebook(parsing: text, file: "a.rsenb")
    #expect(notebook.stripped(ofFacts: []).text == "\u{FEFF}rsenb 1\r\n\r\nadd 1 2\r\n# end")
  }

  @Test("stripping what was recorded gives what there was before", arguments: ["", "x: 1\n"])
  func inverse(header: String) throws {
    let text = "rsenb 1\n\(header)\nsay 3\n\n# prose\nsay 7\nfail no\n!\n"
    let notebook = try Notebook(parsing: text, file: "a.rsenb")
    let recorded = notebook.recorded(using: ToyEvaluator()).notebook
    #expect(recorded.text != text)
    #expect(recorded.stripped(ofFacts: ToyEvaluator().facts.map(\.key)).text == text)
  }

  @Test("code that looks like a header stays code")
  func disguise() throws {
    let notebook = try Notebook(
      parsing: "rsenb 1\nenvironment: toy 1\n| 1\na: b\n",
      file: "a.rsenb"
    )
    let stripped = notebook.stripped(ofFacts: [])
    let again = try Notebook(parsing: stripped.bytes, file: "a.rsenb")
    #expect(again.lines.map(\.kind) == stripped.lines.map(\.kind))
  }

  private func diff(_ first: String, _ second: String, tolerance: Double? = nil) throws
    -> NotebookDiff
  {
    NotebookDiff(
      try Notebook(parsing: "rsenb 1\n\n" + first, file: "a"),
      try Notebook(parsing: "rsenb 1\n\n" + second, file: "b"),
      groupedBy: ToyEvaluator(),
      tolerance: try tolerance.map { try Tolerance(relative: $0) }
    )
  }

  @Test("alike are notebooks with the same code and compared output")
  func alike() throws {
    #expect(try diff("add 1 2\n| 3\n~ 1 s\n", "# more\nadd 1 2\n| 3\n~ 2 s\n").isEmpty)
    #expect(try diff("", "").isEmpty)
    #expect(try diff("add 1 2\n| 100\n", "add 1 2\n| 101\n", tolerance: 0.02).isEmpty)
  }

  @Test("differences name cell, place and lines")
  func differences() throws {
    let diff = try diff("add 1 2\n| 3\nadd 5 5\n", "add 0 0\nadd 1 2\n| 4\n")
    #expect(!diff.isEmpty)
    #expect(
      diff.text == """
        only in b:3
            add 0 0
        a:3 and b:4: the output differs
            add 1 2
          first   | 3
          second  | 4
        only in a:5
            add 5 5
        3 differences in 2 cells
        """
    )
  }

  @Test("long notebooks that have nothing in common are compared at once")
  func long() throws {
    let first = (0..<20_000).map { "add \($0) 1\n" }.joined()
    let second = (0..<20_000).map { "add \($0) 2\n" }.joined()
    #expect(try diff(first, second).changes.count == 40_000)
    #expect(try diff(first, first).isEmpty)
  }
}
