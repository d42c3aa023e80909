import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("An atomic write")
struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("creates a file and leaves nothing else behind")
  func creates() throws {
    try AtomicFile.write(Array("new".utf8), to: folder("a.txt"))
    #expect(try folder.text(of: "a.txt") == "new")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test("replaces a file by a shorter one, an empty one too", arguments: ["x", ""])
  func replaces(text: String) throws {
    try folder.write("something longer", to: "a.txt")
    try AtomicFile.write(Array(text.utf8), to: folder("a.txt"))
    #expect(try folder.text(of: "a.txt") == text)
  }

  @Test("keeps the permissions of the file it replaces", arguments: [0o600, 0o640, 0o755, 0o666])
  func permissions(mode: Int) throws {
    try folder.write("old", to: "a.txt")
    chmod(folder("a.txt"), mode_t(mode))
    try AtomicFile.write(Array("new".utf8), to: folder("a.txt"))
    var status = stat()
    stat(folder("a.txt"), &status)
    #expect(Int(status.st_mode & 0o777) == mode)
  }

  @Test("streams chunks into a hidden file beside the target, closed to child processes")
  func streams() throws {
    try folder.write("old", to: "a.txt")
    try AtomicFile.write(to: folder("a.txt")) { stream in
      try stream.write(Array("one ".utf8))
      try stream.write([])
      try stream.write(Array("two".utf8))
      #expect(stream.byteCount == 7)
      #expect(try folder.text(of: "a.txt") == "old")
      let temporary = try #require(try folder.names().first)
      #expect(temporary.hasPrefix(".a.txt.\(getpid())."))
      #expect(temporary.hasSuffix(".tmp"))
      #expect(try flags(ofDescriptorFor: folder(temporary)) & O_CLOEXEC != 0)
    }
    #expect(try folder.text(of: "a.txt") == "one two")
    #expect(try folder.names() == ["a.txt"])
  }

  @Test("follows symbolic links to the file they mean, existing or not")
  func links() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder("deep"), withIntermediateDirectories: false)
    try folder.write("old", to: "deep/real.txt")
    try files.createSymbolicLink(atPath: folder("first"), withDestinationPath: "deep/second")
    try files.createSymbolicLink(atPath: folder("deep/second"), withDestinationPath: "real.txt")
    try files.createSymbolicLink(
      atPath: folder("dangling"),
      withDestinationPath: folder("deep/none.txt")
    )
    try AtomicFile.write(Array("new".utf8), to: folder("first"))
    try AtomicFile.write(Array("made".utf8), to: folder("dangling"))
    #expect(try folder.text(of: "deep/real.txt") == "new")
    #expect(try folder.text(of: "deep/none.txt") == "made")
    #expect(try files.destinationOfSymbolicLink(atPath: folder("first")) == "deep/second")
    #expect(try folder.names() == ["dangling", "deep", "first"])
  }

  @Test("writes a pipe in place instead of replacing it")
  func pipes() throws {
    mkfifo(folder("pipe"), 0o600)
    let reader = open(folder("pipe"), O_RDWR)
    defer { close(reader) }
    try AtomicFile.write(Array("through".utf8), to: folder("pipe"))
    var buffer = [UInt8](repeating: 0, count: 20)
    #expect(read(reader, &buffer, buffer.count) == 7)
    #expect(try folder.names() == ["pipe"])
  }

  @Test("copes with names as long as names may be, in any script")
  func longNames() throws {
    let name = String(repeating: "ä", count: 127)
    try AtomicFile.write([1], to: folder(name))
    #expect(try folder.names() == [name])
  }

  @Test("refuses a target that cannot be a file, and says why")
  func refuses() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder("circle"),
      withDestinationPath: "circle"
    )
    try folder.write("", to: "file")
    let codes = [
      folder.path: EISDIR, folder("none/a.txt"): ENOENT, folder("file/a.txt"): ENOTDIR,
      folder("circle"): ELOOP, folder("slash/"): EISDIR, "": ENOENT, folder("a\0b"): EINVAL,
      folder(String(repeating: "x", count: 300)): ENAMETOOLONG,
    ]
    for (path, code) in codes {
      let error = #expect(throws: FileWriteError.self) { try AtomicFile.write([1], to: path) }
      #expect(error?.code == code)
      #expect(error?.path == path)
    }
    #expect(try folder.names() == ["circle", "file"])
  }

  @Test("respects write protection", .enabled(if: getuid() != 0, "root may write everything"))
  func protection() throws {
    try folder.write("old", to: "a.txt")
    chmod(folder("a.txt"), 0o444)
    let error = #expect(throws: FileWriteError.self) {
      try AtomicFile.write([1], to: folder("a.txt"))
    }
    #expect(error?.code == EACCES)
  }

  @Test("can be tried beforehand without changing anything")
  func checks() throws {
    try folder.write("old", to: "a.txt")
    try AtomicFile.checkWritable(folder("a.txt"))
    try AtomicFile.checkWritable(folder("b.txt"))
    #expect(throws: FileWriteError.self) { try AtomicFile.checkWritable(folder("none/a.txt")) }
    #expect(try folder.names() == ["a.txt"])
    #expect(try folder.text(of: "a.txt") == "old")
  }

  private func flags(ofDescriptorFor path: String) throws -> Int32 {
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: "/proc/self/fd") {
      guard (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) == path else {
        continue
      }
      return fcntl(try #require(Int32(name)), F_GETFD) == FD_CLOEXEC ? O_CLOEXEC : 0
    }
    return 0
  }
}
