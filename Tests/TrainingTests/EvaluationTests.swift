import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing
import Words

@testable import Training

/// What is measured in several passes is what is measured example by example.
@Suite struct EvaluationTests {
  private func trainer(_ data: some TaskData) -> Trainer {
    var spec = ModelSpec(
      .rse,
      maps: 4,
      inputSymbols: data.inputSymbols,
      outputSymbols: data.outputSymbols
    )
    spec.blocks = 1
    return Trainer(
      model: spec.makeModel(seed: 3),
      head: data.head,
      settings: TrainingSettings(
        releasedWith: .rse,
        seed: 8,
        schedule: RateSchedule(rate: 1e-3)
      )
    )
  }

  /// 2^15 positions of a pass are 8 examples of this length.
  private static let length = 4096

  @Test("predictions are those of each example alone", arguments: [7, 8, 9, 16, 17])
  func predictions(count: Int) throws {
    let data = try SymbolData(task: Sorting(), bins: [Self.length], batchSize: 1)
    let evaluation = Evaluation(model: trainer(data).model)
    let inputs = (0..<count).map { example in
      (0..<Self.length - example).map { Int32(($0 * 7 + example) % 11 + 1) }
    }
    let together = try evaluation.predictions(for: inputs, length: Self.length)
    #expect(together.count == count)
    for example in Set([0, 6, 7, 8, count - 1]) where example < count {
      let alone = try evaluation.predictions(for: [inputs[example]], length: Self.length)
      let equal = zip(together[example], alone[0]).count { $0 == $1 }
      // Chunks of other sizes round sums of the norm in another order.
      #expect(equal > Self.length * 99 / 100, "example \(example)")
    }
  }

  @Test("a validation is the mean over its examples, each of them once", arguments: [7, 8, 9, 17])
  func validation(count: Int) throws {
    let data = try SymbolData(task: Sorting(), bins: [Self.length, 8], batchSize: 1)
    let trainer = trainer(data)
    let source = RandomSource(seed: 8)
    var (loss, accuracy) = (0.0, 0.0)
    for bin in [Self.length, 8] {
      for index in 0..<count {
        let examples = data.freshExamples(bin: bin, from: index, count: 1, source: source)
        let batch = Batch([bin: examples])
        let (logits, tape) = try trainer.model.forward(batch, monitor: nil)
        let result = trainer.loss(of: logits, batch, on: tape)
        loss += Double(result.loss.value.scalar) / Double(2 * count)
        accuracy += result.means(batch.layout).accuracy / Double(2 * count)
      }
    }
    let record = try trainer.validate(on: data, count: count)
    #expect(abs(record.loss - loss) < 1e-4 * loss, "\(record.loss) and \(loss)")
    #expect(abs(record.accuracy - accuracy) < 2e-3, "\(record.accuracy) and \(accuracy)")
  }

  @Test(
    "passages are validated up to a count, each at a place of its own stream",
    arguments: [1, 2, 3, 5]
  )
  func passages(count: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("the cat saw the dog and the cat", to: "train.txt")
    try folder.write("cat saw cat\nthe dog the\ndog and a dog", to: "valid.txt")
    let set = try LambadaSet(path: folder.path, name: "d", longest: 64) { _ in }
    let form = LambadaForm(path: "d", words: 100)
    let data = LambadaData(
      set,
      form: form,
      vocabulary: set.vocabulary(size: form.words),
      bins: [64],
      batchSize: 4
    )
    let trainer = trainer(data)
    let list = data.heldOut(.validation)
    #expect(list.count == 3)
    let taken = min(count, 3)
    func mean(_ purpose: RandomPurpose) throws -> Double {
      try (0..<taken).reduce(0) { sum, index in
        var stream = RandomSource(seed: 8).stream(purpose, UInt64(index))
        let batch = data.batch([64: [data.place(list[index], length: 64, using: &stream)]])
        let (logits, tape) = try trainer.model.forward(batch, monitor: nil)
        let loss = trainer.loss(of: logits, batch, on: tape).loss.value.scalar
        return sum + Double(loss) / Double(taken)
      }
    }
    let record = try data.validate(trainer, count: count, monitor: nil)
    #expect(abs(record.loss - (try mean(.examples))) < 1e-5)
    // Three passages do not all stand at the same places by chance.
    for purpose in RandomPurpose.allCases where purpose != .examples && taken == 3 {
      #expect(abs(record.loss - (try mean(purpose))) > 1e-5, "\(purpose)")
    }
  }

  @Test(
    "the distances of convolutions double ten times and begin again",
    arguments: [(1, 1), (2, 3), (3, 7), (10, 1023), (11, 1024), (12, 1026), (20, 2046)]
  )
  func convolutions(layers: Int, reach: Int) {
    var spec = ModelSpec(.conv, maps: 2, inputSymbols: 3, outputSymbols: 3)
    spec.layers = layers
    #expect(
      spec.outline.depth(levels: 4).kind == "convolutions that see \(reach) positions to each side,"
    )
  }

  @Test("convolutions reach as far as they say", arguments: [1, 2, 3, 4])
  func reach(layers: Int) throws {
    var spec = ModelSpec(.conv, maps: 8, inputSymbols: 3, outputSymbols: 3)
    spec.layers = layers
    let model = spec.makeModel(seed: 2)
    func logits(_ symbol: Int32) throws -> [Float] {
      var symbols = [Int32](repeating: 1, count: 64)
      symbols[30] = symbol
      return try model.logits(
        of: .symbols(symbols),
        layout: SequenceLayout(length: 64, batch: 1),
        dropout: nil,
        on: Tape(isRecording: false)
      ).value.elements
    }
    let (before, after) = (try logits(1), try logits(2))
    let changed = (0..<64).filter { before[3 * $0..<3 * $0 + 3] != after[3 * $0..<3 * $0 + 3] }
    let reach = (1 << layers) - 1
    #expect(changed == Array(30 - reach...30 + reach))
  }
}
