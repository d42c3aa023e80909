import Files
import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("Recording a file")
struct RecordFileTests {
  private let folder: TemporaryFolder
  private let path: String
  private let old = "rsenb 1\nsay a\n| old\n"
  private let new = "rsenb 1\nenvironment: e 1\nsay a\n| a\n"
  private let evaluator = ToyEvaluator(environment: "e 1")

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write(old, to: "a.rsenb")
  }

  @Test("writes the output in and reports")
  func writes() throws {
    let report = try Notebook.record(path, using: evaluator)
    #expect(report.status == .done)
    #expect(try folder.text(of: "a.rsenb") == new)
    #expect(try folder.names() == ["a.rsenb"])
  }

  @Test("twice gives the same bytes and does not write again")
  func twice() throws {
    _ = try Notebook.record(path, using: evaluator)
    var writes = 0
    _ = try Notebook.record(path, using: evaluator, writer: { _, _ in writes += 1 })
    #expect(writes == 0)
    #expect(try folder.text(of: "a.rsenb") == new)
  }

  @Test("keeps old times where nothing else is new, and no failure of an earlier run")
  func times() throws {
    let recorded = "rsenb 1\nenvironment: e 1\nsay a\n| a\nmurmur 1 s\n~ 9 s\n"
    try folder.write(recorded, to: "a.rsenb")
    _ = try Notebook.record(path, using: evaluator)
    #expect(try folder.text(of: "a.rsenb") == recorded)

    try folder.write("rsenb 1\nenvironment: e 1\nmurmur 1 s\n~ failed: no\n", to: "a.rsenb")
    _ = try Notebook.record(path, using: evaluator)
    #expect(try folder.text(of: "a.rsenb") == "rsenb 1\nenvironment: e 1\nmurmur 1 s\n~ 1 s\n")

    try folder.write("rsenb 1\nenvironment: other\nmurmur 1 s\n~ 9 s\n", to: "a.rsenb")
    _ = try Notebook.record(path, using: evaluator)
    #expect(try folder.text(of: "a.rsenb") == "rsenb 1\nenvironment: e 1\nmurmur 1 s\n~ 1 s\n")
  }

  @Test("writes after a failure too, with the partial output")
  func failure() throws {
    try folder.write("rsenb 1\nsay a\nfail no\n", to: "a.rsenb")
    #expect(try Notebook.record(path, using: evaluator).status == .failed)
    #expect(
      try folder.text(of: "a.rsenb")
        == "rsenb 1\nenvironment: e 1\nsay a\n| a\nfail no\n~ failed: no\n"
    )
  }

  @Test(
    "leaves the old file when the disk is full, at whichever step that shows",
    arguments: [FileWriteError.Step.open, .write, .flush, .close, .rename]
  )
  func diskFull(step: FileWriteError.Step) throws {
    let error = #expect(throws: FileWriteError.self) {
      try Notebook.record(
        path,
        using: evaluator,
        writer: { bytes, path in
          try AtomicFile.write(bytes, to: path, faults: .failing(step, code: ENOSPC))
        }
      )
    }
    #expect(error?.code == ENOSPC)
    #expect(try folder.text(of: "a.rsenb") == old)
    #expect(try folder.names() == ["a.rsenb"])
  }

  @Test(
    "finds out before it runs anything that the result could not be written",
    .enabled(if: getuid() != 0, "root may write everywhere")
  )
  func unwritable() throws {
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o755) }
    let error = #expect(throws: FileWriteError.self) {
      try Notebook.record(path, using: evaluator)
    }
    #expect(error?.code == EACCES)
    #expect(evaluator.calls.isEmpty)
  }

  @Test("puts a recording that could not be read again beside the file, which stays")
  func tooLong() throws {
    let long = "rsenb 1\n" + String(repeating: "#\n", count: Notebook.mostLines - 3) + "say a\n"
    try folder.write(long, to: "a.rsenb")
    let beside = folder("a.recorded.rsenb")
    #expect(
      throws: NotebookError.recordingTooLong(
        file: path,
        savedAs: beside,
        limit: Notebook.mostLines
      )
    ) { try Notebook.record(path, using: evaluator) }
    #expect(try folder.text(of: "a.rsenb") == long)
    #expect(try folder.text(of: "a.recorded.rsenb").hasSuffix("say a\n| a\n"))
  }

  @Test("a file that has become too large to be read was changed by someone else")
  func grown() throws {
    let error = #expect(throws: NotebookError.self) {
      try NotebookFile.replace(
        "/dev/zero",
        holding: [],
        with: [1],
        writer: { _, path in #expect(path == "/dev/zero.recorded.rsenb") }
      )
    }
    #expect(error == .changedOnDisk(file: "/dev/zero", savedAs: "/dev/zero.recorded.rsenb"))
  }

  @Test("leaves a file alone that was edited meanwhile, and puts the recording beside it")
  func editedMeanwhile() throws {
    let edited = "rsenb 1\nsay b\n"
    try folder.write("mine", to: "a.recorded.rsenb")
    let saved = folder("a.recorded-2.rsenb")
    #expect(throws: NotebookError.changedOnDisk(file: path, savedAs: saved)) {
      try Notebook.record(path, using: evaluator) { event in
        if case .ended = event { _ = try? folder.write(edited, to: "a.rsenb") }
      }
    }
    #expect(try folder.text(of: "a.rsenb") == edited)
    #expect(try folder.text(of: "a.recorded.rsenb") == "mine")
    #expect(try folder.text(of: "a.recorded-2.rsenb") == new)
  }

  @Test("writes a file anew that was removed meanwhile")
  func removedMeanwhile() throws {
    _ = try Notebook.record(path, using: evaluator) { event in
      if case .ended = event { unlink(path) }
    }
    #expect(try folder.text(of: "a.rsenb") == new)
  }

  @Test("follows a symbolic link")
  func links() throws {
    let link = folder("link.rsenb")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.rsenb")
    _ = try Notebook.record(link, using: evaluator)
    #expect(try folder.text(of: "a.rsenb") == new)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a.rsenb")
  }

  @Test("beyond the file size limit is an error, and the old file stays")
  func sizeLimit() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let lines = "say " + String(repeating: "x", count: 4000) + "\n"
      let old = "rsenb 1\n" + String(repeating: lines, count: 2)
      let path = try folder.write(old, to: "a.rsenb")
      limitFileSize(to: 10_000)
      let error = #expect(throws: FileWriteError.self) {
        try Notebook.record(path, using: ToyEvaluator())
      }
      #expect(error?.code == EFBIG)
      #expect(try folder.text(of: "a.rsenb") == old)
      #expect(try folder.names() == ["a.rsenb"])
    }
  }
}
