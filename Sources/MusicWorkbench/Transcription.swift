import Audio
import CommandLanguage
import Figures
import Files
import Foundation
import Plotting
import Sessions
import Tasks
import Tensors
import Training

/// The transcription of one recording.
struct Transcription {
  /// How notes are found and what is written.
  struct Settings {
    var finder = Transcription.finder
    var beats = BeatOptions()
    /// What was played.
    var reference: [NoteEvent]?
    /// The pitches of the picture.
    var pitches: ClosedRange<Int>?
    var draws = true
    var sounds = false
    var keepsProbabilities = false

    /// What is written.
    var kinds: [TranscriptionFiles.Kind] {
      TranscriptionFiles.Kind.allCases.filter { kind in
        switch kind {
        case .midi, .table: true
        case .picture: draws
        case .sound: sounds
        case .probabilities: keepsProbabilities
        case .quantised, .score: beats.steps != nil
        }
      }
    }
  }

  let file: String
  let files: TranscriptionFiles
  let listener: Listener
  let settings: Settings

  /// The endings of recordings, for completion.
  static let recordings = ["wav", "flac", "ogg", "mp3", "aiff", "aif", "opus", "au", "w64", "caf"]
  static let usualSmoothing = 0
  static let usualShortest = 35

  /// How notes are found unless told otherwise.
  static var finder: NoteFinder {
    var finder = NoteFinder()
    finder.threshold = 0.45
    finder.release = 0.2
    finder.smoothing = frames(milliseconds: Double(usualSmoothing)) / 2 * 2 + 1
    finder.leastFrames = max(1, frames(milliseconds: Double(usualShortest)))
    return finder
  }

  /// The number of frames that are nearest to a time.
  static func frames(milliseconds: Double) -> Int {
    Int((milliseconds / 1000 * Listener.frameRate).rounded())
  }

