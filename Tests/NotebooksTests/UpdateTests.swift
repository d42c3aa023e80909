import Testing

@testable import Notebooks

@Suite("An update")
struct UpdateTests {
  private let environment = "environment: \(ToyEvaluator().environment)"

  private func update(_ text: String, only: Int? = nil) throws -> Update {
    var options = ReplayOptions()
    options.only = only
    return try Notebook(parsing: text, file: "book.rsenb")
      .updated(using: ToyEvaluator(), options: options)
  }

  @Test("replaces the output of the one cell and leaves every other byte as it is")
  func one() throws {
    let before =
      "rsenb 1\r\n\(environment)\r\nthreads: 9\r\n\r\n#  prose \r\nsay a \r\n| old\r\n~ 3 s\r\n\r\nsay b\r\n| old\r\n"
      + "# # end"
    let after = before.replacing("say a \r\n| old\r\n~ 3 s\r\n", with: "say a \r\n| a\r\n")
    let update = try update(before, only: 1)
    #expect(update.cells == [1])
    #expect(update.notebook.text == after)
    #expect(update.report.diff().contains("expected | old") && update.isComplete)
  }

  @Test("of all cells takes over what differs, the messages of expected failures too")
  func all() throws {
    let update = try update(
      "rsenb 1\n\(environment)\n\nsay a\n| a\n\nmurmur 1\n~ 2\n\nfail no\n! yes\n\nsay c\n"
    )
    #expect(update.cells == [3, 4])
    #expect(
      update.notebook.text
        == "rsenb 1\n\(environment)\n\nsay a\n| a\n\nmurmur 1\n~ 2\n\nfail no\n! no\n\nsay c\n| c\n"
    )
  }

  @Test("leaves cells that fail, or that should and do not, as they are")
  func failures() throws {
    let text = "rsenb 1\n\(environment)\n\nsay a\n! b\n\nfail c\n| d\n"
    let update = try update(text)
    #expect(update.notebook.text == text && update.cells.isEmpty && !update.isComplete)
  }

  @Test("of a record from another environment is refused")
  func environments() throws {
    #expect(throws: NotebookError.self) {
      try update("rsenb 1\nenvironment: rse 0.1.0, kernels avx2\n\nsay a\n| b\n")
    }
  }
}
