import Foundation
import Glibc
import Sessions
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

  @Test("of a package are in `share/rse` beside the folder of the program")
  func package() throws {
    let place = try ShellPlace()
    let models = place.folder + "/share/rse/models"
    for folder in [models, place.folder + "/bin"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    let program = place.folder + "/bin/rse"
    try FileManager.default.copyItem(atPath: ShellPlace.program, toPath: program)
    // A name that the tree has no model of.
    let ours = try #require(ShippedModel.named("badd")).path
    try FileManager.default.copyItem(atPath: ours, toPath: models + "/packaged.safetensors")
    let question = ["-c", "load packaged; save found.safetensors"]
    let process = try place.launch(program: program, question).start(
      streams: [.path("/dev/null"), .path("/dev/null"), .path("/dev/null")],
      newSession: true
    )
    while process.ending == nil { usleep(1000) }
    #expect(process.ending == .status(0))
    #expect(try place.names().contains("found.safetensors"))
  }
}
