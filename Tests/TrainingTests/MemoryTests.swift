import Foundation
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

/// What passes and steps take of memory beside what they are said to take. The counters are those
/// of the process, so nothing may run beside.
private enum Measurement {
  /// What a body needs at its peak in bytes, when it runs for the second time.
  private static func peak(_ body: () throws -> Void) rethrows -> Double {
    try body()
    let held = StorageStatistics.heldBytes
    StorageStatistics.beginPeak()
    try body()
    return Double(StorageStatistics.peakBytes - held)
  }

  /// Estimates are at most a twentieth below what is needed and six tenths above: half or twice of
  /// a right one is outside.
  private static func expect(_ estimate: Double, about measured: Double, _ what: String) {
    let ratio = estimate / measured
    #expect(ratio > 0.95 && ratio < 1.6, "\(what): estimate / measured = \(ratio)")
  }

  private static func spec(_ kind: NetworkKind) -> ModelSpec {
    ModelSpec(kind, maps: 48, inputSymbols: 12, outputSymbols: 12)
  }

  /// A step of a network that hears windows.
  static func step(ofWindows kind: NetworkKind, maps: Int, window: Int, batch: Int) throws {
    var form = MusicForm()
    form.window = window
    let data = MusicData(.notes, form: form, batchSize: batch)
    var spec = ModelSpec(kind, maps: maps, inputSymbols: 0, outputSymbols: NoteTargets.notes)
    spec.input = .audio
    spec.isCalibrated = true
    spec.window = window
    let trainer = Trainer(
      model: spec.makeModel(seed: 3),
      head: data.head,
      settings: TrainingSettings(seed: 3, schedule: RateSchedule(rate: 1e-3), keep: 0.9)
    )
    let examples = try data.trainingBatch(step: 1, source: RandomSource(seed: 3))
    let measured = try peak { _ = try trainer.computeGradients(examples, step: 1) }
    let estimate = trainer.model.batchBytes(examples.layout, isLow: false)
    expect(estimate, about: measured, "\(kind.rawValue), \(window) samples")
    let pass = try peak { _ = try trainer.middleFrames(of: examples, monitor: nil) }
    expect(
      trainer.model.passBytes(length: Double(window), examples: Double(batch)),
      about: pass,
      "pass of \(kind.rawValue), \(window) samples"
    )
  }

  static func step(_ kind: NetworkKind, _ sizes: [(length: Int, batch: Int)]) throws {
    let trainer = Trainer(
      model: spec(kind).makeModel(seed: 3),
      settings: TrainingSettings(
        releasedWith: kind,
        seed: 3,
        schedule: RateSchedule(rate: 1e-3),
        keep: 0.9
      )
    )
    let layout = SequenceLayout(sizes)
    let symbols = (0..<layout.rows).map { Int32($0 % 11 + 1) }
    let batch = Batch(layout: layout, inputs: symbols, labels: symbols)
    let usualThreads = WorkerPool.shared.threads
    defer { WorkerPool.shared.resize(threads: usualThreads) }
    // Side by side the peaks of the groups need not coincide: then the estimate is a bound only.
    for threads in [1, 3] {
      WorkerPool.shared.resize(threads: threads)
      for memory in StepMemory.allCases where memory == .usual || trainer.model.hasLowMemory {
        let measured = try peak {
          _ = try trainer.computeGradients(batch, step: 1, memory: memory)
        }
        let estimate = trainer.model.batchBytes(layout, isLow: memory == .low)
        let what = "\(kind) \(sizes) \(memory), \(threads) threads"
        if threads == 1 {
          expect(estimate, about: measured, what)
        } else {
          #expect(estimate > 0.95 * measured, "\(what)")
        }
      }
    }
  }

  static func pass(_ kind: NetworkKind, length: Int, batch: Int) throws {
    let spec = spec(kind)
    let evaluation = Evaluation(model: spec.makeModel(seed: 3))
    let inputs = (0..<batch).map { _ in (0..<length).map { Int32($0 % 11 + 1) } }
    let measured = try peak { _ = try evaluation.predictions(for: inputs, length: length) }
    let estimate = spec.outline.passBytes(length: Double(length), examples: Double(batch))
    expect(estimate, about: measured, "pass of \(kind), length \(length)")
  }
}

/// One size of each, in a process of its own.
@Suite("Estimates of memory") struct MemoryEstimateTests {
  @Test("of networks that hear windows are, too", arguments: NetworkKind.ofWindows)
  func windows(kind: NetworkKind) async {
    await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
      let kind = try #require(NetworkKind(rawValue: name))
      try Measurement.step(ofWindows: kind, maps: kind.usualMaps / 2, window: 4096, batch: 4)
    }
  }

  @Test("are about what a step and a pass need", arguments: NetworkKind.ofSequences)
  func quick(kind: NetworkKind) async {
    await #expect(processExitsWith: .success) { [name = kind.rawValue as String] in
      let kind = try #require(NetworkKind(rawValue: name))
      try Measurement.step(kind, [(64, 32), (16, 32)])
      try Measurement.pass(kind, length: 64, batch: 256)
    }
  }
}

/// All sizes, with nothing beside them.
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["RSE_MEASURE"] != nil,
    "RSE_MEASURE=1 swift test --filter MemoryTests measures with nothing beside"
  )
)
struct MemoryTests {
  static let sizes: [[(length: Int, batch: Int)]] = [
    [(64, 64), (16, 64)], [(1024, 8)], [(4096, 1)],
  ]

  @Test(
    "the estimate of a training step is about what it needs",
    arguments: NetworkKind.ofSequences
  )
  func step(kind: NetworkKind) throws {
    for sizes in Self.sizes { try Measurement.step(kind, sizes) }
  }

  @Test("the estimate of a pass is about what it needs", arguments: NetworkKind.ofSequences)
  func pass(kind: NetworkKind) throws {
    for (length, batch) in [(64, 512), (4096, 8)] {
      try Measurement.pass(kind, length: length, batch: batch)
    }
  }
}