  /// Listens, and writes the files.
  ///
  /// - Throws: `Interrupted`, `AudioError` or a diagnostic.
  func run(in session: Session) throws -> Record {
    let start = ContinuousClock.now
    let recording = try read(in: session)
    let probabilities = try listener.probabilities(of: recording, called: file, in: session)
    guard probabilities.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "\(file): the samples are too large to be heard",
        remedy: "save it again with samples from −1 to 1"
      )
    }
    let attacks = try NoteAttacks(of: recording) { _ in try session.checkInterruption() }
    let notes = attacks.placed(
      settings.finder.notes(in: probabilities, frameRate: Listener.frameRate),
      leastFrames: settings.finder.leastFrames
    )
    let beats = try BeatFiles(notes, pedals: [], of: file, to: files, settings.beats, in: session)
    var written = [files.path(.midi), files.path(.table)] + beats.scores
    try session.write(Array(NotesFile.text(notes).utf8), to: files.path(.table))
    var record: Record = [
      "notes": .number(Double(notes.count)), "seconds": .number(recording.seconds),
    ]
    for field in beats.record.fields { record[field.name] = field.value }
    let verdict = settings.reference.map { PianoRoll.Verdict(found: notes, reference: $0) }
    if let verdict {
      record["right"] = .number(Double(verdict.right.count))
      record["missed"] = .number(Double(verdict.missed.count))
      record["extra"] = .number(Double(verdict.extra.count))
      record["f1"] = .number(verdict.f1)
    }
    var pictures: [String] = []
    if settings.draws {
      let pages = pages(recording, notes, verdict, probabilities)
      for (index, page) in pages.enumerated() {
        try session.checkInterruption()
        let drawing = page.drawList(theme: .light)
        let picture = files.picture(page: index + 1, of: pages.count)
        let seed = String(listener.trainer.settings.seed)
        try session.writePicture(drawing, seeds: seed, to: picture)
        written.append(picture)
        pictures.append("\(picture)  drawing \(drawing.digest.short)")
      }
    }
    if settings.sounds {
      try writeSound(notes, to: files.path(.sound), in: session)
      written.append(files.path(.sound))
    }
    if settings.keepsProbabilities {
      let shape = [probabilities.count / NoteTargets.notes, NoteTargets.notes]
      try session.write(to: files.path(.probabilities)) { write in
        try NumpyArray.header(ofFloats: shape).withUnsafeBytes(write)
        try probabilities.withUnsafeBytes(write)
      }
      written.append(files.path(.probabilities))
    }
    record["files"] = .texts(written)
    tell(recording, notes, verdict, since: start, in: session)
    beats.lines.forEach { session.emit($0, .arithmetic) }
    pictures.forEach { session.emit($0, .arithmetic) }
    return record
  }

  /// The samples of the recording, in a file without a name.
  private func read(in session: Session) throws -> Recording {
    let start = ContinuousClock.now
    let path = try session.recordingPath(file)
    let length = try AudioReader(path: path, name: file, allowsTruncation: true).promisedSeconds
    let recording = try SampleCache(folder: nil).recording(
      path: path,
      name: file,
      allowsTruncation: true
    ) { seconds in
      try session.checkInterruption()
      session.emit(
        WorkProgress(
          activity: "read",
          done: Int(seconds),
          total: max(1, Int(length)),
          unit: "s",
          seconds: start.secondsAgo,
          detail: file
        )
      )
    }
    session.noteReading(file, digest: recording.source)
    if recording.missingSeconds > 0 {
      session.emit(
        String(
          format: "%@: cut off, %.1f s of it are missing; what is there is transcribed",
          file,
          recording.missingSeconds
        )
      )
    }
    return recording
  }

  private func pages(
    _ recording: Recording,
    _ notes: [NoteEvent],
    _ verdict: PianoRoll.Verdict?,
    _ probabilities: [Float]
  ) -> LazyMapCollection<Range<Int>, Figure> {
    PianoRoll(
      title: (file as NSString).lastPathComponent,
      subtitle: "\(listener.name), step \(grouped(listener.trainer.step))",
      probabilities: .init(values: probabilities, frameRate: Listener.frameRate),
      notes: verdict.map { .compared($0) } ?? .found(notes),
      pitches: settings.pitches,
      seconds: 0...max(0.1, recording.seconds)
    ).pages
  }

  private func writeSound(_ notes: [NoteEvent], to path: String, in session: Session) throws {
    let source = try session.recordingPath(file)
    // How many frames there really are is known only after the first reading.
    let counter = try AudioReader(path: source, name: file, allowsTruncation: true)
    while try counter.read({ _ in try session.checkInterruption() }) {}
    let reader = try AudioReader(path: source, name: file, allowsTruncation: true)
    try session.write(to: path) { write in
      try Sonification.write(reader, frames: counter.framesRead, notes: notes, write)
    }
  }

  private func tell(
    _ recording: Recording,
    _ notes: [NoteEvent],
    _ verdict: PianoRoll.Verdict?,
    since start: ContinuousClock.Instant,
    in session: Session
  ) {
    let pitches = notes.map(\.pitch)
    let range =
      if let low = pitches.min(), let high = pitches.max() {
        low == high ? ", \(Pitch.name(low))" : ", \(Pitch.name(low)) to \(Pitch.name(high))"
      } else {
        ""
      }
    let found = notes.count == 1 ? "1 note" : "\(grouped(notes.count)) notes"
    let score = verdict.map { String(format: ", F1 %.4f", $0.f1) } ?? ""
    session.emit(
      "\(file)  \(found)\(range) in \(Self.length(recording.seconds))\(score)",
      .arithmetic
    )
    let seconds = start.secondsAgo
    session.emit(
      String(
        format: "%.1f s, %.0f times real time",
        seconds,
        recording.seconds / max(seconds, 1e-9)
      ),
      .volatile
    )
  }
}

extension Transcription {
  /// A length in words, such as `30.3 s`.
  static func length(_ seconds: Double) -> String {
    seconds < 0.05 ? "less than 0.1 s" : "\(NumberFormat.short((seconds * 10).rounded() / 10)) s"
  }
}

extension PianoRoll.Verdict {
  /// The harmonic mean of precision and recall; 0 where nothing is right.
  var f1: Double {
    let total = Double(2 * right.count + missed.count + extra.count)
    return total > 0 ? 2 * Double(right.count) / total : 0
  }
}
