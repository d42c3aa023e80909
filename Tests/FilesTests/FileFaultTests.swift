import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("A failing write")
struct FileFaultTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("old", to: "a.txt")
  }

  @Test(
    "leaves the old file and no temporary one, whichever step fails",
    arguments: [FileWriteError.Step.open, .write, .flush, .close, .rename],
    [ENOSPC, EIO, EDQUOT, EACCES, EROFS]
  )
  func oldFileSurvives(step: FileWriteError.Step, code: Int32) throws {
    let error = #expect(throws: FileWriteError.self) {
      try AtomicFile.write(
        Array("new".utf8),
        to: folder("a.txt"),
        faults: .failing(step, code: code)
      )
    }
    #expect(error == FileWriteError(path: folder("a.txt"), step: step, code: code))
    #expect(try folder.names() == ["a.txt"])
    #expect(try folder.text(of: "a.txt") == "old")
  }

  @Test("of the folder's flush is reported, with the new content in place")
  func folderFlush() throws {
    let error = #expect(throws: FileWriteError.self) {
      try AtomicFile.write(
        Array("new".utf8),
        to: folder("a.txt"),
        faults: .failing(.flushFolder, code: EIO)
      )
    }
    #expect(error?.step == .flushFolder)
    #expect(error?.description.contains("is written, but") == true)
    #expect(try folder.text(of: "a.txt") == "new")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test("is found at every write call, first to last", arguments: 1...10)
  func everyWrite(occurrence: Int) throws {
    let faults = FileFaults.failing(.write, occurrence: occurrence, code: ENOSPC, largestWrite: 7)
    let bytes = [UInt8](repeating: 65, count: 70)
    #expect(throws: FileWriteError.self) {
      try AtomicFile.write(bytes, to: folder("a.txt"), faults: faults)
    }
    #expect(try folder.text(of: "a.txt") == "old")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test(
    "is only an interruption if the system says so, and goes on",
    arguments: [FileWriteError.Step.write, .flush, .close, .flushFolder]
  )
  func interruption(step: FileWriteError.Step) throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    let faults = FileFaults.failing(step, code: EINTR, largestWrite: 3)
    try AtomicFile.write(bytes, to: folder("a.txt"), faults: faults)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("a.txt"))) == Data(bytes))
  }

  @Test("fails the whole even if the one who writes passes over it")
  func sticky() throws {
    let error = #expect(throws: FileWriteError.self) {
      try AtomicFile.write(
        to: folder("a.txt"),
        faults: .failing(.write, occurrence: 2, code: ENOSPC)
      ) { stream in
        try stream.write([1])
        try? stream.write([2])
        try? stream.write([3])
      }
    }
    #expect(error?.code == ENOSPC)
    #expect(try folder.text(of: "a.txt") == "old")
  }

  @Test("because its maker gives up leaves no trace and hands the error on")
  func bodyThrows() throws {
    struct GivenUp: Error {}
    #expect(throws: GivenUp.self) {
      try AtomicFile.write(to: folder("a.txt")) { stream in
        try stream.write([1])
        throw GivenUp()
      }
    }
    #expect(try folder.names() == ["a.txt"])
    #expect(try folder.text(of: "a.txt") == "old")
  }

  @Test(
    "says what happened, where and what to do",
    arguments: [
      (ENOSPC, "no space left on device", "free some space"), (EFBIG, "limit", "ulimit -f"),
      (EACCES, "permission denied", "permissions"), (EROFS, "read-only", "choose a folder"),
      (ENOENT, "folder does not exist", "make the folder"), (EISDIR, "folder", "name of a file"),
      (ELOOP, "links", "circle"), (EMFILE, "open files", "close other"),
      (EIO, "error", "check the disk"), (ENAMETOOLONG, "too long", "another name"),
    ]
  )
  func messages(code: Int32, reason: String, remedy: String) {
    let error = FileWriteError(path: "/d/a.txt", step: .write, code: code)
    #expect(error.description.contains("/d/a.txt"))
    #expect(error.description.contains(reason))
    #expect(error.description.contains(remedy))
    #expect(error.localizedDescription == error.description)
  }

  @Test("by the file size limit is an ordinary error once SIGXFSZ is ignored")
  func sizeLimit() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try folder.write("old", to: "a.txt")
      limitFileSize(to: 10_000)
      let error = #expect(throws: FileWriteError.self) {
        try AtomicFile.write([UInt8](repeating: 7, count: 20_000), to: folder("a.txt"))
      }
      #expect(error?.code == EFBIG)
      #expect(try folder.text(of: "a.txt") == "old")
      #expect(try folder.names() == ["a.txt"])
      try AtomicFile.write([UInt8](repeating: 7, count: 9_000), to: folder("a.txt"))
    }
  }

  @Test("because the process is killed leaves the old file")
  func killed() async throws {
    let path = folder("a.txt")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try AtomicFile.write(to: path) { stream in
        try stream.write([UInt8](repeating: 7, count: 100_000))
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try folder.text(of: "a.txt") == "old")
  }
}
