import Autograd
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

/// A small model of each kind, in its variants.
private let smallSpecs: [ModelSpec] = NetworkKind.ofSequences.flatMap { kind -> [ModelSpec] in
  var spec = ModelSpec(kind, maps: 8, inputSymbols: 12, outputSymbols: 12)
  spec.layers = min(spec.layers, 3)
  spec.heads = 2
  var variants = [spec]
  func vary(_ setting: ModelSetting, _ text: String) {
    var variant = spec
    if spec.network.settings.contains(setting), variant.set(setting, to: text) {
      variants.append(variant)
    }
  }
  vary(.tying, "plain")
  vary(.norm, "features")
  vary(.positions, "learned")
  vary(.direction, "forward")
  vary(.halting, "on")
  vary(.blocks, "1")
  return variants
}

extension ModelSpec: CustomTestStringConvertible {
  /// The network with its settings.
  package var testDescription: String { "\(network.rawValue): \(formText)" }
}

@Suite struct NetworkTests {
  private func trainer(_ spec: ModelSpec, keep: Float = 1) -> Trainer {
    Trainer(
      model: spec.makeModel(seed: 3),
      settings: TrainingSettings(
        releasedWith: spec.network,
        seed: 3,
        schedule: RateSchedule(rate: 1e-2),
        keep: keep
      )
    )
  }

  private func batch(_ bins: [Int] = [16, 8, 4], size: Int = 3) throws -> Batch {
    try SymbolData(task: Sorting(), bins: bins, batchSize: size)
      .trainingBatch(step: 1, source: RandomSource(seed: 5))
  }

  /// Values away from the initial ones, so that no gradient is zero by chance.
  private func disturb(_ trainer: Trainer) {
    for (index, (_, parameter)) in trainer.model.parameters.enumerated() {
      var stream = RandomSource(seed: 9).stream(.initialValues, UInt64(index))
      parameter.value.withMutablePointer { values in
        for i in 0..<parameter.shape.count { values[i] += Float(0.1 * stream.normal()) }
      }
    }
  }

