import Audio
import Autograd
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Training
import Wording

/// A model that hears music, and how windows are made for it.
struct Listener {
  /// What a model tells of what it hears.
  enum Ear {
    /// Which notes sound.
    case sounding(MusicData)
    /// All that is played.
    case playing(PerformanceData)
  }

  let name: String
  let trainer: Trainer
  let ear: Ear

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
    if let form = try? MusicForm(checkpoint) {
      let data = MusicData(.missing, form: form, batchSize: 1)
      let trainer = checkpoint.makeTrainer(head: data.head)
      self.init(name: model.name, trainer: trainer, ear: .sounding(data))
    } else if let form = try? PerformanceForm(checkpoint) {
      let data = PerformanceData(.missing, form: form, batchSize: 1)
      let trainer = checkpoint.makeTrainer(head: data.head)
      self.init(name: model.name, trainer: trainer, ear: .playing(data))
    } else {
      throw Diagnostic(
        "the shipped model `\(model.name)` does not hear music",
        remedy: "install rse again"
      )
    }
  }

  private init?(_ slot: ModelSlot) {
    guard let trainer = slot.trainer, trainer.step > 0 else { return nil }
    if let data = try? slot.data?.typed(as: MusicData.self) {
      self.init(name: slot.name, trainer: trainer, ear: .sounding(data))
    } else if let data = try? slot.data?.typed(as: PerformanceData.self) {
      self.init(name: slot.name, trainer: trainer, ear: .playing(data))
    } else {
      return nil
    }
  }

  init(name: String, trainer: Trainer, ear: Ear) {
    self.name = name
    self.trainer = trainer
    self.ear = ear
  }

  /// The name, and how far the model is trained.
  var title: String { "\(name), step \(grouped(trainer.step))" }

  /// Frames per second.
  static let frameRate = Double(MusicForm.rate) / Double(LabelFrames.stride)

  /// The probabilities of the notes in some music, [T, 128], with a bar of progress.
  func probabilities(
    of music: some SampleSource,
    called what: String,
    _ data: MusicData,
    in session: Session
  ) throws -> [Float] {
    try listen(
      to: music,
      called: what,
      places: data.form.places,
      perPass: Trainer.placesPerListening,
      in: session
    ) { monitor, done in
      try trainer.probabilities(of: music, in: data, monitor: monitor, done: done)
    }
  }

  /// What is played in some music, with a bar of progress.
  func playing(
    of music: some SampleSource,
    called what: String,
    _ data: PerformanceData,
    in session: Session
  ) throws -> HeardPlaying {
    try listen(
      to: music,
      called: what,
      places: data.form.frames,
      perPass: Trainer.framesPerPass,
      in: session
    ) { monitor, done in
      try trainer.playing(of: music, in: data, monitor: monitor, done: done)
    }
  }

  private func listen<Heard>(
    to music: some SampleSource,
    called what: String,
    places: Int,
    perPass: Int,
    in session: Session,
    _ body: (_ monitor: PassMonitor, _ done: (Int) throws -> Void) throws -> Heard
  ) throws -> Heard {
    try MemoryEstimate.forward(trainer.model, length: Double(places), positions: perPass).check()
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
    return try body(session.monitor { _ in progress() }) {
      done = $0
      session.emit(progress())
      try session.checkInterruption()
    }
  }
}

extension Listener {
  /// What is heard in some music.
  struct Heard {
    /// By onset, then by pitch.
    let notes: [NoteEvent]
    let pedals: [PedalSpan]
    /// Of the 128 notes, [T, 128].
    let probabilities: [Float]
  }

  /// The notes in some music.
  ///
  /// - Throws: what `session` throws, or a diagnostic where samples are too large.
  func hear(
    _ music: some SampleSource,
    called file: String,
    _ settings: Transcription.Settings,
    in session: Session
  ) throws -> Heard {
    switch ear {
    case .sounding(let data):
      let probabilities = try probabilities(of: music, called: file, data, in: session)
      guard probabilities.allSatisfy(\.isFinite) else { throw Self.excess(in: file) }
      let finder = settings.finder
      let attacks = try NoteAttacks(of: music) { _ in try session.checkInterruption() }
      let notes = attacks.placed(
        finder.notes(in: probabilities, frameRate: Self.frameRate),
        leastFrames: finder.leastFrames
      )
      return Heard(notes: notes, pedals: [], probabilities: probabilities)
    case .playing(let data):
      let heard = try playing(of: music, called: file, data, in: session)
      guard heard.isFinite else { throw Self.excess(in: file) }
      let read = settings.reader.read(heard, rate: Self.frameRate)
      let lead = (data.form.lead ?? 0) / 1000
      return Heard(
        notes: read.notes.map { $0.moved(by: lead) },
        pedals: read.pedals.map { $0.moved(by: lead) },
        probabilities: heard.probabilities
      )
    }
  }

  private static func excess(in file: String) -> Diagnostic {
    Diagnostic(
      "\(file): the samples are too large to be heard",
      remedy: "save it again with samples from −1 to 1"
    )
  }
}
