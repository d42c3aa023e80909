import Audio
import Autograd
import CommandLanguage
import Figures
import Foundation
import Sessions
import Tasks
import Training
import Wording

/// A model that reads music, and the data that cut windows for it.
struct Listener {
  /// The kind of a model's output.
  enum Ear {
    /// The sounding notes.
    case sounding(MusicData)
    /// The complete playing.
    case playing(PerformanceData)
  }

  let name: String
  let trainer: Trainer
  let ear: Ear

  /// The model that transcribes if none is chosen.
  static let shipped = "music"

  /// Creates a listener of the named model, else of the current one if it was trained on music, else of the bundled
  /// one.
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

  /// The model's name and training step.
  var title: String { "\(name), step \(grouped(trainer.step))" }

  /// The number of frames per second.
  static let frameRate = Double(MusicForm.rate) / Double(LabelFrames.stride)

  /// Returns the probabilities of the notes in music, [T, 128], while showing a progress bar.
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

  /// Returns the playing in music, while showing a progress bar.
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
  /// The result of listening to music.
  struct Heard {
    /// The notes by onset, then by pitch.
    let notes: [NoteEvent]
    let pedals: [PedalSpan]
    /// The probabilities of the 128 notes, [T, 128].
    let probabilities: [Float]
  }

  /// Returns the notes in music.
  ///
  /// - Throws: any error of `session`, or a diagnostic if samples are too large.
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
