import Autograd
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

@Suite struct BatchPassTests {
  /// Lengths and numbers of examples that make groups of several, of one, and of fewer at the end.
  private static let layouts: [[(length: Int, batch: Int)]] = [
    [(64, 19)], [(1024, 3)], [(8, 5)], [(256, 5), (16, 70), (8, 1)],
  ]

  @Test("the groups of a batch hold all examples once, in order, few of them at a time")
  func groups() {
    for sizes in Self.layouts {
      let layout = SequenceLayout(sizes)
      let groups = layout.groups
      #expect(groups.flatMap(\.examples).elementsEqual(0..<layout.examples))
      #expect(groups.flatMap(\.rows).elementsEqual(0..<layout.rows))
      for group in groups {
        let segment = layout.segments[group.segment]
        #expect(group.layout.segments.map(\.length) == [segment.length])
        #expect(group.layout.examples == group.examples.count)
        #expect(group.rows.count <= max(512, segment.length))
      }
    }
    #expect(SequenceLayout(length: 64, batch: 19).groups.map(\.examples.count) == [8, 8, 3])
    // Sixteen groups of a large batch.
    #expect(
      SequenceLayout(length: 512, batch: 64).groups.map(\.examples.count)
        == Array(repeating: 4, count: 16)
    )
  }

  @Test("means are over the segments, of the examples that have a value")
  func means() {
    let layout = SequenceLayout([(8, 3), (4, 2), (2, 1)])
    let some: [Double?] = [1, nil, 0, 0.25, nil, nil]
    let few: [Double?] = [nil, nil, nil, 1, 0, nil]
    let none = [Double?](repeating: nil, count: 6)
    let weights: [Double] = [1 / 9, 1 / 6, 1 / 3]
    #expect(layout.mean(some) == 0.375)
    #expect(layout.mean(few) == 0.5)
    #expect(layout.mean(none) == nil)
    #expect(layout.exampleWeights == weights)
    let half = HeadLoss.means([1, 1, 1, 2, 2, 3], some, layout)
    #expect(half.loss == 2 && half.accuracy == 0.375)
    #expect(HeadLoss.means([0, 0, 0, 0, 0, 0], none, layout).accuracy == 1)
  }

  @Test(
    "groups that are left over run on a thread each if none has work for more",
    .enabled(
      if: WorkerPool.shared.threads < SequenceLayout.mostGroups,
      "there are too many threads"
    )
  )
  func sideBySide() {
    let threads = WorkerPool.shared.threads
    func count(_ length: Int, _ batch: Int, isLow: Bool = false) -> (groups: Int, beside: Int) {
      let groups = SequenceLayout(length: length, batch: batch).groups
      return (groups.count, SequenceLayout.sideBySide(groups, isLow: isLow))
    }
    // Whole rounds of all threads.
    #expect(count(512, threads) == (threads, threads))
    #expect(count(512, threads, isLow: true) == (threads, 0))
    // One of 512 positions is left over, which has work for two threads; of 256 it has work for one.
    #expect(count(512, threads + 1) == (threads + 1, threads > 1 ? threads : 2))
    #expect(count(256, 2 * threads + 1) == (threads + 1, threads + 1))
  }

  private static func trainer(keep: Float) -> Trainer {
    let spec = ModelSpec(maps: 8, blocks: 1, inputSymbols: 5, outputSymbols: 5)
    return Trainer(
      model: spec.makeModel(seed: 3),
      settings: TrainingSettings(
        releasedWith: .rse,
        seed: 3,
        schedule: RateSchedule(rate: 1e-3),
        keep: keep
      )
    )
  }

  private static func batch(_ layout: SequenceLayout) -> Batch {
    let symbols = (0..<layout.rows).map { Int32($0 * $0 % 5) }
    return Batch(layout: layout, inputs: symbols, labels: symbols.reversed())
  }

  private static func gradients(_ trainer: Trainer) -> [[Float]] {
    trainer.model.parameters.map(\.parameter.gradient.elements)
  }

  @Test("the gradient of a batch in groups is that of all its examples in one pass")
  func sums() throws {
    for sizes in Self.layouts {
      let layout = SequenceLayout(sizes)
      let (trainer, batch) = (Self.trainer(keep: 1), Self.batch(layout))
      let result = try trainer.computeGradients(batch, step: 1)
      let inGroups = Self.gradients(trainer)

      for (_, parameter) in trainer.model.parameters {
        parameter.gradient = Tensor(zeros: parameter.shape)
      }
      let tape = Tape(isRecording: true)
      let logits = try trainer.model.logits(
        of: batch.input,
        layout: layout,
        dropout: nil,
        on: tape
      )
      let whole = trainer.loss(of: logits, batch, on: tape)
      try tape.backward(from: whole.loss)
      #expect(abs(result.loss - Double(whole.loss.value.scalar)) < 1e-5)
      #expect(result.accuracy == whole.means(layout).accuracy)
      for (one, other) in zip(inGroups, Self.gradients(trainer)) {
        let size = other.map(abs).max() ?? 0
        #expect(zip(one, other).allSatisfy { abs($0 - $1) <= 1e-4 * size + 1e-8 })
      }
    }
  }

  @Test("each group draws its own dropout")
  func dropout() {
    let source = RandomSource(seed: 1)
    let layers = (0..<3).flatMap { group in
      (0..<40).map { DropoutSource(keep: 0.5, source: source, step: 2, group: group).layer($0) }
    }
    #expect(Set(layers).count == layers.count)
  }

  @Test("an error of one group ends the step, and the first of them is told")
  func failure() {
    let groups = SequenceLayout(length: 1024, batch: 5).groups
    struct Failure: Error, Equatable { let group: Int }
    let pass = BatchPass(
      groups: groups,
      compute: { number, _ in throw Failure(group: number) },
      isLow: true,
      monitor: nil
    )
    #expect(throws: Failure(group: 0)) { try pass.run() }
  }

  @Test("the monitor sees the groups' progress and may end them")
  func monitor() {
    struct Stop: Error {}
    var shares: [Double] = []
    let monitor = PassMonitor {
      shares.append($0.share)
      if $0.share > 0.5 { throw Stop() }
    }
    let groups = SequenceLayout(length: 1024, batch: 4).groups
    let pass = BatchPass(
      groups: groups,
      compute: { _, monitor in
        try monitor.begin(layers: 2)
        try monitor.advance(layers: 1)
        try monitor.advance(layers: 1)
        throw CancellationError()
      },
      isLow: true,
      monitor: monitor
    )
    #expect(throws: (any Error).self) { try pass.run() }
    #expect(shares.prefix(3) == [0, 0.125, 0.25])
  }

  @Test("the monitor is asked at the end, whatever the groups told it")
  func monitorAtEnd() {
    struct Stop: Error {}
    let loss = HeadLoss(
      loss: Tape(isRecording: false).constant(Tensor([0], [])),
      losses: [],
      accuracies: []
    )
    let pass = BatchPass(
      groups: SequenceLayout(length: 512, batch: 4).groups,
      compute: { _, _ in GroupOutcome(loss: loss, gradients: ParameterGradients()) },
      isLow: false,
      monitor: PassMonitor { _ in throw Stop() }
    )
    #expect(throws: Stop.self) { _ = try pass.run() }
  }
}
