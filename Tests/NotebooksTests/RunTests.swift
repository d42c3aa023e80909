import Testing

@testable import Notebooks

@Suite("A run")
struct RunTests {
  @Test("reports each cell as it begins and ends")
  func events() throws {
    let notebook = try Notebook(lines: "say a", "say b")
    var events: [String] = []
    let report = try notebook.run(using: ToyEvaluator()) { event in
      switch event {
      case .began(let cell, let count): events.append("began \(cell.number) of \(count)")
      case .ended(let run): events.append("ended \(run.cell.number)")
      }
    }
    #expect(events == ["began 1 of 2", "ended 1", "began 2 of 2", "ended 2"])
    #expect(report.status == .done)
    #expect(report.summary == "2 cells done")
    #expect(report.problems.isEmpty)
  }

  @Test(
    "ends with the status, summary and number of cells run that its end deserves",
    arguments: [
      (["say a", "fail no", "say b"], false, RunStatus.failed, "cell 2 of 3 failed, 1 not run", 2),
      (["say a", "fail no", "say b"], true, .failed, "cell 2 of 3 failed", 3),
      (["fail a", "fail b", "say b"], true, .failed, "2 of 3 cells failed", 3),
      (["fail a", "!", "say b"], false, .done, "2 cells done", 2),
      (
        ["say a", "!", "say b"], false, .failed, "cell 1 of 2 succeeded where failure was expected",
        2
      ),
      (["say a", "stop", "say b"], true, .interrupted, "interrupted in cell 2 of 3, 1 not run", 2),
      (["stop", "!", "say b"], true, .interrupted, "interrupted in cell 1 of 2, 1 not run", 1),
      (["say a", "quit", "say b"], false, .done, "2 cells done", 2),
      ([], false, .done, "0 cells done", 0),
      (["say a"], false, .done, "1 cell done", 1),
    ]
  )
  func endings(lines: [String], keepGoing: Bool, status: RunStatus, summary: String, ran: Int)
    throws
  {
    let text = (["rsenb 1"] + lines).joined(separator: "\n")
    let notebook = try Notebook(parsing: text, file: "book.rsenb")
    let evaluator = ToyEvaluator()
    let report = try notebook.run(using: evaluator, keepGoing: keepGoing)
    #expect(report.status == status)
    #expect(report.summary == summary)
    #expect(evaluator.calls.count == ran)
  }

  @Test("names file, line and message of each problem")
  func problems() throws {
    let notebook = try Notebook(lines: "say a", "fail no such thing", "say b", "!")
    let report = try notebook.run(using: ToyEvaluator(), keepGoing: true)
    #expect(
      report.problems == [
        "book.rsenb:3: no such thing", "book.rsenb:4: cell 3 should fail (`!`) but succeeded",
      ]
    )
  }

  @Test("may end at a cell, which must exist")
  func last() throws {
    let notebook = try Notebook(lines: "say a", "say b")
    let evaluator = ToyEvaluator()
    #expect(try notebook.run(using: evaluator, last: 1).status == .done)
    #expect(evaluator.calls.map(\.code) == ["say a"])
    for number in [0, 3, -1] {
      #expect(throws: NotebookError.noSuchCell(file: "book.rsenb", number: number, count: 2)) {
        try notebook.run(using: ToyEvaluator(), last: number)
      }
    }
  }

  @Test("has the exit statuses a shell expects")
  func exitStatuses() {
    #expect([RunStatus.done, .failed, .differs, .interrupted].map(\.rawValue) == [0, 1, 3, 130])
  }
}

extension RunReport {
  /// A line for each cell that failed or succeeded against expectation: file, line and message.
  fileprivate var problems: [String] {
    cells.compactMap { run in
      run.problem.map { "\(file):\(run.cell.firstLine): \($0)" }
    }
  }
}
