import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import Training

/// One row of the speed table.
struct SpeedConfiguration: Sendable {
  enum Mode: String, Sendable {
    /// Forward pass, backward pass and optimizer.
    case train
    /// Forward pass without recording.
    case forward
  }

  let mode: Mode
  let maps: Int
  let sizes: [(length: Int, batch: Int)]

  private static let blocks = 2
  private static let symbols = 16

  /// The name, such as `train m=96 n=8,16,32,64 B=32`.
  var name: String {
    let lengths = sizes.map { String($0.length) }.joined(separator: ",")
    return "\(mode.rawValue) m=\(maps) n=\(lengths) B=\(sizes[0].batch)"
  }

  /// The configurations named in the project's goals.
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

  /// Returns forward passes of lengths up to 2^`largest`, with at least 2^12 positions each.
  static func scaling(largest: Int) -> [SpeedConfiguration] {
    (8...max(largest, 9)).map { levels in
      let batch = max(1, (1 << 12) >> levels)
      return SpeedConfiguration(
        mode: .forward,
        maps: 96,
        sizes: [(length: 1 << levels, batch: batch)]
      )
    }
  }

  /// Returns the configuration with this name among all that are measured.
  static func named(_ name: String) -> SpeedConfiguration? {
    (all + scaling(largest: 21)).first { $0.name == name }
  }

  /// The floating-point operations of the matrix products.
  private var operations: Double {
    spec.outline.operations(SequenceLayout(sizes)) * (mode == .train ? 3 : 1)
  }

  private var spec: ModelSpec {
    ModelSpec(
      maps: maps,
      blocks: Self.blocks,
      inputSymbols: Self.symbols,
      outputSymbols: Self.symbols
    )
  }

  private var estimatedBytes: Double {
    switch mode {
    case .train: spec.outline.trainingBytes(SequenceLayout(sizes), isLow: false)
    case .forward:
      spec.outline.forwardBytes(
        length: Double(sizes[0].length),
        examples: Double(sizes[0].batch)
      )
    }
  }

  /// Times `rounds` steps after two warm-up steps, or a single step without warm-up.
  func measure(rounds: Int) throws -> SpeedResult {
    let layout = SequenceLayout(sizes)
    var stream = RandomSource(seed: 1).stream(.testData)
    func symbols() -> [Int32] {
      (0..<layout.rows).map { _ in Int32(stream.index(below: Self.symbols)) }
    }
    let batch = Batch(layout: layout, inputs: symbols(), labels: symbols())
    let model = spec.makeModel(seed: 1)
    let trainer = Trainer(
      model: model,
      settings: TrainingSettings(seed: 1, schedule: RateSchedule(rate: 1e-3), keep: 0.9)
    )
    func step() throws {
      switch mode {
      case .train: _ = try trainer.takeStep(batch)
      case .forward:
        _ = try model.logits(
          of: batch.input,
          layout: layout,
          dropout: nil,
          on: Tape(isRecording: false)
        )
      }
    }
    if rounds > 1 {
      try step()
      try step()
    }
    let allocations = StorageStatistics.allocations
    let seconds = try (0..<rounds).map { _ in
      let start = ContinuousClock.now
      try step()
      return start.secondsAgo
    }.sorted()
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let median = seconds[seconds.count / 2]
    return SpeedResult(
      name: name,
      best: seconds[0],
      median: median,
      gigaflops: operations / median / 1e9,
      allocations: Double(StorageStatistics.allocations - allocations) / Double(rounds),
      peakMebibytes: Double(usage.ru_maxrss) / 1024,
      estimatedMebibytes: estimatedBytes / 0x1p20
    )
  }

  /// Returns the seconds to draw a batch of binary addition with these sizes, the best of several.
  func drawingSeconds() throws -> Double {
    let data = try SymbolData(
      task: Addition(.binary),
      bins: sizes.map(\.length),
      batchSize: sizes[0].batch
    )
    let source = RandomSource(seed: 1)
    return (1...20).map { step in
      let start = ContinuousClock.now
      _ = data.trainingBatch(step: step, source: source)
      return start.secondsAgo
    }.min() ?? 0
  }
}
