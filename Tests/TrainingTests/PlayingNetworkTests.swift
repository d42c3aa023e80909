import Audio
import Autograd
import Networks
import Tasks
import Tensors
import Testing

@testable import Training

@Suite("The network that tells what is played")
struct PlayingNetworkTests {
  private static func data(_ input: PerformanceForm.Hearing) -> PerformanceData {
    var form = PerformanceForm()
    form.window = 1024
    form.input = input
    return PerformanceData(.made, form: form, batchSize: 2)
  }

  private static func trainer(_ data: PerformanceData) -> Trainer {
    var spec = ModelSpec(
      maps: 8,
      blocks: 1,
      norm: .features,
      inputSymbols: data.inputSymbols,
      outputSymbols: data.outputSymbols
    )
    spec.input = data.input
    return Trainer(
      model: spec.makeModel(seed: 3),
      head: data.head,
      settings: TrainingSettings(seed: 3, schedule: RateSchedule(rate: 3e-3), keep: 1)
    )
  }

  @Test(
    "the rows that are shown have all of its parameters",
    arguments: PerformanceForm.Hearing.allCases
  )
  func rows(input: PerformanceForm.Hearing) {
    let trainer = Self.trainer(Self.data(input))
    let rows = trainer.model.layerRows(levels: 3)
    #expect(rows.reduce(0) { $0 + $1.parameters } == trainer.model.parameterCount)
    let names = Set(trainer.model.parameters.map { $0.name.split(separator: ".")[0] })
    #expect(names == ["front", "blocks", "last", "output"])
  }

  @Test("the gradient of every parameter is the slope of the loss")
  func gradients() throws {
    let data = Self.data(.harmonics)
    let trainer = Self.trainer(data)
    let batch = try data.trainingBatch(step: 1, source: RandomSource(seed: 5))
    try expectGradientsAreSlopes(of: trainer, batch, change: 1e-2, rounding: 1e-4)
  }

  @Test("learns a batch by heart")
  func learns() throws {
    let data = Self.data(.harmonics)
    let trainer = Self.trainer(data)
    let batch = try data.trainingBatch(step: 1, source: RandomSource(seed: 5))
    let first = try trainer.takeStep(batch).loss
    for _ in 0..<60 { _ = try trainer.takeStep(batch) }
    #expect(try trainer.takeStep(batch).loss < 0.5 * first)
  }

  @Test("a checkpoint gives the same network and form again")
  func checkpoint() throws {
    let data = Self.data(.harmonics)
    let trainer = Self.trainer(data)
    var spec = ModelSpec(
      maps: 8,
      blocks: 1,
      norm: .features,
      inputSymbols: data.inputSymbols,
      outputSymbols: data.outputSymbols
    )
    spec.input = .harmonics
    let checkpoint = Checkpoint(trainer, spec: spec, data: data.description)
    let again = try Checkpoint(parsing: checkpoint.file().encoded())
    #expect(again.spec == spec)
    #expect(try PerformanceForm(again) == data.form)
    #expect(again.makeTrainer(head: data.head).model.digest == trainer.model.digest)
  }

  @Test("music that is heard in windows has a frame for each 128th sample, and the last one")
  func frames() throws {
    let data = Self.data(.harmonics)
    let trainer = Self.trainer(data)
    for count in [0, 1, 127, 128, 5000] {
      let heard = try trainer.playing(of: [Float](repeating: 0.1, count: count), in: data)
      #expect(heard.frames == count / 128 + 1)
      #expect(heard.probabilities.count == heard.frames * 128)
    }
  }
}
