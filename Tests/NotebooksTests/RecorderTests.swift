import Files
import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("A recorder")
struct RecorderTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder("a.rsenb")
  }

  private func recorder() throws -> NotebookRecorder {
    try NotebookRecorder(
      path: path,
      environment: ToyEvaluator().environment,
      facts: [("threads", "2")]
    )
  }

  @Test("leaves out a statement with which the notebook could not be read again")
  func tooLong() throws {
    let recorder = try recorder()
    try recorder.append(statement: "say a", outcome: CellOutcome(output: [OutputLine("a")]))
    let lines = [OutputLine](repeating: OutputLine("b"), count: Notebook.mostLines)
    #expect(throws: NotebookError.self) {
      try recorder.append(statement: "say b", outcome: CellOutcome(output: lines))
    }
    #expect(try folder.text(of: "a.rsenb").hasSuffix("say a\n| a\n"))
  }

  @Test("has a complete notebook on disk after every statement, and one that replays")
  func grows() throws {
    let recorder = try recorder()
    let evaluator = ToyEvaluator()
    #expect(try Notebook(contentsOf: path).lines.count == 3)
    let statements = [
      "count", "set x", "say a", "fail no\\way", "{\nsay b\n\nmurmur c\n}", "| odd",
    ]
    try recorder.append(prose: "# Title\n\nWords.")
    for statement in statements {
      let outcome = evaluator.evaluate(statement, file: path, firstLine: 1)
      try recorder.append(statement: statement, outcome: outcome)
      let notebook = try Notebook(contentsOf: path)
      #expect(notebook.bytes == recorder.notebook.bytes)
      #expect(try notebook.replay(using: ToyEvaluator()).status == .done)
    }
    #expect(
      try folder.text(of: "a.rsenb") == """
        rsenb 1
        environment: rse 0.1.0, kernels avx512, OpenBLAS 0.3.21 SkylakeX
        threads: 2

        # # Title
        #
        # Words.

        count
        | count 1

        set x
        say a
        | a

        fail no\\way
        ! no
        ! way

        {
        say b

        murmur c
        }
        | b
        ~ c

         | odd
        ! unknown command |

        """
    )
    #expect(try folder.names() == ["a.rsenb"])
  }

  @Test("keeps the facts of the header up to date")
  func facts() throws {
    let recorder = try recorder()
    try recorder.append(
      statement: "set x",
      outcome: CellOutcome(),
      facts: [("data", "x 1"), ("threads", "4")]
    )
    let notebook = try Notebook(contentsOf: path)
    #expect(notebook.header.map(\.key) == ["environment", "threads", "data"])
    #expect(notebook.headerValues(of: "threads") == ["4"])
  }

  @Test("replaces no file unless told to")
  func existing() throws {
    try folder.write("mine", to: "a.rsenb")
    #expect(throws: NotebookError.alreadyExists(file: path)) { try recorder() }
    #expect(try folder.text(of: "a.rsenb") == "mine")
    _ = try NotebookRecorder(path: path, environment: "e 1", replacing: true)
    #expect(try folder.text(of: "a.rsenb") == "rsenb 1\nenvironment: e 1\n")
  }

  @Test("loses nothing when a write fails: the next one writes it all")
  func failedWrite() throws {
    var writes = 0
    let recorder = try NotebookRecorder(path: path, environment: "e 1") { bytes, path in
      writes += 1
      let faults = writes == 2 ? FileFaults.failing(.write, code: ENOSPC) : .none
      try AtomicFile.write(bytes, to: path, faults: faults)
    }
    #expect(throws: FileWriteError.self) {
      try recorder.append(statement: "say a", outcome: CellOutcome(output: [OutputLine("a")]))
    }
    #expect(try folder.text(of: "a.rsenb") == "rsenb 1\nenvironment: e 1\n")
    try recorder.append(statement: "set x", outcome: CellOutcome())
    #expect(
      try folder.text(of: "a.rsenb") == "rsenb 1\nenvironment: e 1\n\nsay a\n| a\n\nset x\n"
    )
  }

  @Test("does not write over what someone else has edited")
  func edited() throws {
    let recorder = try recorder()
    try folder.write("rsenb 1\nmine\n", to: "a.rsenb")
    #expect(throws: NotebookError.changedOnDisk(file: path, savedAs: folder("a.recorded.rsenb"))) {
      try recorder.append(statement: "set x", outcome: CellOutcome())
    }
    #expect(try folder.text(of: "a.rsenb") == "rsenb 1\nmine\n")
    #expect(try folder.text(of: "a.recorded.rsenb").hasSuffix("\nset x\n"))
  }

  @Test("marks an interrupted statement")
  func interruption() throws {
    let recorder = try recorder()
    try recorder.append(
      statement: "train 9",
      outcome: CellOutcome(output: [OutputLine("a")], ending: .interrupted)
    )
    #expect(try folder.text(of: "a.rsenb").hasSuffix("\n\ntrain 9\n| a\n~ interrupted\n"))
  }

  @Test("keeps prose, comments and statements apart in every order")
  func orders() throws {
    var notebook = Notebook(file: "a", environment: "e 1")
    notebook.append(statement: "# typed note")
    notebook.append(prose: "more")
    notebook.append(statement: "set x\r\n~ y\n!z")
    notebook.append(prose: "")
    #expect(
      notebook.text
        == "rsenb 1\nenvironment: e 1\n\n# typed note\n# more\n\nset x\n ~ y\n !z\n\n#\n"
    )
    let again = try Notebook(parsing: notebook.bytes, file: "a")
    #expect(again.lines.map(\.kind) == notebook.lines.map(\.kind))
  }
}
