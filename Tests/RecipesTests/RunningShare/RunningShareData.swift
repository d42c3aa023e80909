// The data of a task family, as the recipe in ARCHITECTURE.md says.
import Autograd
import Networks
import Tasks
import Tensors
import Training

/// Random bits, of which the share of ones up to each position is to be told.
///
/// The input symbol of a bit b is b + 1; there are no blanks. The output is one value at each position.
struct RunningShareData {
  /// The probability of a one.
  let ones: Double
  let bins: [Int]
  let batchSize: Int

  static let name = "share"
  static let optionKey = "ones"
  /// The probability of a one where none is chosen.
  static let usualOnes = 0.5

  init(ones: Double, bins: [Int], batchSize: Int) {
    self.ones = ones
    self.bins = bins.sorted()
    self.batchSize = batchSize
  }

  /// The share of ones up to each position of some symbols.
  static func shares(_ symbols: [Int32]) -> [Float] {
    var count: Float = 0
    return symbols.enumerated().map { index, symbol in
      count += symbol == 2 ? 1 : 0
      return count / Float(index + 1)
    }
  }

  /// A batch of these inputs by length.
  static func batch(_ inputs: [Int: [[Int32]]]) -> Batch {
    let layout = SequenceLayout(inputs.map { (length: $0.key, batch: $0.value.count) })
    let rows = layout.segments.flatMap { inputs[$0.length] ?? [] }
    return Batch(
      layout: layout,
      input: .symbols(rows.flatMap { $0 }),
      targets: ShareTargets(shares: rows.flatMap(shares))
    )
  }

  /// Random inputs of each length: a function of seed, purpose and number.
  func inputs(
    _ purpose: RandomPurpose,
    number: Int,
    count: Int,
    source: RandomSource
  ) -> [Int: [[Int32]]] {
    var inputs: [Int: [[Int32]]] = [:]
    for (index, length) in bins.enumerated() {
      var stream = source.stream(purpose, UInt64(number), UInt32(index))
      inputs[length] = (0..<count).map { _ in
        (0..<length).map { _ in stream.uniformDouble() < ones ? 2 : 1 }
      }
    }
    return inputs
  }
}

extension RunningShareData: TaskData {
  var name: String { Self.name }
  var about: String { "tell the share of ones so far" }
  var input: InputKind { .symbols }
  var inputSymbols: Int { 3 }
  var outputSymbols: Int { 1 }
  var hasExamples: Bool { true }
  var hasHeldOutExamples: Bool { true }
  var head: any Head { ShareHead() }

  var description: DataDescription {
    DataDescription(
      task: name,
      bins: bins,
      batchSize: batchSize,
      options: [Self.optionKey: String(ones)]
    )
  }

  /// The data of a checkpoint.
  ///
  /// - Throws: `CheckpointError.badMetadata`.
  init(_ description: DataDescription) throws(CheckpointError) {
    let ones = try description.value(Self.optionKey) { text in
      Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
    }
    self.init(
      ones: ones ?? Self.usualOnes,
      bins: description.bins,
      batchSize: description.batchSize
    )
  }

  func trainingBatch(
    step: Int,
    source: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch {
    try interruption?()
    return Self.batch(inputs(.trainingData, number: step, count: batchSize, source: source))
  }

  func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord {
    let source = RandomSource(seed: trainer.settings.seed)
    let batch = Self.batch(inputs(.testData, number: 0, count: count, source: source))
    let (logits, tape) = try trainer.model.forward(batch, monitor: monitor)
    let result = trainer.loss(of: logits, batch, on: tape)
    let (loss, accuracy) = result.means(batch.layout)
    return ValidationRecord(step: trainer.step, loss: loss, accuracy: accuracy)
  }
}
