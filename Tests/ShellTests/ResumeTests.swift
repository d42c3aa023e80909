import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A run that is killed", .serialized)
struct ResumeTests {
  /// How many kills to try: `RSE_KILLS`, else a few.
  private static let kills =
    ProcessInfo.processInfo.environment["RSE_KILLS"].flatMap { Int($0) } ?? 6

  private static let notebook = """
    rsenb 1

    seed 3
    data badd lengths=8,16 batch=8
    model rse maps=12
    train 60 checkpoint=every 5 keep=2 to=states
    save half.safetensors
    model rse maps=8 as=best
    train 40 validate=every 4 count=16 keep-best=on patience=4 checkpoint=every 4 keep=1 to=states
    let r = train 10 of=rse
    "weights $r.weights"

    """

  @Test("at a random moment goes on to the weights of one that was not")
  func killed() throws {
    let reference = try ShellPlace()
    try reference.write(Self.notebook, to: "n.rsenb")
    let start = ContinuousClock.now
    let whole = try PipedRun(["run", "n.rsenb"], in: reference)
    let length = (ContinuousClock.now - start) / .milliseconds(1)
    #expect(whole.ending == .status(0), "\(whole.errors)")
    var random = SeededRandom(seed: 5)
    for round in 0..<Self.kills {
      let place = try ShellPlace()
      try place.write(Self.notebook, to: "n.rsenb")
      // A first run and, after it, one that goes on are killed, each at a moment of its own.
      for command in ["run", "resume"] {
        let process = try place.launch([command, "n.rsenb"]).start(
          streams: [.path("/dev/null"), .path("/dev/null"), .path("/dev/null")],
          newSession: true
        )
        usleep(UInt32(1000 * Double.random(in: 0...length, using: &random)))
        process.send(signal: SIGKILL)
        while process.ending == nil { usleep(1000) }
      }
      let last = try PipedRun(["resume", "n.rsenb"], in: place)
      #expect(last.ending == .status(0), "\(last.errors)")
      #expect(last.outputLines.last == whole.outputLines.last, "round \(round)")
    }
  }

  private static let sweep = """
    seed 3
    let t = sweep maps=4,8 seed=1..2 to=runs.jsonl {
      data badd lengths=8,16 batch=4
      model rse maps=$maps
      train 20 checkpoint=every 4 to=states
    }
    print $t.weights

    """

  @Test("in a sweep does not do finished runs again, and goes on in the one that was cut off")
  func killedSweep() throws {
    let reference = try ShellPlace()
    try reference.write(Self.sweep, to: "n.rse")
    let start = ContinuousClock.now
    let whole = try PipedRun(["run", "n.rse"], in: reference)
    let length = (ContinuousClock.now - start) / .milliseconds(1)
    #expect(whole.ending == .status(0), "\(whole.errors)")
    var random = SeededRandom(seed: 6)
    for round in 0..<Self.kills {
      let place = try ShellPlace()
      try place.write(Self.sweep, to: "n.rse")
      let process = try place.launch(["run", "n.rse"]).start(
        streams: [.path("/dev/null"), .path("/dev/null"), .path("/dev/null")],
        newSession: true
      )
      usleep(UInt32(1000 * Double.random(in: 0...length, using: &random)))
      process.send(signal: SIGKILL)
      while process.ending == nil { usleep(1000) }
      let kept = (try? place.text(of: "runs.jsonl"))?.split(separator: "\n").count ?? 0
      let last = try PipedRun(["resume", "n.rse"], in: place)
      #expect(last.ending == .status(0), "\(last.errors)")
      #expect(last.outputLines.last == whole.outputLines.last, "round \(round)")
      #expect(
        kept == 0 || last.output.contains("\(kept) of 4 runs taken over from runs.jsonl"),
        "round \(round)"
      )
    }
  }

  @Test("is recorded as one that was not")
  func recorded() throws {
    let (reference, place) = (try ShellPlace(), try ShellPlace())
    for place in [reference, place] { try place.write(Self.notebook, to: "n.rsenb") }
    #expect(try PipedRun(["record", "n.rsenb"], in: reference).ending == .status(0))
    // The checkpoints of a run that did not get further than the first training.
    let begun = Self.notebook.components(separatedBy: "save half").first ?? ""
    try place.write(begun, to: "begun.rsenb")
    #expect(try PipedRun(["run", "begun.rsenb"], in: place).ending == .status(0))
    #expect(try PipedRun(["record", "--resume", "n.rsenb"], in: place).ending == .status(0))
    func stable(_ place: ShellPlace) throws -> [String] {
      try place.text(of: "n.rsenb").split(separator: "\n").filter { $0.hasPrefix("|") }
        .map(String.init)
    }
    let (lines, expected) = (try stable(place), try stable(reference))
    #expect(lines == expected && lines.contains { $0.contains("validation") })
    #expect(try place.text(of: "n.rsenb").contains("~ resumed from states/rse-00000060"))
  }

  @Test("leaves whole checkpoints only, and `resume` says where it goes on")
  func checkpoints() throws {
    // Where the run ended before it was killed, it is tried again.
    for _ in 0..<20 {
      let place = try ShellPlace()
      try place.write(Self.notebook, to: "n.rsenb")
      let process = try place.launch(["run", "n.rsenb"]).start(
        streams: [.path("/dev/null"), .path("/dev/null"), .path("/dev/null")],
        newSession: true
      )
      let states = place.folder + "/states"
      func names() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: states)) ?? [])
          .filter { !$0.hasPrefix(".") }
      }
      while names().isEmpty, process.ending == nil { usleep(1000) }
      process.send(signal: SIGKILL)
      while process.ending == nil { usleep(1000) }
      if process.ending == .status(0) { continue }
      for name in names() {
        #expect(try PipedRun(["-c", "load states/\(name)"], in: place).ending == .status(0))
      }
      let resumed = try PipedRun(["resume", "n.rsenb"], in: place)
      #expect(resumed.output.contains("resumed from states/rse-000000"))
      return
    }
    Issue.record("the run always ended before it was killed")
  }
}
