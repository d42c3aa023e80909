import Testing

@testable import Notebooks

@Suite("Recording")
struct RecordTests {
  private let environment = "environment: \(ToyEvaluator().environment)"

  private func recorded(_ notebook: Notebook, keepGoing: Bool = false) -> Notebook {
    notebook.recorded(using: ToyEvaluator(), keepGoing: keepGoing).notebook
  }

  @Test("writes output below each cell and the environment below the first line, nothing else")
  func writes() throws {
    let notebook = try Notebook(
      lines: "",
      "# Title",
      "say a",
      "murmur 1 s",
      "",
      "for x {",
      "",
      "say b",
      "say",
      "}",
      "# end",
      "| lost"
    )
    let recorded = recorded(notebook)
    #expect(
      recorded.body == [
        environment, "", "# Title", "say a", "| a", "murmur 1 s", "~ 1 s", "", "for x {", "",
        "say b", "say",
        "}", "| b", "|", "# end",
      ]
    )
    #expect(self.recorded(recorded).text == recorded.text)
  }

  @Test("replaces old output wherever it stood, and removes what belongs to no cell")
  func replaces() throws {
    let notebook = try Notebook(
      lines: environment,
      "| lost",
      "say a",
      "",
      "| old",
      "~ older",
      "set x",
      "| no more",
      "# end"
    )
    #expect(recorded(notebook).body == [environment, "say a", "| a", "", "set x", "# end"])
  }

  @Test("keeps code that looks like a header out of the header when output above it goes")
  func headerLikeCode() throws {
    let notebook = try Notebook(lines: "| lost", "seed: 7")
    let recorded = recorded(notebook)
    #expect(recorded.body == [environment, "", "seed: 7", "~ failed: unknown command seed:"])
    #expect(self.recorded(recorded).text == recorded.text)
  }

  @Test("makes one line of output for each line of text, without blanks at the ends")
  func severalLines() throws {
    let notebook = try Notebook(lines: environment, "say a \\ b\\", "murmur x\\y  ")
    #expect(
      recorded(notebook).body == [
        environment, "say a \\ b\\", "| a", "|  b", "murmur x\\y  ", "~ x", "~ y",
      ]
    )
  }

  @Test("fills in the message of an expected failure and keeps the mark when it does not fail")
  func expectedFailures() throws {
    let notebook = try Notebook(
      lines: environment,
      "fail one\\two",
      "!",
      "fail",
      "! old",
      "say a",
      "! old",
      "| a"
    )
    let recording = notebook.recorded(using: ToyEvaluator())
    #expect(
      recording.notebook.body == [
        environment, "fail one\\two", "! one", "! two", "fail", "!", "say a", "| a",
        "~ failed: this should fail but succeeded", "!",
      ]
    )
    #expect(recording.report.status == .failed)
    #expect(recorded(recording.notebook).text == recording.notebook.text)
  }

  @Test("keeps what a failing cell had printed, marks it, and leaves the cells below as they were")
  func partialOutput() throws {
    let notebook = try Notebook(
      lines: environment,
      "say a",
      "{",
      "say b",
      "fail no\\way",
      "}",
      "| old",
      "say c",
      "| older",
      "! x"
    )
    let recording = notebook.recorded(using: ToyEvaluator())
    #expect(
      recording.notebook.body == [
        environment, "say a", "| a", "{", "say b", "fail no\\way", "}", "| b", "~ failed: no",
        "~ failed: way", "say c", "| older", "! x",
      ]
    )
    #expect(recording.report.status == .failed)
    #expect(recorded(recording.notebook).text == recording.notebook.text)
  }

  @Test(
    "drops output it did not reach if that is from another environment than the header now names"
  )
  func staleOutput() throws {
    let notebook = try Notebook(
      lines: "environment: rse 0.0.9",
      "fail no",
      "say c",
      "| older",
      "fail d",
      "! old message"
    )
    #expect(
      recorded(notebook).body == [
        environment, "fail no", "~ failed: no", "say c", "fail d", "!",
      ]
    )
  }

  @Test("goes on after a failure when told to")
  func keepGoing() throws {
    let notebook = try Notebook(lines: environment, "fail no", "say b")
    #expect(
      recorded(notebook, keepGoing: true).body == [
        environment, "fail no", "~ failed: no", "say b", "| b",
      ]
    )
  }

  @Test("marks an interruption and keeps the author's mark")
  func interruption() throws {
    let notebook = try Notebook(
      lines: environment,
      "{",
      "say a",
      "stop",
      "}",
      "! old",
      "say b",
      "| b"
    )
    let recording = notebook.recorded(using: ToyEvaluator())
    #expect(
      recording.notebook.body == [
        environment, "{", "say a", "stop", "}", "| a", "~ interrupted", "! old", "say b", "| b",
      ]
    )
    #expect(recording.report.status == .interrupted)
  }

  @Test("takes away the output of cells behind the end of the session")
  func finished() throws {
    let notebook = try Notebook(lines: environment, "quit", "say b", "| b", "fail c", "!")
    let recording = notebook.recorded(using: ToyEvaluator())
    #expect(recording.notebook.body == [environment, "quit", "say b", "fail c", "!"])
    #expect(recording.report.status == .done)
  }

  @Test("writes facts below the header's lines, in place of older ones, and no other line")
  func facts() throws {
    let notebook = try Notebook(
      lines: "seed: 7",
      "data: old 1",
      "environment:  other",
      "mine:  kept ",
      "data: old 2",
      "data: old 3",
      "host: gone",
      "",
      "set x"
    )
    let evaluator = ToyEvaluator()
    evaluator.facts = [
      ("threads", "2"), ("data", "new\n1"), ("data", "new 2"), ("host", ""),
    ]
    let recorded = notebook.recorded(using: evaluator).notebook
    #expect(
      recorded.body == [
        "seed: 7", "data: new 1", environment, "mine:  kept ", "data: new 2", "threads: 2", "",
        "set x",
      ]
    )
    #expect(recorded.recorded(using: evaluator).notebook.text == recorded.text)
    evaluator.facts = [("data", "1"), ("data", "2"), ("data", "3")]
    #expect(
      recorded.recorded(using: evaluator).notebook.headerValues(of: "data") == ["1", "2", "3"]
    )
  }

  @Test(
    "keeps line endings, a missing last newline and the byte order mark in prose and code",
    arguments: [
      ("rsenb 1\r\nsay a\r\n# p", "rsenb 1\r\nENV\r\nsay a\r\n| a\r\n# p"),
      ("rsenb 1\nsay a", "rsenb 1\nENV\nsay a\n| a\n"), ("rsenb 1\nset x", "rsenb 1\nENV\nset x"),
      ("rsenb 1", "rsenb 1\nENV\n"), ("\u{FEFF}rsenb 1\n", "\u{FEFF}rsenb 1\nENV\n"),
      ("rsenb 1\r\nsay a", "rsenb 1\r\nENV\r\nsay a\r\n| a\r\n"),
      ("rsenb 1\nsay a\r\nsay b\n", "rsenb 1\nENV\nsay a\r\n| a\r\nsay b\n| b\n"),
    ]
  )
  func endings(text: String, expected: String) throws {
    let recorded = recorded(try Notebook(parsing: text, file: "a"))
    let wanted = expected.replacing("ENV", with: environment)
    #expect(recorded.bytes == Array(wanted.utf8))
    #expect(self.recorded(recorded).bytes == recorded.bytes)
  }
}
