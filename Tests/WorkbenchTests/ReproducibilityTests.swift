import Foundation
import Notebooks
import Tensors
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite(.serialized) struct ReproducibilityTests {
  private static let setup = "seed 7; data badd lengths=8,16 batch=4; model rse maps=8"

  private func weights(_ statements: [String]) throws -> String {
    let test = try TestSession()
    var last = ""
    for statement in statements {
      let outcome = test.submit(statement)
      #expect(outcome.failure == nil, "\(statement)")
      last = outcome.output.map(\.text).last { $0.contains("weights") } ?? last
    }
    return try #require(last.split(separator: " ").last.map(String.init))
  }

  @Test("looking in between, training in parts, and any number of threads give the same weights")
  func sameWeights() throws {
    let whole = try weights([Self.setup, "train 12"])
    #expect(try weights([Self.setup, "train 5; train 7"]) == whole)
    #expect(
      try weights([
        Self.setup, "train 5", "test lengths=8..32 by *2 count=9", "plot loss a.png",
        "try 11 + 1", "trace 11 + 1", "plot trace b.png", "show model; show parameters", "train 7",
      ]) == whole
    )
    #expect(try weights(["model rse maps=8", "seed 7", Self.setup, "train 12"]) == whole)
    for threads in [1, 2, 3] {
      #expect(try weights(["set threads=\(threads)", Self.setup, "train 12"]) == whole)
    }
    WorkerPool.shared.resize(threads: ProcessInfo.processInfo.activeProcessorCount)
    #expect(
      try weights([Self.setup, "train 5; save a.safetensors", "load a.safetensors; train 7"])
        == whole
    )
    #expect(
      try weights([Self.setup.replacingOccurrences(of: "seed 7", with: "seed 8"), "train 12"])
        != whole
    )
  }

  @Test("a checkpoint goes on in another session as in the same one")
  func otherSession() throws {
    let whole = try weights([Self.setup, "train 9"])
    let first = try TestSession()
    first.submit(Self.setup + "; train 4; save half.safetensors")
    let second = Session(folder: first.folder.path)
    let outcome = second.submit("load half.safetensors; train 5", name: "test")
    #expect(outcome.output.contains { $0.text.hasSuffix("weights \(whole)") })
  }

  @Test("what was recorded replays, and a changed number is found")
  func recordAndReplay() throws {
    let test = try TestSession()
    let path = test.folder.path + "/a.rsenb"
    let text = """
      rsenb 1

      # # A test
      param steps = 3
      \(Self.setup)
      train $steps
      test lengths=8,16 count=8
      plot loss loss.png
      data badd lengths=6
      !
      let r = test lengths=8 count=8
      assert $r.accuracy[8] >= 0

      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    var run = FileRun()
    #expect(try run.record(path) == .done)
    let recorded = try String(contentsOfFile: path, encoding: .utf8)
    #expect(recorded.contains("| step 3  loss "))
    #expect(recorded.contains("! `lengths` of `data`: expected a power of two"))
    #expect(try run.record(path) == .done)
    let again = try String(contentsOfFile: path, encoding: .utf8)
    func withoutFacts(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.hasPrefix("~") && !$0.hasPrefix("threads:") }
    }
    #expect(withoutFacts(again) == withoutFacts(recorded))

    try FileManager.default.removeItem(atPath: test.folder.path + "/loss.png")
    let report = try run.replay(path, options: ReplayOptions())
    #expect(report.status == .done, "\(report.text)")
    #expect(report.summary.hasPrefix("identical: "))
    #expect(test.files == ["a.rsenb"], "a replay writes nothing beside the notebook")

    let changed = again.replacingOccurrences(of: "| step 3  loss ", with: "| step 3  loss 1")
    try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try run.replay(path, options: ReplayOptions()).status == .differs)

    run.overrides = try .init(parsing: ["steps=1"])
    #expect(try run.run(path) == .done)
    run.overrides = try .init(parsing: ["stepz=1"])
    #expect(try run.run(path) == .usage)
  }

  @Test("a session that is recorded replays; history saves what succeeded")
  func recordedSession() throws {
    let test = try TestSession()
    for line in ["record start s.rsenb", Self.setup, "train 2", "nonsense", "record stop"] {
      _ = try test.session.submitTyped(line) { _ in }
    }
    _ = try test.session.submitTyped("history save h.rsenb") { _ in }
    for name in ["s.rsenb", "h.rsenb"] {
      let report = try FileRun().replay(
        test.folder.path + "/" + name,
        options: ReplayOptions()
      )
      #expect(report.status == .done, "\(name): \(report.text)")
    }
    let saved = try String(contentsOfFile: test.folder.path + "/h.rsenb", encoding: .utf8)
    #expect(saved.contains("train 2") && !saved.contains("nonsense"))
  }

  @Test(
    "a saved history has the seed, the parameters in force and the steps of an interrupted training"
  )
  func savedHistory() throws {
    let folder = try TemporaryFolder()
    var stepsLeft = 3
    let session = Session(
      folder: folder.path,
      overrides: try .init(parsing: ["maps=4"]),
      isInterrupted: { stepsLeft <= 0 },
      observer: { event in
        // The third step of a training is the last one.
        if case .progress(let progress) = event, progress.total == 50 {
          stepsLeft = 3 - progress.done
        }
      }
    )
    for text in [
      "param maps = 8 # wide", "data badd lengths=8 batch=2; model rse maps=$maps", "train 2",
      "train 1; assert false", "record start r.rsenb", "time train 50 memory=low", "record stop",
      "test count=2",
    ] {
      _ = try session.submitTyped(text) { _ in }
      stepsLeft = 3
    }
    _ = try session.submitTyped("history save h.rsenb") { _ in }
    let saved = try String(contentsOfFile: folder("h.rsenb"), encoding: .utf8)
    for line in ["seed 1", "param maps = 4", "train 2", "train 1", "train 3 memory=low"] {
      #expect(saved.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
    #expect(!saved.contains("assert") && !saved.contains("train 50"))
    let report = try FileRun().replay(folder("h.rsenb"), options: ReplayOptions())
    #expect(report.status == .done, "\(report.text)")
    let recorded = try String(contentsOfFile: folder("r.rsenb"), encoding: .utf8)
    #expect(recorded.contains("\ntrain 3 memory=low\n| step 6"))
  }

  @Test(
    "what is saved or recorded of odd sessions replays",
    arguments: [
      ["5; 6; 1/0", "7"], ["param a = 1; $a; $a + 1"], ["if true { param a = 2 }; $a"],
      ["time param a = 3; $a"], ["5; quit"], ["history 3; 8"],
      ["data badd lengths=8 batch=2; help train"],
      ["model rse maps=2; data badd lengths=8 batch=2; train 30000"],
      ["let a = 1 # note", "$a; 2"],
    ] as [[String]]
  )
  func oddSessions(statements: [String]) throws {
    let folder = try TemporaryFolder()
    var steps = 0
    let session = Session(
      folder: folder.path,
      overrides: try .init(parsing: ["a=4"]),
      isInterrupted: { steps > 3 },
      observer: { if case .progress(let progress) = $0, progress.total > 9 { steps += 1 } }
    )
    session.width = 33
    for text in ["record start r.rsenb; 1 + 1"] + statements {
      steps = 0
      _ = try session.submitTyped(text) { _ in }
    }
    steps = 0
    for text in ["record stop", "history save h.rsenb"] {
      _ = try session.submitTyped(text) { _ in }
    }
    for name in ["h.rsenb", "r.rsenb"] {
      let report = try FileRun().replay(folder(name), options: ReplayOptions())
      let text = try folder.text(of: name)
      #expect(report.status == .done, "\(name): \(report.text)\n\(text)")
      #expect(report.cells.count > statements.count)
    }
  }

  @Test("what a loop or a file had done when it was cut off is told in the notebook")
  func lost() throws {
    for text in ["for i in 1..9 { train 1; assert $i < 3 }", "run part.rse"] {
      let test = try TestSession()
      _ = try test.folder.write("train 2\n1 / 0\n", to: "part.rse")
      _ = try test.session.submitTyped("data badd lengths=8 batch=2; model rse maps=2") { _ in }
      _ = try test.session.submitTyped(text) { _ in }
      _ = try test.session.submitTyped("history save h.rsenb") { _ in }
      #expect(try test.folder.text(of: "h.rsenb").contains("was cut off"))
    }
  }

  @Test("the header names seeds, parameters and files read, and a replay tells which differ")
  func facts() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=2; model rse maps=2; save a.safetensors")
    let path = try test.folder.write(
      """
      rsenb 1

      param steps = 2
      seed 7
      load a.safetensors
      train $steps
      save b.safetensors
      load b.safetensors

      """,
      to: "n.rsenb"
    )
    #expect(try FileRun().record(path) == .done)
    let text = try test.folder.text(of: "n.rsenb")
    let digest = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("read: a.safetensors ") }
    )
    #expect(text.contains("\nseed: 7\n") && text.contains("\nparameters: steps=2\n"))
    #expect(!text.contains("read: b.safetensors"))
    #expect(try FileRun().record(path) == .done)
    #expect(try test.folder.text(of: "n.rsenb").contains(digest))

    test.submit("train 1; save a.safetensors")
    let report = try FileRun().replay(path, options: ReplayOptions())
    #expect(report.status == .differs)
    // Tests beside this one change the number of threads.
    #expect(report.factDifferences.map(\.name).filter { $0 != "threads" } == ["read"])
  }

  @Test("looking at other data does not change what is saved")
  func savedData() throws {
    // Settings and the digest of the content; the seconds of the steps are others each time.
    func saved(_ looking: String) throws -> [String: String] {
      let test = try TestSession()
      test.submit("data badd lengths=8 batch=2; model rse maps=2; train 2; data badd lengths=16")
      #expect(test.submit("\(looking); save a.safetensors").failure == nil)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: test.folder("a.safetensors")))
      return try TensorFile(parsing: bytes).metadata
    }
    #expect(try saved("show data")["content"] != nil)
    #expect(try saved("show model; test count=2") == saved("show data"))
  }

  @Test(
    "a notebook that records or replays itself ends with an error",
    arguments: ["record", "replay"]
  )
  func recursion(verb: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("rsenb 1\n\n\(verb) s.rsenb\n", to: "s.rsenb")
    #expect(try FileRun().run(folder("s.rsenb")) == .failed)
  }

  @Test("a replay leaves a notebook that is recorded inside, and files of one name, apart")
  func nestedRecord() throws {
    let folder = try TemporaryFolder()
    try folder.write("rsenb 1\n\nshow data\n!\n", to: "other.rsenb")
    try FileManager.default.createDirectory(
      atPath: folder("inc"),
      withIntermediateDirectories: true
    )
    let setup = "data badd lengths=8 batch=2; model rse maps=2"
    try folder.write(
      "rsenb 1\n\n\(setup); train 1; save x.safetensors\nrun inc/s.rse\nrecord other.rsenb\n",
      to: "main.rsenb"
    )
    let made = Session(folder: folder("inc"))
    _ = made.submit("\(setup); train 3; save x.safetensors", name: "test")
    try folder.write("load x.safetensors\n", to: "inc/s.rse")
    #expect(try FileRun().record(folder("main.rsenb")) == .done)
    let recorded = try folder.text(of: "main.rsenb")
    #expect(recorded.contains("step 3"))
    try folder.write("rsenb 1\n\nshow data\n!\n", to: "other.rsenb")
    let report = try FileRun().replay(folder("main.rsenb"), options: ReplayOptions())
    #expect(report.status == .done, "\(report.text)")
    #expect(try folder.text(of: "other.rsenb") == "rsenb 1\n\nshow data\n!\n")
  }

  @Test("a cancelled step changes nothing and the next one is as if there had been none")
  func cancellation() throws {
    let plain = try weights([Self.setup, "train 6"])
    var stops = false
    let session = Session(isInterrupted: { stops })
    _ = session.submit(Self.setup + "; train 2", name: "test")
    stops = true
    #expect(session.submit("train 4", name: "test").ending == .interrupted)
    stops = false
    let outcome = session.submit("train 4", name: "test")
    #expect(outcome.output.contains { $0.text.hasSuffix("weights \(plain)") })
  }
}
