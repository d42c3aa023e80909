import Foundation
import TestSupport
import Testing

@testable import Notebooks

@Suite("The notebook format")
struct FormatTests {
  @Test(
    "gives back the bytes it read",
    arguments: [
      "rsenb 1", "rsenb 1\n", "rsenb 1\r\n", "rsenb 1\n\n\n", "\u{FEFF}rsenb 1\nseed 7\n",
      "rsenb   1 \t\nseed 7",
      "rsenb 1\nenvironment: x\nseed: 7\nodd-Key_2:y\n\n# prose\nseed 7\n| a",
      "rsenb 1\r\nseed 7\n| a\r\n\r\n#\n", "rsenb 1\nseed 7\r\r\n| a\rb\n", "rsenb 1\n|\n~\n!\n#\n",
      "rsenb 1\n|a\n|  b  \n| \n!!\n~~\n##\n", "rsenb 1\n\t \n\u{B}\u{C}\n", "rsenb 1\nsay \0\n",
      "rsenb 1\n#\u{301} é e\u{301} 👩‍👩‍👧 \u{2028}\n|\u{301}x\n", "rsenb 1\nfor x { \n\n# in\n}\n| a\n",
      "rsenb 1\nenvironment:\nenvironment: b\n|\n",
      "rsenb 1\n" + String(repeating: "{", count: 9999),
    ]
  )
  func identity(text: String) throws {
    let notebook = try Notebook(parsing: text, file: "a.rsenb")
    #expect(notebook.bytes == Array(text.utf8))
    #expect(notebook.text.utf8.elementsEqual(text.utf8))
  }

  @Test("takes 100,000 lines")
  func longNotebook() throws {
    let text =
      "rsenb 1\n" + (0..<25_000).map { "say \($0)\n| \($0)\r\n# note\n\n" }.joined()
    let notebook = try Notebook(parsing: text, file: "a.rsenb")
    #expect(notebook.lines.count == 100_001)
    #expect(notebook.bytes == Array(text.utf8))
    #expect(try notebook.replay(using: ToyEvaluator()).status == .done)
  }