  @Test("the gradient of every parameter is the slope of the loss", arguments: smallSpecs)
  func gradients(spec: ModelSpec) throws {
    let trainer = trainer(spec)
    disturb(trainer)
    let batch = try batch()
    _ = try trainer.computeGradients(batch, step: 1)
    for (index, (name, parameter)) in trainer.model.parameters.enumerated() {
      let gradient = parameter.gradient.elements
      let length = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(length > 0, "nothing reaches \(name)")
      // Half along the gradient, half across, so that parts that are off are seen, too.
      var stream = RandomSource(seed: 7).stream(.examples, UInt64(index))
      let direction = gradient.map {
        Double($0) / length + stream.normal() / Double(gradient.count).squareRoot()
      }
      let slope = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * $1.1 }
      let original = parameter.value
      let step = 5e-4
      func loss(_ factor: Double) throws -> Double {
        parameter.value.withMutablePointer { values in
          original.withPointer { original in
            for i in 0..<direction.count {
              values[i] = original[i] + Float(factor * direction[i])
            }
          }
        }
        defer { parameter.value = original }
        return try Self.loss(trainer, batch)
      }
      let measured = try (loss(step) - loss(-step)) / (2 * step)
      #expect(
        abs(measured - slope) <= 0.02 * abs(slope) + 3e-4,
        "\(name): slope \(measured), gradient \(slope)"
      )
    }
  }

  /// The loss in double precision as far as the examples' losses are.
  private static func loss(_ trainer: Trainer, _ batch: Batch) throws -> Double {
    let tape = Tape(isRecording: false)
    let logits = try trainer.model.logits(
      of: batch.input,
      layout: batch.layout,
      dropout: nil,
      on: tape
    )
    let result = tape.symbolLoss(
      logits,
      labels: batch.labels,
      layout: batch.layout,
      smoothing: trainer.settings.smoothing,
      form: trainer.settings.loss
    )
    let charges = tape.charges.map { (values: $0.cost.value.elements, weight: Double($0.weight)) }
    var first = 0
    return batch.layout.segments.reduce(0.0) { sum, segment in
      defer { first += segment.batch }
      let losses = result.exampleLosses[first..<first + segment.batch].reduce(0, +)
      let rows = segment.firstRow..<segment.firstRow + segment.rows
      let charged = charges.reduce(0.0) { sum, charge in
        sum + charge.weight / Double(segment.length)
          * charge.values[rows].reduce(0) { $0 + Double($1) }
      }
      return sum + (losses + charged) / Double(segment.batch * batch.layout.segments.count)
    }
  }

  @Test(
    "an example has the same logits alone as among others of other lengths",
    arguments: smallSpecs
  )
  func ragged(spec: ModelSpec) throws {
    let trainer = trainer(spec)
    disturb(trainer)
    let batch = try batch([32, 8])
    func logits(_ symbols: [Int32], _ layout: SequenceLayout) throws -> [Float] {
      try trainer.model.logits(
        of: .symbols(symbols),
        layout: layout,
        dropout: nil,
        on: Tape(isRecording: false)
      ).value.elements
    }
    let together = try logits(batch.inputs, batch.layout)
    for segment in batch.layout.segments {
      for example in 0..<segment.batch {
        let first = segment.firstRow + example * segment.length
        let rows = first..<first + segment.length
        let alone = try logits(
          Array(batch.inputs[rows]),
          SequenceLayout(length: segment.length, batch: 1)
        )
        let width = spec.outputSymbols
        expectClose(
          alone,
          Array(together[rows.lowerBound * width..<rows.upperBound * width]),
          absolute: 1e-5,
          relative: 1e-5,
          "length \(segment.length)"
        )
      }
    }
  }

  @Test(
    "weights are the same bits with dropout, in parts, with little memory",
    arguments: smallSpecs
  )
  func bits(spec: ModelSpec) throws {
    let data = try SymbolData(task: Sorting(), bins: [8, 16], batchSize: 5)
    func weights(_ memory: StepMemory, parts: [Int]) throws -> String {
      let trainer = trainer(spec, keep: 0.8)
      for steps in parts { try trainer.run(steps: steps, data: data, memory: memory) { _ in } }
      return trainer.model.digest.hex
    }
    let whole = try weights(.usual, parts: [4])
    #expect(try weights(.usual, parts: [1, 3]) == whole)
    if spec.outline.hasLowMemory { #expect(try weights(.low, parts: [4]) == whole) }
  }

  @Test("a checkpoint gives the model and its training again", arguments: smallSpecs)
  func checkpoint(spec: ModelSpec) throws {
    let data = try SymbolData(task: Sorting(), bins: [8], batchSize: 4)
    let first = trainer(spec, keep: 0.9)
    try first.run(steps: 3, data: data) { _ in }
    let saved = Checkpoint(
      first,
      spec: spec,
      data: DataDescription(task: "sort", bins: [8], batchSize: 4)
    )
    let read = try Checkpoint(parsing: saved.file().encoded())
    #expect(read.spec.testDescription == spec.testDescription && read.settings == first.settings)
    let second = read.makeTrainer()
    try first.run(steps: 2, data: data) { _ in }
    try second.run(steps: 2, data: data) { _ in }
    #expect(first.model.digest == second.model.digest)
  }

  @Test("each network learns to reverse short sequences", arguments: NetworkKind.ofSequences)
  func learning(kind: NetworkKind) throws {
    let data = try SymbolData(task: Reversal(), bins: [4], batchSize: 32)
    var spec = ModelSpec(kind, maps: 32, inputSymbols: 12, outputSymbols: 12)
    if kind == .conv { spec.layers = 4 }
    let trainer = trainer(spec)
    trainer.settings.schedule = RateSchedule(rate: 4e-3, steps: 400)
    let records = try Records(of: trainer, steps: 250, data: data)
    #expect(records.last.accuracy > records.first.accuracy + 0.15, "accuracy")
    #expect(records.last.loss < 0.9 * records.first.loss, "loss")
  }
}

/// The means of the first and of the last ten steps of a training.
private struct Records {
  let first: (loss: Double, accuracy: Double)
  let last: (loss: Double, accuracy: Double)

  init(of trainer: Trainer, steps: Int, data: SymbolData) throws {
    try trainer.run(steps: steps, data: data) { _ in }
    func mean(_ records: some Collection<StepRecord>) -> (loss: Double, accuracy: Double) {
      let count = Double(records.count)
      return (
        records.reduce(0) { $0 + $1.loss } / count, records.reduce(0) { $0 + $1.accuracy } / count
      )
    }
    first = mean(trainer.log.prefix(10))
    last = mean(trainer.log.suffix(10))
  }
}
