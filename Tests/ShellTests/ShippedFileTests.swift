import Foundation
import Glibc
import TestSupport
import Testing

@Suite("The files that ship with the program")
struct ShippedFileTests {
  private static let question = ["-c", "load badd; try 101 + 11"]

  @Test("are found from any folder")
  func anywhere() throws {
    let run = try PipedRun(Self.question, in: ShellPlace())
    #expect(run.ending == .status(0), "\(run.errors)")
    #expect(run.output.contains("network  1000\n"))
  }

  @Test("are taken from beside the program, and `RSE_ASSETS` goes before")
  func places() throws {
    let place = try ShellPlace()
    place.environment["RSE_ASSETS"] = place.folder + "/nowhere"
    let missing = try PipedRun(Self.question, in: place)
    #expect(missing.ending == .status(1))
    #expect(missing.errors.contains("neither a file nor a shipped model `badd`"))
    let list = try PipedRun(["-c", "show shipped"], in: place)
    #expect(list.output.contains("RSE_ASSETS names \(place.folder)/nowhere, where none are"))

    // An empty folder beside a copy of the program hides those of the tree it was built from.
    place.environment["RSE_ASSETS"] = nil
    try FileManager.default.createDirectory(
      atPath: place.folder + "/Assets/models",
      withIntermediateDirectories: true
    )
    let copy = place.folder + "/rse"
    try FileManager.default.copyItem(atPath: ShellPlace.program, toPath: copy)
    let process = try place.launch(program: copy, Self.question).start(
      streams: [.path("/dev/null"), .path("/dev/null"), .path("/dev/null")],
      newSession: true
    )
    while process.ending == nil { usleep(1000) }
    #expect(process.ending == .status(1))
  }
}