  @Test("tells lines apart by their first byte")
  func kinds() throws {
    let text =
      "rsenb 1\nenvironment: x\nseed: 7\nseed 7\nseed: 7\n\n# a\n#b\n | c\n| d\n|e\n~\n! f\n \t\n"
    let lines = try Notebook(parsing: text, file: "a.rsenb").lines
    #expect(
      lines.map(\.kind) == [
        .version, .header, .header, .code, .code, .blank, .prose, .prose, .code, .stable, .stable,
        .volatile, .failure, .blank,
      ]
    )
    #expect(lines[6...].map(\.content) == ["a", "b", " | c", "d", "e", "", "f", " \t"])
  }

  @Test("reads the header, known keys and others")
  func header() throws {
    let notebook = try Notebook(
      lines: "environment: rse 1,  kernels x ",
      "seed:7",
      "data: a.tsv 12ab",
      "data:b.tsv:c",
      "no key",
      "x: y"
    )
    #expect(notebook.environment == "rse 1,  kernels x")
    #expect(notebook.headerValues(of: "seed") == ["7"])
    #expect(notebook.headerValues(of: "data") == ["a.tsv 12ab", "b.tsv:c"])
    #expect(notebook.header.map(\.key) == ["environment", "seed", "data", "data"])
    #expect(try Notebook(lines: "", "environment: x").environment == nil)
  }

  @Test(
    "finds bytes that are no UTF-8 and says where",
    arguments: [
      ([0xFF, 0xFE, 0x72], 0, 1), (Array("rsenb 1\nab".utf8) + [0xC3, 0x28], 10, 2),
      (Array("rsenb 1\nä\n".utf8) + [0xE2, 0x82], 11, 3),
      (Array("rsenb 1\n".utf8) + [0xC0, 0x80], 8, 2),
      (Array("rsenb 1\n".utf8) + [0xED, 0xA0, 0x80], 8, 2),
    ] as [([UInt8], Int, Int)]
  )
  func invalidUTF8(bytes: [UInt8], offset: Int, line: Int) {
    #expect(throws: NotebookError.invalidUTF8(file: "a", offset: offset, line: line)) {
      try Notebook(parsing: bytes, file: "a")
    }
  }

  @Test(
    "takes no other version, and says who made it",
    arguments: ["2", "10", "1.1", "99999999999999999999999"]
  )
  func versions(version: String) throws {
    let error = #expect(throws: NotebookError.self) {
      try Notebook(parsing: "rsenb \(version)\nseed 7\n", file: "a.rsenb")
    }
    #expect(error == .unsupportedVersion(file: "a.rsenb", version: version))
    let message = try #require(error?.description)
    #expect(message.contains("a.rsenb:1: version \(version) is made by a newer rse"))
    #expect(message.contains("this one reads version 1"))
  }

  @Test("does not call version 0 newer")
  func versionZero() {
    let error = NotebookError.unsupportedVersion(file: "a", version: "0")
    #expect(!error.description.contains("newer"))
  }

  @Test(
    "takes nothing that does not begin as a notebook does",
    arguments: [
      "", "\n", "\u{FEFF}", "seed 7\n", "rsenb\n", "rsenb1\n", "rsenb one", " rsenb 1", "RSENB 1",
      "\nrsenb 1",
    ]
  )
  func notANotebook(text: String) throws {
    let error = #expect(throws: NotebookError.self) { try Notebook(parsing: text, file: "a.txt") }
    guard case .notANotebook = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("\"rsenb 1\"") == true)
  }

  @Test("with the marks of a merge says where they are; marks alone are text")
  func conflict() throws {
    let text = "rsenb 1\n\nsay a\n<<<<<<< HEAD\nsay b\n=======\nsay c\n>>>>>>> other\n"
    #expect(throws: NotebookError.unresolvedConflict(file: "a.rsenb", line: 4)) {
      try Notebook(parsing: Array(text.utf8), file: "a.rsenb")
    }
    _ = try Notebook(parsing: Array("rsenb 1\n\n<<<<<<< HEAD\n".utf8), file: "a.rsenb")
  }

  @Test("says why a file cannot be read, and what to do")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let codes = [folder("none"): ENOENT, folder.path: EISDIR, folder("a\0b"): EINVAL]
    for (path, code) in codes {
      #expect(throws: NotebookError.unreadable(file: path, code: code)) {
        try Notebook(contentsOf: path)
      }
    }
    #expect(throws: NotebookError.tooLarge(file: "/dev/zero", limit: 64 << 20)) {
      try Notebook(contentsOf: "/dev/zero")
    }
    let lines = "rsenb 1" + String(repeating: "\n", count: Notebook.mostLines)
    #expect(try Notebook(parsing: lines, file: "a").lines.count == Notebook.mostLines)
    #expect(throws: NotebookError.tooManyLines(file: "a", limit: Notebook.mostLines)) {
      try Notebook(parsing: lines + "\n", file: "a")
    }
    let path = try folder.write("rsenb 1\nseed 7\n", to: "a.rsenb")
    #expect(try Notebook(contentsOf: path).text == "rsenb 1\nseed 7\n")
  }

  @Test("has an error text with a remedy for everything")
  func errors() throws {
    let errors: [(NotebookError, String)] = [
      (.unreadable(file: "a", code: EACCES), "permissions"),
      (.unreadable(file: "a", code: EIO), "a"),
      (.tooManyLines(file: "a", limit: 7), "7 lines"),
      (.recordingTooLong(file: "a", savedAs: "b", limit: 7), "it is in b"),
      (.recordingTooLong(file: "a", savedAs: nil, limit: 7), "begin another one"),
      (.tooLarge(file: "a", limit: 64 << 20), "64 MiB"),
      (.invalidUTF8(file: "a", offset: 3, line: 2), "a:2: no valid UTF-8 at byte 3"),
      (.changedOnDisk(file: "a", savedAs: "b"), "the recording is in b"),
      (.alreadyExists(file: "a"), "another name"), (.invalidTolerance(-1), "0.02"),
      (.noSuchCell(file: "a", number: 9, count: 4), "1 to 4"),
      (.noSuchCell(file: "a", number: 9, count: 0), "no cells at all"),
    ]
    for (error, words) in errors {
      #expect(error.description.contains(words))
      #expect(error.localizedDescription == error.description)
    }
  }
}
