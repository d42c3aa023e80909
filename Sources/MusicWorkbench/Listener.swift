import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Training

/// A model that hears music, and how windows are made for it.
struct Listener {
  let name: String
  let trainer: Trainer
  let data: MusicData

  /// The model that transcribes where none is chosen.
  static let shipped = "music"

  /// The model of a name, else the current one if it was trained on music, else the one that ships.
  ///
  /// - Throws: a diagnostic.
  init(named name: String?, in session: Session) throws {
    if let name {
      guard let listener = Listener(try session.model(named: name)) else {
        throw Diagnostic(
          "the model `\(name)` has not been trained on music",
          remedy: "choose another one, or leave out of= for the model that ships"
        )
      }
      self = listener
      return
    }
    if let slot = session.currentModel, let listener = Listener(slot) {
      self = listener
      return
    }
    guard let model = ShippedModel.named(Self.shipped) else {
      throw Diagnostic(
        "no model of music is loaded, and none ships",
        remedy: ShippedModel.remedy(insteadOf: Self.shipped)
          ?? "train one with `data notes; model rse; train 1000`"
      )
    }
    let bytes = try model.bytes()
    session.noteReading("\(model.name) (shipped)", bytes)
    let checkpoint = try Checkpoint(parsing: bytes)
    guard let form = try? MusicForm(checkpoint) else {
      throw Diagnostic(
        "the shipped model `\(model.name)` does not hear music",
        remedy: "install rse again"
      )
    }
    let data = MusicData(.missing, form: form, batchSize: 1)
    self.init(name: model.name, trainer: checkpoint.makeTrainer(head: data.head), data: data)
  }

  private init?(_ slot: ModelSlot) {
    guard let trainer = slot.trainer, trainer.step > 0,
      let data = try? slot.data?.typed(as: MusicData.self)
    else { return nil }
    self.init(name: slot.name, trainer: trainer, data: data)
  }

  init(name: String, trainer: Trainer, data: MusicData) {
    self.name = name
    self.trainer = trainer
    self.data = data
  }

  /// The name, and how far the model is trained.
  var title: String { "\(name), step \(grouped(trainer.step))" }

  /// Frames per second.
  static let frameRate = Double(MusicForm.rate) / Double(LabelFrames.stride)

  /// The probabilities of the notes in some music, with a bar of progress.
  func probabilities(
    of music: some SampleSource,
    called what: String,
    in session: Session
  ) throws -> [Float] {
    try MemoryEstimate.forward(trainer.model, length: Double(data.form.places)).check()
    let start = ContinuousClock.now
    var done = 0
    func progress() -> WorkProgress {
      WorkProgress(
        activity: "listen",
        done: done,
        total: music.count / LabelFrames.stride + 1,
        unit: "frames",
        seconds: start.secondsAgo,
        detail: what
      )
    }
    return try trainer.probabilities(
      of: music,
      in: data,
      monitor: session.monitor { _ in progress() }
    ) {
      done = $0
      session.emit(progress())
      try session.checkInterruption()
    }
  }
}
