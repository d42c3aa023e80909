import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Checkpoints and validations")
struct CheckpointTests {
  private static let setup = "data badd lengths=8,16 batch=4; model rse maps=4"

  private func weights(_ outcome: String?) -> String? {
    outcome?.split(separator: " ").last.map(String.init)
  }

  @Test("a training leaves its newest states, and going on from one gives the same weights")
  func kept() throws {
    let test = try TestSession()
    let whole = try #require(
      test.stableLines("\(Self.setup); train 20 checkpoint=every 6 keep=2 to=out").last
    )
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: test.folder("out")).sorted()
        == ["rse-00000018.safetensors", "rse-00000020.safetensors"]
    )
    let again = try TestSession()
    again.submit("load \(test.folder("out"))/rse-00000018.safetensors")
    #expect(weights(again.stableLines("train 2").last) == weights(whole))
    // Without checkpoints the same weights.
    let plain = try TestSession()
    #expect(weights(plain.stableLines("\(Self.setup); train 20").last) == weights(whole))
  }

  @Test("files of other trainings in the folder stay")
  func others() throws {
    let test = try TestSession()
    try FileManager.default.createDirectory(
      atPath: test.folder("checkpoints"),
      withIntermediateDirectories: false
    )
    let other = test.folder("checkpoints") + "/rse-00000001.safetensors"
    try Data("mine".utf8).write(to: URL(fileURLWithPath: other))
    test.submit("\(Self.setup); train 4 checkpoint=1 keep=1")
    #expect(test.diagnostics.isEmpty)
    #expect(
      FileManager.default.fileExists(atPath: test.folder("checkpoints/rse-00000004.safetensors"))
    )
    #expect(
      !FileManager.default.fileExists(atPath: test.folder("checkpoints/rse-00000003.safetensors"))
    )
  }

  @Test("validating changes nothing in the training and is kept with it")
  func validated() throws {
    let test = try TestSession()
    let lines = test.stableLines("\(Self.setup); train 10 validate=every 4 count=8")
    #expect(
      lines.filter { $0.contains("validation loss") }.map { $0.prefix(7) } == [
        "step 4 ", "step 8 ", "step 10",
      ]
    )
    let plain = try TestSession()
    #expect(weights(plain.stableLines("\(Self.setup); train 10").last) == weights(lines.last))
    test.submit("save a.safetensors")
    let loaded = try TestSession()
    loaded.submit("load \(test.folder("a.safetensors"))")
    #expect(loaded.session.currentModel?.trainer?.validations.map(\.step) == [4, 8, 10])
    #expect(
      loaded.session.currentModel?.trainer?.validations
        == test.session.currentModel?.trainer?.validations
    )
  }

  @Test("keep-best goes back to the state of the best validation, patience ends the training")
  func best() throws {
    let test = try TestSession()
    // At this rate the network gets worse before long.
    let lines = test.stableLines(
      "data badd lengths=8 batch=4; model rse maps=4 rate=1 schedule=100000; "
        + "train 200 validate=every 5 keep-best=on patience=3"
    )
    let validations = try #require(test.session.currentModel?.trainer?.validations)
    let trainer = try #require(test.session.currentModel?.trainer)
    #expect(trainer.step == validations.last?.step)
    #expect(trainer.log.count == trainer.step)
    let measured = lines.filter { $0.contains("validation loss") }
    let bestLine = try #require(measured.last { $0.hasSuffix("best") })
    #expect(bestLine.hasPrefix("step \(trainer.step) "))
    #expect(measured.count == (measured.lastIndex(of: bestLine) ?? 0) + 4)
    #expect(lines.contains { $0.hasPrefix("back from step") })
    let straight = try TestSession()
    let same = straight.stableLines(
      "data badd lengths=8 batch=4; model rse maps=4 rate=1 schedule=100000; train \(trainer.step)"
    )
    #expect(weights(same.last) == weights(lines.last))
  }

  @Test("files without moments or in half precision load, are smaller, and say what they lack")
  func small() throws {
    let test = try TestSession()
    test.submit("\(Self.setup); train 3; save a.safetensors; save b.safetensors moments=off")
    test.submit("save c.safetensors precision=half")
    let sizes = try ["a", "b", "c"].map { name in
      try Data(contentsOf: URL(fileURLWithPath: test.folder("\(name).safetensors"))).count
    }
    #expect(sizes[0] > 2 * sizes[1] && sizes[1] > sizes[2])
    let loaded = try TestSession()
    let lines = loaded.stableLines("load \(test.folder("b.safetensors"))")
    #expect(lines.last?.contains("no moments") == true)
    #expect(weights(lines.first) == test.session.currentModel?.trainer?.model.digest.short)
    #expect(loaded.submit("train 1; test count=4").failure == nil)
    let half = try TestSession()
    #expect(half.submit("load \(test.folder("c.safetensors")); train 1").failure == nil)
  }

  @Test(
    "options that need another one say so",
    arguments: [
      ("keep=2", "checkpoint"), ("to=out", "checkpoint"), ("patience=2", "validate"),
      ("keep-best=on", "validate"),
    ]
  )
  func lonely(option: String, owner: String) throws {
    let test = try TestSession()
    let failure = test.submit("\(Self.setup); train 2 \(option)").failure
    #expect(failure?.contains("`\(owner)=`") == true)
  }

  // MARK: Resuming

  private static let notebook = """
    rsenb 1

    param maps = 4
    data badd lengths=8 batch=4
    model rse maps=$maps
    train 12 checkpoint=every 3 keep=2 to=states
    test count=8
    for m in 4,6 { model rse maps=$m as=rse$m ; train 8 checkpoint=every 2 to=states }
    model rse maps=5 as=best
    train 12 validate=every 2 count=8 keep-best=on patience=3 checkpoint=every 3 to=states
    let last = train 2
    "weights $last.weights"
    """

  /// The compared lines of a run that stops once `limit` progress events were seen; nil if it was stopped.
  private func run(_ path: String, resumes: Bool, limit: Int = .max) throws -> [String]? {
    var count = 0
    var lines: [String] = []
    var run = FileRun()
    run.host.resumes = resumes
    run.host.isInterrupted = { count >= limit }
    run.host.observer = { event in
      switch event {
      case .output(let line): if !line.isVolatile { lines.append(line.text) }
      case .progress: count += 1
      default: break
      }
    }
    return try run.run(path) == .done ? lines : nil
  }

  @Test("a run that was cut off anywhere goes on to the results of one that was not")
  func resumed() throws {
    let reference = try TemporaryFolder()
    let whole = try #require(try run(reference.write(Self.notebook, to: "n.rsenb"), resumes: false))
    for limit in stride(from: 3, to: 700, by: 37) {
      let folder = try TemporaryFolder()
      let path = try folder.write(Self.notebook, to: "n.rsenb")
      guard try run(path, resumes: false, limit: limit) == nil else { break }
      _ = try run(path, resumes: true, limit: limit / 2 + 1)
      let lines = try #require(try run(path, resumes: true))
      // Validations before the checkpoint are not shown again; everything at the end is the same.
      #expect(lines.last == whole.last, "cut off after \(limit)")
      #expect(
        lines.filter { $0.hasPrefix("step 12 ") } == whole.filter { $0.hasPrefix("step 12 ") }
      )
    }
  }

  @Test("every training goes on from its own checkpoint, so that little is done again")
  func resumedAll() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.notebook, to: "n.rsenb")
    #expect(try run(path, resumes: false) != nil)
    var notes: [String] = []
    var steps = 0
    var run = FileRun()
    run.host.resumes = true
    run.host.observer = { event in
      if case .output(let line) = event, line.text.hasPrefix("resumed from") {
        notes.append(line.text)
      }
      if case .progress(let progress) = event, progress.unit == "steps", progress.part == 0 {
        steps += 1
      }
    }
    #expect(try run.run(path) == .done)
    #expect(
      notes
        == ["rse-00000012", "rse4-00000008", "rse6-00000008", "best-00000010"].map {
          "resumed from states/\($0).safetensors"
        }
    )
    // The fourth one had lost its patience there. Only the last training, which leaves no checkpoints, is done again.
    #expect(steps <= 4, "\(steps)")
  }

  @Test(
    "a best state that is missing, or a checkpoint that is damaged, is not gone on from",
    arguments: ["best", "rse"]
  )
  func damaged(name: String) throws {
    let text = """
      rsenb 1

      data badd lengths=8 batch=4
      for s in 1,2 { seed $s ; model rse maps=4 rate=1
      train 30 checkpoint=every 5 keep=9 validate=every 5 count=8 keep-best=on to=states }
      train 2
      """
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "n.rsenb")
    let whole = try #require(try run(path, resumes: false))
    let states = folder("states")
    for file in try FileManager.default.contentsOfDirectory(atPath: states) {
      let place = URL(fileURLWithPath: states + "/" + file)
      if name == "best", file.contains("best") { try FileManager.default.removeItem(at: place) }
      if name == "rse", !file.contains("best") {
        var bytes = try Data(contentsOf: place)
        bytes[bytes.count - 3] ^= 1
        try bytes.write(to: place)
      }
    }
    #expect(try run(path, resumes: true)?.last == whole.last)
    if name == "rse" {
      let test = try TestSession()
      let file = try #require(
        FileManager.default.contentsOfDirectory(atPath: states).first { $0.contains("-0000") }
      )
      // Training has put whole ones in the place of damaged ones by now.
      #expect(test.submit("load \(states)/\(file)").failure == nil)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: states + "/" + file))
      bytes[bytes.count - 3] ^= 1
      try bytes.write(to: URL(fileURLWithPath: test.folder("d.safetensors")))
      #expect(test.submit("load d.safetensors").failure?.contains("damaged") == true)
    }
  }

  @Test("checkpoints of another notebook, or with other parameters, are not taken")
  func foreign() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.notebook, to: "n.rsenb")
    _ = try run(path, resumes: false, limit: 40)
    let changed = Self.notebook.replacingOccurrences(of: "batch=4", with: "batch=5")
    let other = try TemporaryFolder()
    let expected = try run(other.write(changed, to: "n.rsenb"), resumes: false)
    #expect(try run(folder.write(changed, to: "n.rsenb"), resumes: true) == expected)
  }
}
