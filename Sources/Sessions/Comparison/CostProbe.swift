import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import Training

/// A probe of the cost of a model's passes, which runs a copy of it on random symbols.
///
/// The copy has its own weights; no training is touched.
package final class CostProbe {
  /// The passes that can be measured.
  package enum Pass: String, CaseIterable {
    /// A training step.
    case training
    /// A forward pass that keeps nothing for a backward pass.
    case forward
  }

  /// The cost of a pass at one length.
  package struct Point {
    package let length: Int
    /// The median of several runs.
    package let seconds: Double
    /// The peak memory of tensors, including weights and the state of a training.
    package let bytes: Double
  }

  package let model: any SequenceModel
  private let spec: ModelSpec
  private let trainer: Trainer
  /// The bytes that other tensors hold.
  private let othersBytes: Double

  /// The approximate limit for the longest step, in seconds; twice the length would take too long.
  private static let longestStep = 2.0
  private static let shortest = 16
  private static let runs = 3...9
  /// The time, in seconds, after which no further run begins beyond the minimum number.
  private static let enoughSeconds = 0.3

  package init(_ spec: ModelSpec, settings: TrainingSettings) {
    othersBytes = Double(StorageStatistics.heldBytes)
    self.spec = spec
    model = spec.makeModel(seed: settings.seed)
    var settings = settings
    // The weights need not learn anything, but must stay finite.
    settings.schedule = RateSchedule(rate: 1e-9)
    trainer = Trainer(model: model, settings: settings)
  }

  /// Measures increasing powers of two until a pass takes about two seconds, or more memory than it may use.
  ///
  /// - Parameters:
  ///   - longest: the last length; nil for no limit.
  ///   - largest: the memory limit of a pass, in bytes.
  ///   - monitor: follows the layers of each pass; an error that it throws ends the work.
  ///   - observer: called with each length before it is measured.
  ///   - found: called with the cost of each length.
  package func measure(
    _ pass: Pass,
    longest: Int?,
    largest: Double,
    monitor: PassMonitor,
    observer: (Int) -> Void,
    found: (Point) -> Void
  ) throws {
    var points: [Point] = []
    var length = min(Self.shortest, longest ?? Self.shortest)
    while estimatedBytes(pass, length: length) <= largest {
      observer(length)
      let point = try point(pass, length: length, monitor: monitor)
      found(point)
      points.append(point)
      let seconds = points.map(\.seconds).suffix(2)
      let growth = (seconds.last ?? 0) / max(seconds.first ?? 1, 1e-9)
      let next = (seconds.last ?? 0) * max(2, seconds.count == 2 ? growth : 2)
      if next > 1.5 * Self.longestStep || length >= longest ?? .max { break }
      length *= 2
    }
  }

  /// Measures one length.
  package func point(_ pass: Pass, length: Int, monitor: PassMonitor) throws -> Point {
    let batch = batch(length: length)
    var times: [Double] = []
    var bytes = 0.0
    while times.count < Self.runs.lowerBound
      || times.count < Self.runs.upperBound && times.reduce(0, +) < Self.enoughSeconds
    {
      StorageStatistics.beginPeak()
      let start = ContinuousClock.now
      try run(pass, batch, monitor)
      times.append(start.secondsAgo)
      bytes = max(bytes, Double(StorageStatistics.peakBytes) - othersBytes)
    }
    return Point(length: length, seconds: times.sorted()[times.count / 2], bytes: bytes)
  }

  private func run(_ pass: Pass, _ batch: Batch, _ monitor: PassMonitor) throws {
    switch pass {
    case .training: _ = try trainer.takeStep(batch, monitor: monitor)
    case .forward:
      let tape = Tape(isRecording: false, monitor: monitor)
      _ = try model.logits(of: batch.input, layout: batch.layout, dropout: nil, on: tape)
      try monitor.check()
    }
  }

  private func batch(length: Int) -> Batch {
    var stream = RandomSource(seed: trainer.settings.seed).stream(.examples, UInt64(length))
    func symbols(_ count: Int) -> [Int32] {
      (0..<length).map { _ in Int32(stream.index(below: count)) }
    }
    return Batch(
      layout: SequenceLayout(length: length, batch: 1),
      inputs: symbols(spec.inputSymbols),
      labels: symbols(spec.outputSymbols)
    )
  }

  private func estimatedBytes(_ pass: Pass, length: Int) -> Double {
    switch pass {
    case .training: model.trainingBytes(SequenceLayout(length: length, batch: 1), isLow: false)
    case .forward: model.forwardBytes(length: Double(length), examples: 1)
    }
  }
}
