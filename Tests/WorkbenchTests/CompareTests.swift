import Autograd
import CommandLanguage
import Foundation
import Notebooks
import Tensors
import Tasks
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Comparing models", .serialized)
struct CompareTests {
  private static let setup = """
    data badd lengths=8,16 batch=4; model rse maps=8; model rse maps=4 as=small
    """

  private func trainer(_ name: String, _ test: TestSession) throws -> (step: Int, weights: String) {
    let trainer = try #require(test.session.model(named: name).trainer)
    return (trainer.step, trainer.model.digest.short)
  }

  @Test("models are trained as `train` does, measured alike, and told in a table and by name")
  func table() throws {
    let test = try TestSession()
    let lines = test.stableLines(
      "\(Self.setup)\nlet r = compare rse,small steps=6 lengths=8,32 count=8"
    )
    #expect(
      lines.map { $0.split(separator: " ").first }
        == ["step", "step", "model", "rse", "small", "loss:"]
    )
    #expect(lines[2] == "model  parameters  steps    loss       8      32")
    let accuracy = try #require(lines[3].split(separator: " ").last.flatMap { Double($0) })
    #expect(
      test.submit("assert abs($r.accuracy[rse][32] - \(accuracy)) < 1e-4").failure == nil
    )
    #expect(
      test.submit("assert $r.step[small] == 6 and $r.parameters[rse] > $r.parameters[small]")
        .failure == nil
    )
    let plain = try TestSession()
    plain.submit("\(Self.setup); train 6 of=small; train 6 of=rse")
    for name in ["rse", "small"] {
      #expect(try trainer(name, test) == trainer(name, plain))
    }
    // All models are the default, in the order in which they were made.
    #expect(
      test.stableLines("compare steps=1 count=2").map { $0.prefix(5) }.suffix(3) == [
        "rse  ", "small", "loss:",
      ]
    )
  }

  @Test("losses are of the same examples and the same kind, whatever the models are trained with")
  func sameLoss() throws {
    let test = try TestSession()
    test.submit(
      "data badd lengths=8 batch=4; model rse maps=4 as=a; model rse maps=4 loss=plain smoothing=0.2 as=b"
    )
    // Past the end of the schedule nothing is learned, so that both stay as they were made.
    test.submit(
      "model rse maps=4 schedule=1 as=a; model rse maps=4 schedule=1 loss=plain smoothing=0.2 keep=0.5 as=b"
    )
    test.submit("seed 5; let r = compare a,b steps=1 count=16")
    #expect(test.submit("assert $r.loss[a] > 0").failure == nil)
    let slots = try ["a", "b"].map(test.session.model)
    let losses = try slots.map { slot in
      try #require(slot.trainer).validate(
        on: #require(slot.data),
        count: 16,
        comparing: 5
      ).loss
    }
    #expect(test.submit("assert $r.loss[a] == \(losses[0])").failure == nil)
    let own = try #require(slots[1].trainer).validate(on: #require(slots[1].data), count: 16)
    #expect(own.loss != losses[1])
  }

  @Test("passages: loss of pointing, what `test` tells, and guesses that learn nothing")
  func passages() throws {
    let test = try TestSession()
    try FileManager.default.createDirectory(
      atPath: test.folder("p"),
      withIntermediateDirectories: true
    )
    for name in ["train", "dev", "test"] {
      try test.folder.write(
        "ann met ben . ben saw ann\nben met ann . then ann saw ben\nann saw cat\n",
        to: "p/\(name).txt"
      )
    }
    test.submit("data lambada path=p lengths=16 batch=4 words=20")
    test.submit("model rse maps=4; model gareader maps=4; model universal maps=4 halting=on")
    let lines = test.stableLines("let r = compare steps=2")
    #expect(
      lines.suffix(8).map { $0.split(separator: "  ").first.map(String.init) } == [
        "model", "rse", "gareader", "universal", "random word",
        "most frequent word", "latest repeated word",
        "loss: the cross-entropy of pointing in nats per passage that can be answered, without smoothing",
      ]
    )
    #expect(
      test.submit("assert $r.accuracy[rse][all] <= $r.accuracy[rse][answerable]").failure == nil
    )
    // Of six words before the answer one is right in the first passage, and of seven one in the second, which make
    // two of three passages that can be answered.
    let random = lines.first { $0.hasPrefix("random word") }?.split(separator: " ").suffix(2)
    #expect(random.map { $0.compactMap { Double($0) } } == [0.1032, 0.1548])
    let refused = test.submit("compare rse,gareader steps=1 lengths=16").failure
    #expect(refused?.contains("`lengths=` is about tasks of symbols") == true)
    #expect(test.diagnostics.count == 1)
  }

  @Test("music: the average precision, or the F1 of onsets", arguments: ["notes", "performances"])
  func music(data: String) throws {
    let test = try TestSession()
    test.submit(
      "data \(data) window=1024 batch=2; model rse maps=4 blocks=1; model conv maps=4 layers=2"
    )
    let lines = test.stableLines("let r = compare rse,conv steps=2 count=3")
    #expect(
      lines.dropLast(3).last?
        .hasSuffix(data == "notes" ? "average precision  published" : "onset F1") == true,
      "\(lines)"
    )
    let field = data == "notes" ? "average_precision" : "onset_f1"
    #expect(
      test.submit("assert $r.accuracy[conv][\(field)] >= 0 and $r.loss[rse] > 0").failure == nil
    )
    #expect(test.diagnostics.isEmpty)
    // A network that hears windows of samples takes part where there are some.
    test.submit("model deepreal maps=2")
    let more = test.stableLines("compare steps=1 count=2")
    let row = more.first { $0.hasPrefix("deepreal") }
    #expect(data == "notes" ? row?.hasSuffix("69.80 %") == true : row == nil, "\(more)")
    #expect(more.contains("left out, they read other data: `deepreal`") == (data != "notes"))
  }

  @Test("without of= models that have learned another task are left out, and told")
  func otherTasks() throws {
    let test = try TestSession()
    test.submit("data sort lengths=8 batch=4; model rse maps=4 as=sorted; train 1")
    test.submit(
      "data badd lengths=8 batch=4; model rse maps=4 as=sums; train 1; model rse maps=4 as=fresh"
    )
    let lines = test.stableLines("compare steps=1 count=2")
    #expect(lines.first == "left out, trained on other tasks: `sorted`")
    #expect(
      lines.compactMap { $0.split(separator: " ").first }.suffix(4).prefix(3) == [
        "model", "sums", "fresh",
      ]
    )
    #expect(test.submit("compare sums,sorted steps=1 count=2").failure != nil)
    test.submit("data rev lengths=8 batch=4")
    let other = try TestSession()
    other.submit("data sort lengths=8 batch=4; model rse maps=4; train 1; data badd lengths=8")
    #expect(other.submit("compare steps=1").failure?.contains("has learned `badd`") == true)
  }

  @Test("by the clock every model trains, and nothing is compared by replays")
  func clock() throws {
    let test = try TestSession()
    #expect(test.stableLines("\(Self.setup)\ncompare seconds=0.02 count=4").isEmpty)
    for name in ["rse", "small"] { #expect(try trainer(name, test).step > 0) }
    let both = try TestSession()
    both.submit("\(Self.setup)\ncompare steps=2 seconds=1000 count=4")
    #expect(try trainer("small", both).step == 2)
  }

  @Test("an interruption keeps what was trained, and the notebook says what that was")
  func interruption() throws {
    let folder = try TemporaryFolder()
    var stops = false
    let session = Session(
      folder: folder.path,
      isInterrupted: { stops },
      observer: { event in
        if case .progress(let progress) = event, progress.activity == "train", progress.done == 3,
          progress.total == 5, progress.curve.count == 3 + 2
        {
          stops = true
        }
      }
    )
    _ = try session.submitTyped(Self.setup) { _ in }
    // The second model stands at another step, which tells its progress from that of the first.
    _ = try session.submitTyped("train 2 of=small") { _ in }
    #expect(try session.submitTyped("compare rse,small steps=5") { _ in }.ending == .interrupted)
    stops = false
    #expect(session.models.map { $0.trainer?.step } == [5, 5])
    _ = try session.submitTyped("test count=4") { _ in }
    _ = try session.submitTyped("history save h.rsenb") { _ in }
    #expect(try folder.text(of: "h.rsenb").contains("\ntrain 5 of=rse; train 3 of=small\n"))
    let report = try FileRun().replay(folder("h.rsenb"), options: ReplayOptions())
    #expect(report.status == .done, "\(report.text)")
  }

  @Test("measurements of cost that are stopped are drawn as far as they went")
  func interruptedCost() throws {
    let folder = try TemporaryFolder()
    var stops = false
    let session = Session(
      folder: folder.path,
      isInterrupted: { stops },
      observer: { event in
        if case .progress(let progress) = event, progress.detail == "small, length 64" {
          stops = true
        }
      }
    )
    _ = try session.submitTyped(Self.setup) { _ in }
    let plot = "plot cost c.png of=rse,small longest=128"
    #expect(try session.submitTyped(plot) { _ in }.ending == .interrupted)
    #expect(FileManager.default.fileExists(atPath: folder("c.png")))
    // Of nothing there is no picture.
    #expect(try session.submitTyped("plot cost d.png longest=128") { _ in }.ending == .interrupted)
    #expect(!FileManager.default.fileExists(atPath: folder("d.png")))
  }

  @Test("what the clock had done when it was cut off is told in the notebook")
  func interruptedClock() throws {
    let folder = try TemporaryFolder()
    var stops = false
    let session = Session(
      folder: folder.path,
      isInterrupted: { stops },
      observer: { if case .progress(let progress) = $0, progress.done == 2 { stops = true } }
    )
    _ = try session.submitTyped(Self.setup) { _ in }
    #expect(try session.submitTyped("compare seconds=1000") { _ in }.ending == .interrupted)
    stops = false
    _ = try session.submitTyped("history save h.rsenb") { _ in }
    #expect(try folder.text(of: "h.rsenb").contains("was cut off"))
  }

  @Test("a notebook with `compare` and its figures replays the same, at another number of threads")
  func replay() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      rsenb 1

      \(Self.setup)
      let r = compare rse,small steps=4 lengths=4..32 by *2 count=8
      plot generalisation g.png of=rse,small
      plot loss l.png of=rse,small x=seconds
      compare memory=on limit=500MB longest=16
      plot memory m.png of=small limit=500MB longest=16
      plot cost c.png longest=16
      train 2
      """,
      to: "n.rsenb"
    )
    #expect(try FileRun().record(path) == .done)
    let text = try folder.text(of: "n.rsenb")
    #expect(text.contains("| g.png  drawing ") && text.contains("~ l.png  drawing "))
    #expect(text.contains("~ m.png  drawing ") && text.contains("~ c.png  drawing "))
    let threads = WorkerPool.shared.threads
    defer { WorkerPool.shared.resize(threads: threads) }
    WorkerPool.shared.resize(threads: threads % 2 + 1)
    let report = try FileRun().replay(path, options: ReplayOptions())
    #expect(report.status == .done && report.summary.hasPrefix("identical: "), "\(report.text)")
  }

  @Test("memory and times are measured on copies: nothing of the models changes")
  func undisturbed() throws {
    let test = try TestSession()
    test.submit("\(Self.setup); train 3 of=rse")
    let before = try trainer("rse", test)
    test.submit("let m = compare memory=on limit=2GB longest=64")
    test.submit("plot cost of=rse,small longest=32 pass=forward; plot memory longest=16")
    #expect(test.diagnostics.isEmpty)
    #expect(try trainer("rse", test) == before)
    #expect(try test.session.model(named: "small").trainer == nil)
    #expect(
      test.submit("assert $m.train[small] > $m.train[rse] and $m.test[rse] >= $m.train[rse]")
        .failure == nil
    )
    let plain = try TestSession()
    plain.submit("\(Self.setup); train 3 of=rse; train 2 of=rse")
    test.submit("train 2 of=rse")
    #expect(try trainer("rse", test) == trainer("rse", plain))
  }

  @Test("what a model estimates of its memory is near what its steps take")
  func estimates() async {
    // In a process of its own, where nobody else takes memory.
    await #expect(processExitsWith: .success) {
      let test = try TestSession()
      test.submit("data badd lengths=8; model rse maps=24")
      let slot = try test.session.model(named: nil)
      let spec = try slot.probedSpec(in: test.session)
      let probe = CostProbe(spec, settings: slot.request.settings)
      let point = try probe.point(.training, length: 1024, monitor: PassMonitor { _ in })
      let estimate = MemoryComparison.trainingBytes(probe.model, length: 1024)
      let measured = point.bytes + MemoryComparison.programBytes(probe.model)
      try #require((0.8...1.4).contains(estimate / measured))
      let lines = test.submit(
        "model rse maps=4 as=small; let r = compare rse,small steps=2 count=2"
      )
      try #require(lines.failure == nil)
      try #require(test.submit("assert $r.peak_bytes[rse] > $r.peak_bytes[small]").failure == nil)
    }
  }
}
