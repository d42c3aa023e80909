import Autograd
import Foundation
import Networks
import Tasks
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite("The network that reads audio")
struct MusicNetworkTests {
  private static func spec(_ convolutions: Int) -> ModelSpec {
    var spec = ModelSpec(maps: 8, blocks: 1, inputSymbols: 0, outputSymbols: NoteTargets.notes)
    spec.input = .audio
    spec.isCalibrated = true
    spec.convolutions = convolutions
    return spec
  }

  private static func trainer(_ convolutions: Int) -> Trainer {
    Trainer(
      model: spec(convolutions).makeModel(seed: 3),
      head: NoteHead(),
      settings: TrainingSettings(seed: 3, schedule: RateSchedule(rate: 1e-2), keep: 1)
    )
  }

  /// Windows of 512 samples: a tone for each note that sounds.
  private static func batch(_ windows: Int = 2) -> Batch {
    let (length, frames) = (512, 512 / NoteTargets.stride - 1)
    var stream = RandomSource(seed: 8).stream(.examples, 0)
    var audio: [Float] = []
    var flags: [UInt8] = []
    for _ in 0..<windows {
      let note = 60 + stream.index(below: 12)
      let frequency = 440 * exp2(Double(note - 69) / 12)
      audio += (0..<length).map { Float(sin(2 * .pi * frequency * Double($0) / 11_000)) }
      flags += (0..<frames).flatMap { _ in
        (0..<NoteTargets.notes).map { $0 == note ? 1 : 0 }
      }
    }
    return Batch(
      layout: SequenceLayout(length: length, batch: windows),
      audio: audio,
      targets: NoteTargets(frames: frames, flags: flags)
    )
  }

  @Test("logits at a position for each 2^c samples", arguments: 0...3)
  func shapes(convolutions: Int) throws {
    let (trainer, batch) = (Self.trainer(convolutions), Self.batch())
    let logits = try trainer.model.logits(
      of: batch.input,
      layout: batch.layout,
      dropout: nil,
      on: Tape(isRecording: false)
    )
    #expect(logits.shape == [2 * 512 >> convolutions, NoteTargets.notes])
    let rows = trainer.model.layerRows(levels: 9)
    #expect(rows.reduce(0) { $0 + $1.parameters } == trainer.model.parameterCount)
  }

  @Test("the gradient of every parameter is the slope of the loss", arguments: 0...3)
  func gradients(convolutions: Int) throws {
    let (trainer, batch) = (Self.trainer(convolutions), Self.batch())
    let calibration = try #require(trainer.model.calibration)
    // A calibration of zeros does not depend on the logits, which it teaches nothing.
    calibration.scale.value = Tensor(zeros: calibration.scale.shape)
    try expectGradientsAreSlopes(
      of: trainer,
      batch,
      where: { !$0.hasPrefix("calibration") },
      change: 3e-3,
      rounding: 2e-4
    )
  }

  @Test("learns tones", arguments: [1, 2])
  func learns(convolutions: Int) throws {
    let (trainer, batch) = (Self.trainer(convolutions), Self.batch(4))
    let first = try trainer.takeStep(batch).loss
    for _ in 0..<80 { _ = try trainer.takeStep(batch) }
    #expect(try trainer.takeStep(batch).loss < 0.7 * first)
  }

  @Test("a checkpoint gives the same network again")
  func checkpoint() throws {
    let trainer = Self.trainer(1)
    _ = try trainer.takeStep(Self.batch())
    var form = MusicForm()
    form.window = 512
    form.pitch = 0.1
    let data = MusicData(.notes, form: form, batchSize: 2)
    let checkpoint = Checkpoint(
      trainer,
      spec: Self.spec(1),
      data: data.description
    )
    let again = try Checkpoint(parsing: checkpoint.file().encoded())
    #expect(again.spec == Self.spec(1))
    #expect(try MusicForm(again) == form)
    #expect(again.makeTrainer().model.digest == trainer.model.digest)
  }

  @Test(
    "every network reads audio, behind any number of convolutions",
    arguments: NetworkKind.ofSequences
  )
  func networks(kind: NetworkKind) throws {
    for convolutions in 0...AudioFrontEnd.largest {
      var spec = Self.spec(convolutions)
      spec.network = kind
      let trainer = Trainer(
        model: spec.makeModel(seed: 3),
        head: NoteHead(),
        settings: TrainingSettings(seed: 3, schedule: RateSchedule(rate: 1e-2), keep: 1)
      )
      let rows = trainer.model.layerRows(levels: 9)
      #expect(rows.reduce(0) { $0 + $1.parameters } == trainer.model.parameterCount)
      let first = try trainer.takeStep(Self.batch()).loss
      for _ in 0..<6 { _ = try trainer.takeStep(Self.batch()) }
      #expect(try trainer.takeStep(Self.batch()).loss < first)
    }
  }

  @Test("half of an odd number of maps is refused")
  func odd() {
    var spec = Self.spec(2)
    spec.maps = 7
    #expect(spec.flaw != nil)
    spec.convolutions = 1
    #expect(spec.flaw == nil)
  }
}
