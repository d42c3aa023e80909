import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct TextReaderTests {
  /// `2 3`, `the 0.5 -1 0.25`, `cat 1e-1 2 -0.5`, packed by gzip.
  private static let packed =
    Data(base64Encoded: "H4sIAAAAAAAC/zNSMOYqyUhVMNAzVdA1BFJGplzJiSUKhqlAnpGCLlCcCwBQQe3mJAAAAA==")
    ?? Data()

  private func lines(_ path: String) throws -> [String] {
    var lines: [String] = []
    try TextReader(path: path, name: "f").forEachLine { line, share in
      lines.append(line.text)
      #expect(line.number == lines.count && line.isText)
      #expect(share > 0 && share <= 1)
    }
    return lines
  }

  @Test("lines come without their ends, also the last that has none, and lines longer than a part")
  func plain() throws {
    let folder = try TemporaryFolder()
    let written = try lines(folder.write("one\n\ntwo three\nfour", to: "a"))
    #expect(written == ["one", "", "two three", "four"])
    #expect(try lines(folder.write("", to: "b")).isEmpty)
    let long = String(repeating: "wörd ", count: 1_000_000)
    let parts = try lines(folder.write("a\n\(long)\nb\n", to: "c"))
    #expect(parts == ["a", long, "b"])
  }

  @Test("a line without end is refused before it fills the memory")
  func endlessLine() throws {
    let folder = try TemporaryFolder()
    let path = folder("a")
    try Data().write(to: URL(fileURLWithPath: path))
    // Zeros that take no room on the disk.
    try #require(truncate(path, 1 << 40) == 0)
    let error = #expect(throws: TextFileError.self) { try lines(path) }
    #expect(error?.message.contains("longer than 16 MiB") == true)
  }

  @Test("what is packed by gzip is unpacked")
  func packed() throws {
    let folder = try TemporaryFolder()
    try Self.packed.write(to: URL(fileURLWithPath: folder("a.gz")))
    let lines = try lines(folder("a.gz"))
    #expect(lines == ["2 3", "the 0.5 -1 0.25", "cat 1e-1 2 -0.5"])
    try Self.packed.dropLast(12).write(to: URL(fileURLWithPath: folder("b.gz")))
    #expect(throws: TextFileError.self) { try self.lines(folder("b.gz")) }
  }

  @Test(
    "lines have no marks and no carriage returns, whatever they end with",
    arguments: [
      "\u{FEFF}one\r\n\r\ntwo three\r\nfour", "one\r\rtwo three\rfour\r",
      "one\n\ntwo three\nfour\r\n",
      "\u{FEFF}one\n\r\ntwo three\r\r\nfour",
    ]
  )
  func lineEnds(text: String) throws {
    let folder = try TemporaryFolder()
    #expect(try lines(folder.write(text, to: "a")) == ["one", "", "two three", "four"])
  }

  @Test(
    "a line that is no UTF-8 is told from the others",
    arguments: [
      ([0x61, 0x0A, 0xC3, 0x28], 2), ([0xE2, 0x82], 1), ([0x61, 0xF5, 0x80], 1),
      ([0xED, 0xA0, 0x80], 1), ([0xC0, 0x80, 0x0A, 0x61], 1), ([0xC3, 0xA4, 0x0A, 0x80], 2),
    ] as [([UInt8], Int)]
  )
  func encoding(bytes: [UInt8], number: Int) throws {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder("a")))
    var wrong: [Int] = []
    try TextReader(path: folder("a"), name: "f").forEachLine { line, _ in
      if !line.isText { wrong.append(line.number) }
    }
    #expect(wrong == [number])
  }

  @Test(
    "text in 16 bits and zip archives are named for what they are",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00], "UTF-16"), ([0xFE, 0xFF, 0x00, 0x61], "UTF-16"),
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "zip archive"),
    ] as [([UInt8], String)]
  )
  func otherKinds(bytes: [UInt8], kind: String) throws {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(fileURLWithPath: folder("a")))
    let error = #expect(throws: TextFileError.self) { try lines(folder("a")) }
    #expect(error?.message.contains(kind) == true && error?.remedy.isEmpty == false)
  }

  @Test("a pipe without a writer is refused, not waited for")
  func pipe() throws {
    let folder = try TemporaryFolder()
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let error = #expect(throws: TextFileError.self) { try lines(folder("pipe")) }
    #expect(error?.message.contains("not a regular file") == true)
  }

  @Test("a missing file and a folder are refused by name")
  func missing() throws {
    let folder = try TemporaryFolder()
    for path in [folder("none"), folder.path] {
      let error = #expect(throws: TextFileError.self) { try lines(path) }
      #expect(error?.message.hasPrefix("f: ") == true)
    }
  }
}
