import Testing

@testable import Notebooks

@Suite("A replay")
struct ReplayTests {
  private let environment = "environment: \(ToyEvaluator().environment)"
  private let otherEnvironment = "environment: rse 0.1.0, kernels avx2, OpenBLAS 0.3.21 SkylakeX"

  private func replay(
    _ lines: [String],
    options: ReplayOptions = ReplayOptions(),
    numbers: [String: String] = [:]
  ) throws -> ReplayReport {
    let evaluator = ToyEvaluator()
    evaluator.numbers = numbers
    let text = (["rsenb 1"] + lines).joined(separator: "\n")
    return try Notebook(parsing: text, file: "book.rsenb")
      .replay(using: evaluator, options: options)
  }

  @Test("of an unchanged notebook is identical and counts cells and lines")
  func identical() throws {
    let report = try replay([
      environment, "say a", "| a", "murmur 1 s", "~ 2 s", "~ 3 s", "fail no\\way", "! no", "! way",
      "set x",
    ])
    #expect(report.status == .done)
    #expect(report.summary == "identical: 4 cells, 3 lines")
    #expect(report.diff().isEmpty)
    #expect(report.mode == .exact)
    #expect(report.text.hasPrefix("comparing exactly"))
  }

  @Test("of one cell and one line, and of none, uses the right words")
  func words() throws {
    #expect(try replay([environment, "say a", "| a"]).summary == "identical: 1 cell, 1 line")
    #expect(try replay(["# only prose"]).summary == "identical within 2 %: 0 cells, 0 lines")
  }

