import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing
import Wiring

@testable import Training

@Suite(.serialized) struct TrainerTests {
  private static let spec = ModelSpec(maps: 8, blocks: 2, inputSymbols: 13, outputSymbols: 4)
  private static let description = DataDescription(
    task: "badd",
    bins: [8, 16],
    batchSize: 4
  )

  private func makeTrainer(seed: UInt64 = 7, tying: Tying = .shared) -> Trainer {
    var spec = Self.spec
    spec.tying = tying
    return Trainer(
      model: spec.makeModel(seed: seed),
      settings: TrainingSettings(seed: seed, schedule: RateSchedule(rate: 0.004))
    )
  }

  private func makeData() throws -> SymbolData {
    try SymbolData(task: Addition(.binary), bins: [8, 16], batchSize: 4)
  }

  private func train(_ trainer: Trainer, _ steps: Int) throws {
    try trainer.run(steps: steps, data: makeData()) { _ in }
  }

  @Test("training in parts, through a file, equals training at once")
  func resume() throws {
    let whole = makeTrainer()
    try train(whole, 12)
    let first = makeTrainer()
    try train(first, 5)
    let bytes = try Checkpoint(first, spec: Self.spec, data: Self.description).file().encoded()
    let second = try Checkpoint(parsing: bytes).makeTrainer()
    try train(second, 7)
    #expect(second.model.digest == whole.model.digest)
    #expect(second.log == whole.log)
    let files = [second, whole].map { Checkpoint($0, spec: Self.spec, data: Self.description) }
    #expect(
      try files[0].file(withMoments: false).encoded() == files[1].file(withMoments: false).encoded()
    )
    #expect(
      try files[0].file(precision: .half).encoded() == files[1].file(precision: .half).encoded()
    )
    // Only the clock tells the whole files apart.
    let untimed = try files.map { file in
      var file = try TensorFile(parsing: file.file().encoded())
      #expect(file.entries.removeValue(forKey: "log.seconds") != nil)
      return try file.encoded()
    }
    #expect(untimed[0] == untimed[1])
  }

  @Test("the seconds of the steps stay with the training, and files without them load")
  func seconds() throws {
    let trainer = makeTrainer()
    try train(trainer, 4)
    #expect(trainer.log.allSatisfy { ($0.seconds ?? -1) > 0 })
    let bytes = try Checkpoint(trainer, spec: Self.spec, data: Self.description).file().encoded()
    #expect(
      try Checkpoint(parsing: bytes).log.map(\.seconds) == trainer.log.map(\.seconds)
    )
    var file = try TensorFile(parsing: bytes)
    file.entries["log.seconds"] = nil
    let old = try Checkpoint(parsing: file.encoded())
    #expect(old.log == trainer.log && old.log.allSatisfy { $0.seconds == nil })
    file.add([1, 2, 3], named: "log.seconds")
    #expect(throws: CheckpointError.wrongCount(name: "seconds")) {
      try Checkpoint(parsing: file.encoded())
    }
    file.add([1, 2, -3, 4], named: "log.seconds")
    #expect(throws: CheckpointError.damaged) { try Checkpoint(parsing: file.encoded()) }
  }

  @Test("evaluating in between leaves the training as it was")
  func looking() throws {
    let plain = makeTrainer()
    try train(plain, 6)
    let watched = makeTrainer()
    for _ in 0..<6 {
      try train(watched, 1)
      let examples = (0..<3).map {
        Addition(.binary).testExample(above: 0, upTo: 32, index: $0, source: RandomSource(seed: 7))
      }
      _ = try Evaluation(model: watched.model).predictions(for: examples.map(\.input), length: 32)
    }
    #expect(watched.model.digest == plain.model.digest)
  }

  @Test("weights are the same bits for any number of threads")
  func threads() throws {
    let before = WorkerPool.shared.threads
    defer { WorkerPool.shared.resize(threads: before) }
    let digests = try [1, 2, 3].map { threads in
      WorkerPool.shared.resize(threads: threads)
      let trainer = makeTrainer()
      try train(trainer, 4)
      return trainer.model.digest
    }
    #expect(Set(digests).count == 1)
  }

  @Test("low memory trains the same weights, at lengths with and without divided examples")
  func lowMemory() throws {
    for bins in [[8, 16], [2048]] {
      let data = try SymbolData(task: Addition(.binary), bins: bins, batchSize: 2)
      let digests = try StepMemory.allCases.map { memory in
        let trainer = makeTrainer()
        try trainer.run(steps: 3, data: data, memory: memory) { _ in }
        return trainer.model.digest
      }
      #expect(digests[0] == digests[1], "bins \(bins)")
    }
  }

  @Test(
    "a monitor sees every layer of a step: 3 L, with low memory 4 L",
    arguments: StepMemory.allCases
  )
  func monitor(memory: StepMemory) throws {
    let trainer = makeTrainer()
    var seen: [Int] = []
    var total = 0
    let monitor = PassMonitor { pass in
      if pass.done > 0 { seen.append(pass.done) }
      total = pass.total
    }
    let data = try SymbolData(task: Addition(.binary), bins: [32], batchSize: 2)
    try trainer.run(steps: 1, data: data, memory: memory, monitor: monitor) { _ in }
    let layers = ModelSpec(inputSymbols: 2, outputSymbols: 2).outline.depth(levels: 5).layers
    #expect(total == layers * (memory == .low ? 4 : 3))
    #expect(seen.max() == total && seen == seen.sorted())
  }

  @Test("another seed trains another model")
  func seeds() throws {
    let (a, b) = (makeTrainer(seed: 1), makeTrainer(seed: 2))
    #expect(a.model.digest != b.model.digest)
    try train(a, 1)
    try train(b, 1)
    #expect(a.log[0].loss != b.log[0].loss)
  }

  @Test("an interrupted step leaves the state after the last complete one")
  func interruption() throws {
    struct Stop: Error {}
    let trainer = makeTrainer()
    try train(trainer, 2)
    let digest = trainer.model.digest
    // With low memory all groups run on this thread, and the monitor sees each of their layers.
    for (allowed, memory) in [(0, StepMemory.usual), (0, .low), (3, .low), (20, .low), (30, .low)] {
      var calls = 0
      #expect(throws: Stop.self) {
        try trainer.run(
          steps: 1,
          data: makeData(),
          memory: memory,
          monitor: PassMonitor { _ in
            calls += 1
            if calls > allowed { throw Stop() }
          },
          observer: { _ in }
        )
      }
      #expect(trainer.model.digest == digest && trainer.step == 2)
    }
    try train(trainer, 1)
    let undisturbed = makeTrainer()
    try train(undisturbed, 3)
    #expect(trainer.model.digest == undisturbed.model.digest)
  }

  @Test("a loss that is not finite stops the training and changes nothing")
  func notFinite() throws {
    let trainer = makeTrainer()
    try train(trainer, 1)
    let bias = trainer.model.parameters.first { $0.name == "output.bias" }?.parameter
    bias?.value.withMutablePointer { $0[0] = .nan }
    let digest = trainer.model.digest
    #expect {
      try train(trainer, 3)
    } throws: { error in
      guard case TrainingError.lossNotFinite(step: 2, loss: _) = error else { return false }
      return true
    }
    #expect(trainer.model.digest == digest && trainer.step == 1)
  }

  @Test("a gradient that is not finite stops the training before it reaches the parameters")
  func gradientNotFinite() throws {
    let sound = makeTrainer()
    let trainer = Trainer(model: OverflowingModel(model: sound.model), settings: sound.settings)
    let digest = trainer.model.digest
    #expect {
      try train(trainer, 1)
    } throws: { error in
      guard case TrainingError.gradientNotFinite(step: 1, parameter: _) = error else {
        return false
      }
      return true
    }
    #expect(trainer.model.digest == digest && trainer.step == 0)
  }

  @Test("the rate rises, falls to zero and stays there")
  func schedule() {
    let schedule = RateSchedule(rate: 0.1, steps: 40, warmup: 4)
    #expect(schedule.rate(step: 1) == 0.025)
    #expect(schedule.rate(step: 4) == 0.1)
    #expect(abs(schedule.rate(step: 22) - 0.05) < 1e-12)
    #expect(schedule.rate(step: 40) == 0 && schedule.rate(step: 1000) == 0)
    #expect(abs(RateSchedule(rate: 0.1, steps: 20).rate(step: 1) - 0.095) < 1e-12)
  }

  @Test("a model's parameters are those that its spec announces", arguments: Tying.allCases)
  func shapes(tying: Tying) {
    var spec = Self.spec
    spec.tying = tying
    let model = spec.makeModel(seed: 1)
    #expect(model.parameters.map(\.name) == spec.parameterShapes.map(\.name))
    #expect(model.parameters.map(\.parameter.value.shape) == spec.parameterShapes.map(\.shape))
    #expect(model.parameterCount == spec.parameterCount)
  }
}

