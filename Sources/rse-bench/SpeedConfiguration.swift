import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import Training

/// One row of the speed table.
struct SpeedConfiguration: Sendable {
  enum Mode: String, Sendable {
    /// Forward and backward pass and the optimizer.
    case train
    /// Forward pass without record.
    case forward
  }

  let mode: Mode
  let maps: Int
  let sizes: [(length: Int, batch: Int)]

  private static let blocks = 2
  private static let symbols = 16

  /// For example `train m=96 n=8,16,32,64 B=32`.
  var name: String {
    let lengths = sizes.map { String($0.length) }.joined(separator: ",")
    return "\(mode.rawValue) m=\(maps) n=\(lengths) B=\(sizes[0].batch)"
  }

  /// The configurations that the project's goals name.
  static let all = [
    SpeedConfiguration(
      mode: .train,
      maps: 96,
      sizes: [8, 16, 32, 64].map { (length: $0, batch: 32) }
    ),
    SpeedConfiguration(mode: .train, maps: 96, sizes: [(length: 64, batch: 32)]),
    SpeedConfiguration(mode: .train, maps: 192, sizes: [(length: 64, batch: 32)]),
    SpeedConfiguration(mode: .train, maps: 96, sizes: [(length: 512, batch: 16)]),
    SpeedConfiguration(mode: .train, maps: 192, sizes: [(length: 2048, batch: 4)]),
    SpeedConfiguration(mode: .forward, maps: 96, sizes: [(length: 1 << 16, batch: 1)]),
  ]

  /// Floating-point operations of the matrix products of the switch layers: 32 m² per pair and layer
  /// forward, three times that in training.
  var operations: Double {
    let spec = makeSpec()
    let pairs = sizes.reduce(0.0) { sum, size in
      let layers = spec.switchLayers(levels: size.length.trailingZeroBitCount)
      return sum + Double(size.length / 2 * size.batch * layers)
    }
    return pairs * 32 * Double(maps * maps) * (mode == .train ? 3 : 1)
  }

  private func makeSpec() -> ModelSpec {
    ModelSpec(
      maps: maps,
      blocks: Self.blocks,
      inputSymbols: Self.symbols,
      outputSymbols: Self.symbols
    )
  }

  /// Seconds of each of `rounds` steps after two that do not count.
  func measure(rounds: Int) throws -> [Double] {
    let layout = SequenceLayout(sizes)
    var stream = RandomSource(seed: 1).stream(.testData)
    func symbols() -> [Int32] {
      (0..<layout.rows).map { _ in Int32(stream.index(below: Self.symbols)) }
    }
    let batch = Batch(layout: layout, inputs: symbols(), labels: symbols())
    let model = ResidualShuffleExchange(makeSpec(), seed: 1)
    let trainer = Trainer(
      model: model,
      settings: TrainingSettings(seed: 1, schedule: RateSchedule(rate: 1e-3), keep: 0.9)
    )
    return try (0..<rounds + 2).map { _ in
      let start = ContinuousClock.now
      switch mode {
      case .train: _ = try trainer.takeStep(batch)
      case .forward:
        _ = try model.logits(
          of: batch.inputs,
          layout: layout,
          dropout: nil,
          on: Tape(isRecording: false)
        )
      }
      return (ContinuousClock.now - start) / .seconds(1)
    }.suffix(rounds)
  }
}