  @Test("compares numbers exactly in the same environment, within tolerance in another")
  func modes() throws {
    let cells = ["number loss", "| loss 0.4873"]
    let numbers = ["loss": "0.4901"]
    #expect(try replay([environment] + cells, numbers: numbers).status == .differs)
    let tolerant = try replay([otherEnvironment] + cells, numbers: numbers)
    #expect(tolerant.status == .done)
    #expect(tolerant.summary == "identical within 2 %: 1 cell, 1 line")
    #expect(
      tolerant.mode.description
        == "comparing numbers within 2 %, no digests: kernels avx2 recorded, avx512 here"
    )
    let strict = ReplayOptions(tolerance: try Tolerance(relative: 0.001))
    #expect(
      try replay([otherEnvironment] + cells, options: strict, numbers: numbers).status == .differs
    )
    let none = try replay(cells, numbers: numbers)
    #expect(none.status == .done)
    #expect(none.mode.description.hasSuffix("the notebook names no environment"))
  }

  @Test(
    "says which parts of the environment differ",
    arguments: [
      ("a 1, b 2", "a 1, b 2", ""), ("a 1,b  2 ", "a 1, b 2", ""), ("b 2, a 1", "a 1, b 2", ""),
      ("a 1, b 2", "a 1, b 3", "b 2 recorded, 3 here"),
      ("a 1", "a 1, b 3", "b not recorded, 3 here"),
      ("a 1, c 4 x", "a 1", "c 4 x recorded, none here"),
      ("", "a 1", "a not recorded, 1 here"), ("a 1, a 2", "a 1, a 3", "a 1, 2 recorded, 1, 3 here"),
    ]
  )
  func environments(recorded: String, here: String, description: String) {
    let mode = ReplayMode(recorded: recorded, here: here, tolerance: .standard)
    if case .tolerant(_, let differences) = mode {
      #expect(differences?.map(\.description).joined(separator: "; ") == description)
    } else {
      #expect(description.isEmpty)
    }
  }

  @Test("shows a readable diff: place, code, lines, how far numbers lie apart")
  func diff() throws {
    let report = try replay(
      [
        otherEnvironment, "", "{", "number loss", "say done", "say new", "}", "| loss 0.4873",
        "| done",
        "say a", "| a", "| gone", "say b", "| b",
      ],
      numbers: ["loss": "0.5873"]
    )
    #expect(
      report.text == """
        comparing numbers within 2 %, no digests: kernels avx2 recorded, avx512 here
        book.rsenb:4: cell 1 differs
            {
            number loss
            say done
            say new
            }
          expected | loss 0.4873
          got      | loss 0.5873
                     0.4873 became 0.5873, 17 % apart
          extra    | new
        book.rsenb:11: cell 2 differs
            say a
          missing  | gone
        2 of 3 cells differ
        """
    )
    #expect(report.status == .differs)
  }

  @Test("cuts long code and many differing lines short")
  func longDiff() throws {
    let code = (0..<30).map { "say \($0)" }
    let report = try replay([environment, "{"] + code + ["}"])
    let diff = report.diff(mostLines: 4)
    #expect(diff.contains("    say 3\n    …\n"))
    #expect(diff.contains("  extra    | 3\n  … and 26 more"))
    #expect(!diff.contains("| 4"))
    #expect(report.summary == "1 of 1 cell differs")
  }

  @Test("of a notebook that was never recorded says so")
  func notRecorded() throws {
    let report = try replay(["say a", "set x"])
    #expect(report.status == .differs)
    #expect(report.summary == "not recorded yet: rse record book.rsenb")
    #expect(report.diff().contains("  not recorded yet: rse record book.rsenb\n  extra    | a"))
    #expect(try replay(["set x", "murmur 1 s"]).status == .done)
  }

  @Test("of a cell without a record, in a notebook with one, says so too")
  func newCell() throws {
    let report = try replay([environment, "say a", "| a", "say b"])
    #expect(report.summary == "1 of 2 cells differs")
    #expect(report.diff().contains("not recorded yet"))
  }

  @Test("stops at an unmarked failure, shows it and says what was not run")
  func failure() throws {
    let report = try replay([
      environment, "say a", "| b", "{", "say c", "fail no", "}", "| d", "say e", "| e",
    ])
    #expect(report.status == .failed)
    #expect(report.summary == "cell 2 of 3 failed, 1 not run, 1 of 3 cells differs")
    #expect(
      report.diff().hasSuffix(
        """
        book.rsenb:5: cell 2 failed
            {
            say c
            fail no
            }
          no
          expected | d
          got      | c
        """
      )
    )
    let all = try replay(
      ["fail a", "fail b", "say c", "| c"],
      options: ReplayOptions(keepGoing: true)
    )
    #expect(all.summary == "2 of 3 cells failed")
    #expect(all.status == .failed)
  }

  @Test(
    "checks what a cell marked as failing does",
    arguments: [
      (["fail no", "! no"], RunStatus.done, ""), (["fail no", "!"], .done, ""),
      (["fail no", "! na"], .differs, "  expected ! na\n  got      ! no"),
      (["fail no", "| no"], .failed, "cell 1 failed"),
      (["fail no\\way", "! no"], .differs, "  extra    ! way"),
      (["say a", "!", "| a"], .differs, "  it should fail (`!`) but succeeded"),
      (["say a", "! gone", "| a"], .differs, "  it should fail (`!`) but succeeded"),
    ]
  )
  func expectedFailures(lines: [String], status: RunStatus, words: String) throws {
    let report = try replay([environment] + lines)
    #expect(report.status == status)
    #expect(report.diff().isEmpty == words.isEmpty)
    #expect(words.isEmpty || report.diff().contains(words))
  }

  @Test("compares messages of failures as it compares output")
  func messages() throws {
    #expect(try replay([otherEnvironment, "fail at 0.487", "! at  0.488"]).status == .done)
    #expect(try replay([environment, "fail at 0.487", "! at 0.488"]).status == .differs)
  }

  @Test("never compares volatile lines, and never takes one for a stable one")
  func volatile() throws {
    #expect(try replay([environment, "murmur 1 s"]).status == .done)
    #expect(try replay([environment, "set x", "~ 1 s"]).status == .done)
    #expect(try replay([environment, "murmur 1 s", "| 1 s"]).status == .differs)
    #expect(try replay([environment, "say 1 s", "~ 1 s"]).status == .differs)
  }

  @Test("is interrupted at once, marked or not, whatever it is told")
  func interruption() throws {
    let report = try replay(
      [environment, "say a", "| b", "stop", "! x", "say c", "| c"],
      options: ReplayOptions(keepGoing: true)
    )
    #expect(report.status == .interrupted)
    #expect(report.summary == "interrupted in cell 2 of 3, 1 not run, 1 of 3 cells differs")
    #expect(report.diff().contains("book.rsenb:5: cell 2 interrupted"))
  }

  @Test("takes cells behind the end of the session for different only if they have a record")
  func finished() throws {
    #expect(try replay([environment, "quit", "say a", "murmur b", "~ b"]).status == .done)
    let report = try replay([environment, "quit", "say a", "| a"])
    #expect(report.status == .differs)
    #expect(report.diff().contains("not reached: the session ended before it"))
  }

  @Test("of one cell runs those above it, compares it alone and leaves the rest")
  func only() throws {
    let cells = [environment, "count", "| wrong", "count", "| count 2", "count", "| wrong"]
    let second = try replay(cells, options: ReplayOptions(only: 2))
    #expect(second.status == .done)
    #expect(second.summary == "identical: 1 cell, 1 line")
    let third = try replay(cells, options: ReplayOptions(only: 3))
    #expect(third.summary == "cell 3 differs")
    #expect(third.cells.map(\.verdict).prefix(2).allSatisfy { $0 == .notCompared })
    #expect(throws: NotebookError.noSuchCell(file: "book.rsenb", number: 4, count: 3)) {
      try replay(cells, options: ReplayOptions(only: 4))
    }
    let broken = try replay(["fail no", "say a", "| a"], options: ReplayOptions(only: 2))
    #expect(broken.status == .failed)
  }

  @Test("finds output that no cell can reproduce")
  func orphans() throws {
    let report = try replay([environment, "| lost", "say a", "| a"])
    #expect(report.status == .differs)
    #expect(report.diff().contains("book.rsenb:3: output above the first statement"))
    #expect(report.summary == "output above the first statement belongs to no cell")
  }

  @Test("names facts that are otherwise here, which never decide the mode")
  func facts() throws {
    let notebook = try Notebook(
      lines: environment,
      "threads: 8",
      "host: a",
      "data: x 1",
      "say a",
      "| a"
    )
    let evaluator = ToyEvaluator()
    evaluator.facts = [
      ("threads", "2"), ("host", "a"), ("data", "x 1"), ("data", "y 2"), ("new", "1"),
    ]
    let report = try notebook.replay(using: evaluator)
    #expect(report.mode == .exact)
    #expect(report.status == .done)
    #expect(
      report.factDifferences.map(\.description)
        == ["threads 8 recorded, 2 here", "data x 1 recorded, x 1, y 2 here"]
    )
    #expect(report.text.contains("\nthreads 8 recorded, 2 here\n"))
  }
}
