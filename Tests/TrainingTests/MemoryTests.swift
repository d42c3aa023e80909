import Foundation
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

/// Measured with nothing beside them: the counters are those of the process.
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

  @Test("the estimate of a training step is about what it needs", arguments: NetworkKind.allCases)
  func step(kind: NetworkKind) throws {
    let spec = ModelSpec(kind, maps: 48, inputSymbols: 12, outputSymbols: 12)
    let trainer = Trainer(
      model: spec.makeModel(seed: 3),
      settings: TrainingSettings(
        releasedWith: kind,
        seed: 3,
        schedule: RateSchedule(rate: 1e-3),
        keep: 0.9
      )
    )
    for sizes in Self.sizes {
      let layout = SequenceLayout(sizes)
      let symbols = (0..<layout.rows).map { Int32($0 % 11 + 1) }
      let batch = Batch(layout: layout, inputs: symbols, labels: symbols)
      for memory in StepMemory.allCases where memory == .usual || trainer.model.hasLowMemory {
        _ = try trainer.computeGradients(batch, step: 1, memory: memory)
        let held = StorageStatistics.heldBytes
        StorageStatistics.beginPeak()
        _ = try trainer.computeGradients(batch, step: 1, memory: memory)
        let measured = Double(StorageStatistics.peakBytes - held)
        let estimate = trainer.model.stepBytes(layout, isLow: memory == .low)
        let ratio = estimate / measured
        print(kind, sizes, memory, "estimate / measured", ratio)
        #expect(ratio > 0.95 && ratio < 1.6, "\(kind) \(sizes) \(memory)")
      }
    }
  }

  @Test("the estimate of a pass is about what it needs", arguments: NetworkKind.allCases)
  func pass(kind: NetworkKind) throws {
    let spec = ModelSpec(kind, maps: 48, inputSymbols: 12, outputSymbols: 12)
    let evaluation = Evaluation(model: spec.makeModel(seed: 3))
    for (length, batch) in [(64, 512), (4096, 8)] {
      let inputs = (0..<batch).map { _ in (0..<length).map { Int32($0 % 11 + 1) } }
      _ = try evaluation.predictions(for: inputs, length: length)
      let held = StorageStatistics.heldBytes
      StorageStatistics.beginPeak()
      _ = try evaluation.predictions(for: inputs, length: length)
      let measured = Double(StorageStatistics.peakBytes - held)
      let ratio =
        spec.outline.passBytes(length: Double(length), examples: Double(batch)) / measured
      print(kind, length, "pass, estimate / measured", ratio)
      #expect(ratio > 0.95 && ratio < 1.6, "\(kind) \(length)")
    }
  }
}