@Suite struct CheckpointFaultTests {
  private func sample() throws -> TensorFile {
    let spec = ModelSpec(maps: 2, blocks: 1, inputSymbols: 12, outputSymbols: 12)
    let trainer = Trainer(
      model: spec.makeModel(seed: 1),
      settings: TrainingSettings(seed: 1, schedule: RateSchedule(rate: 0.01))
    )
    let data = DataDescription(task: "sort", bins: [8], batchSize: 2)
    return try TensorFile(
      parsing: Checkpoint(trainer, spec: spec, data: data).file().encoded()
    )
  }

  @Test(
    "settings that are missing or not valid are named",
    arguments: [
      ("maps", "0"), ("maps", "99999999999999999999"), ("blocks", "9"), ("tying", "loose"),
      ("norm", ""), ("seed", "-1"), ("keep", "nan"), ("rate", "inf"), ("step", "-3"),
      ("lengths", "8,12"), ("lengths", "8,x"), ("lengths", "8,8"),
      ("lengths", "4611686018427387904"), ("rate", "-5"), ("batch", "70000"), ("batch", "x"),
      ("smoothing", "1"),
    ]
  )
  func metadata(key: String, value: String) throws {
    var file = try sample()
    file.metadata[key] = value
    #expect(throws: CheckpointError.badMetadata(key: key, value: value)) {
      try Checkpoint(parsing: file.encoded())
    }
    file.metadata[key] = nil
    #expect(throws: CheckpointError.badMetadata(key: key, value: nil)) {
      try Checkpoint(parsing: file.encoded())
    }
  }

  @Test("numbers that another program has changed are taken only where that is meant")
  func changed() throws {
    var file = try sample()
    #expect(try Checkpoint(file).integrity == .whole)
    let bias = try file.tensor("last.bias")
    file.add(Tensor(bias.elements.map { $0 + 1 }, bias.shape), named: "last.bias")
    #expect(throws: CheckpointError.changed) { try Checkpoint(file) }
    let checkpoint = try Checkpoint(file, acceptsChanges: true)
    #expect(checkpoint.integrity == .changed)
    #expect(
      checkpoint.parameters.first { $0.name == "last.bias" }?.value.elements
        == bias.elements.map { $0 + 1 }
    )
    file.metadata["content"] = nil
    #expect(try Checkpoint(file).integrity == .unknown)
  }

  @Test("another version, another shape, a missing tensor, a log of another length are named")
  func contents() throws {
    var newer = try sample()
    newer.metadata["rse_checkpoint"] = "2"
    #expect(throws: CheckpointError.newerVersion("2")) { try Checkpoint(parsing: newer.encoded()) }
    var foreign = try sample()
    foreign.metadata = [:]
    #expect(throws: CheckpointError.notACheckpoint) { try Checkpoint(parsing: foreign.encoded()) }
    var reshaped = try sample()
    reshaped.metadata["maps"] = "3"
    #expect(
      throws: CheckpointError.wrongShape(name: "embedding", found: [12, 2], expected: [12, 3])
    ) { try Checkpoint(parsing: reshaped.encoded()) }
    var incomplete = try sample()
    incomplete.entries["last.bias"] = nil
    #expect(throws: TensorFileError.missingTensor("last.bias")) {
      try Checkpoint(parsing: incomplete.encoded())
    }
    var longer = try sample()
    longer.metadata["step"] = "5"
    #expect(throws: CheckpointError.wrongCount(name: "loss")) {
      try Checkpoint(parsing: longer.encoded())
    }
  }
}

/// A model whose backward pass exceeds the range of numbers.
private struct OverflowingModel: SequenceModel {
  let model: any SequenceModel

  func logits(
    of input: SequenceInput,
    layout: SequenceLayout,
    dropout: DropoutSource?,
    on tape: Tape
  ) throws -> Variable {
    let logits = try model.logits(of: input, layout: layout, dropout: dropout, on: tape)
    return tape.record(logits.value) { gradient, gradients in
      gradients.add(Tensor(repeating: .infinity, gradient.shape), to: logits)
    }
  }

  var members: [(name: String, member: Member)] { model.members }
  func depth(levels: Int) -> (layers: Int, kind: String) { model.depth(levels: levels) }
  func layerRows(levels: Int) -> [LayerRow] { model.layerRows(levels: levels) }
  func operations(_ layout: SequenceLayout) -> Double { model.operations(layout) }
  var hasLowMemory: Bool { model.hasLowMemory }
  func stepBytes(_ layout: SequenceLayout, isLow: Bool) -> Double {
    model.stepBytes(layout, isLow: isLow)
  }
  func passBytes(length: Double, examples: Double) -> Double {
    model.passBytes(length: length, examples: examples)
  }
}
