import Foundation
import TestSupport
import Testing

@testable import Sessions
@testable import Workbench

@Suite("Patterns of names of files")
struct FilePatternTests {
  @Test("a pattern stands for the files that fit, whatever the folder is called")
  func patterns() throws {
    let folder = try TemporaryFolder()
    let own = folder("a[1]*")
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    for name in ["b.wav", "a.wav", "c.flac", "x[1].wav"] {
      try Data().write(to: URL(fileURLWithPath: own + "/" + name))
    }
    let session = Session(folder: own)
    #expect(try session.files(matching: "*.wav") == ["a.wav", "b.wav", "x[1].wav"])
    #expect(try session.files(matching: "[bc].*") == ["b.wav", "c.flac"])
    // A name that is there stands for itself, and so does one without signs of patterns.
    #expect(try session.files(matching: "x[1].wav") == ["x[1].wav"])
    #expect(try session.files(matching: "none.wav") == ["none.wav"])
    #expect(throws: (any Error).self) { try session.files(matching: "*.mp3") }
  }
}
