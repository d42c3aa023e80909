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
import Wording

/// The transcription of one recording.
struct Transcription {
  /// The settings of how notes are found and which files are written.
  struct Settings {
    var finder = Transcription.finder
    var beats = BeatOptions()
    var reader = PlayingReader()
    /// The notes that were played.
    var reference: [NoteEvent]?
    /// The pitches of the picture.
    var pitches: ClosedRange<Int>?
    var draws = true
    var sounds = false
    var keepsProbabilities = false
    var makesPage = false

    /// The kinds of files to write.
    var kinds: [TranscriptionFiles.Kind] {
      TranscriptionFiles.Kind.allCases.filter { kind in
        switch kind {
        case .midi, .table: true
        case .picture: draws
        case .sound: sounds
        case .probabilities: keepsProbabilities
        case .quantised, .score: beats.steps != nil
        case .page: makesPage
        }
      }
    }
  }

  /// The recording as given on the command line.
  let argument: String
  let files: TranscriptionFiles
  let listener: Listener
  let settings: Settings

  /// The recording's name.
  var file: String { StandardRecording.shown(argument) }

  /// The file-name extensions of recordings, for completion.
  static let recordings =
    ["wav", "flac", "ogg", "mp3", "aiff", "aif", "opus", "au", "w64", "caf"]
    + ForeignFormat.extensions
  static let usualSmoothing = 0
  static let usualShortest = 35

  /// The default settings of how notes are found.
  static var finder: NoteFinder {
    var finder = NoteFinder()
    finder.threshold = 0.45
    finder.release = 0.2
    finder.smoothing = frames(milliseconds: Double(usualSmoothing)) / 2 * 2 + 1
    finder.leastFrames = max(1, frames(milliseconds: Double(usualShortest)))
    return finder
  }

  /// Returns the number of frames nearest to a length of time.
  static func frames(milliseconds: Double) -> Int {
    Int((milliseconds / 1000 * Listener.frameRate).rounded())
  }

  /// Listens, and writes the files.
  ///
  /// - Throws: `Interrupted`, `AudioError` or a diagnostic.
  func run(in session: Session) throws -> Record {
    let start = ContinuousClock.now
    let input = try session.openRecording(argument)
    return try run(input, since: start, in: session)
  }

  private func run(
    _ input: borrowing OpenFile,
    since start: ContinuousClock.Instant,
    in session: Session
  ) throws -> Record {
    let recording = try read(input, in: session)
    let level = try RecordingLevel(of: recording) { try session.checkInterruption() }
    try tellFaults(of: recording, level, in: session)
    let music = LouderMusic(recording, gain: level.gain)
    let heard = try listener.hear(music, called: file, settings, in: session)
    let (notes, probabilities) = (heard.notes, heard.probabilities)
    let beats = try BeatFiles(
      notes,
      pedals: heard.pedals,
      of: file,
      to: files,
      settings.beats,
      in: session
    )
    var written = [files.path(.midi), files.path(.table)] + beats.scores
    try session.write(Array(NoteTable.text(notes).utf8), to: files.path(.table))
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
    var drawn: Set<String> = []
    if settings.draws {
      let pages = pages(recording, notes, verdict, probabilities)
      for (index, page) in pages.enumerated() {
        try session.checkInterruption()
        let drawing = page.drawList(theme: .light)
        let picture = files.picture(page: index + 1, of: pages.count)
        let seed = String(listener.trainer.settings.seed)
        try session.writePicture(drawing, seeds: seed, to: picture)
        written.append(picture)
        drawn.insert(picture)
        pictures.append("\(picture)  drawing \(drawing.digest.short)")
      }
    }
    if settings.sounds {
      try writeSound(notes, of: input, recording, gain: level.gain, in: session)
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
    if settings.makesPage {
      let page = try page(recording, of: input, notes, verdict, in: session)
      try write(page, in: session)
      written.append(files.path(.page))
      drawn.insert(files.path(.page))
      pictures.append("\(files.path(.page))  page \(page.digest.short)")
    }
    record["files"] = .texts(written)
    tell(recording, notes, verdict, since: start, in: session)
    beats.lines.forEach { session.emit($0, .arithmetic) }
    session.emit(
      "wrote " + written.filter { !drawn.contains($0) }.joined(separator: ", "),
      .volatile
    )
    pictures.forEach { session.emit($0, .arithmetic) }
    return record
  }

  /// Reads the samples of the recording into an unnamed file.
  private func read(_ input: borrowing OpenFile, in session: Session) throws -> Recording {
    let start = ContinuousClock.now
    let recording = try SampleCache(folder: nil).recording(
      descriptor: input.descriptor,
      name: file
    ) { progress in
      try session.checkInterruption()
      session.emit(
        WorkProgress(
          activity: "read",
          done: Int(progress.seconds),
          total: Int(progress.promised),
          unit: "s",
          seconds: start.secondsAgo,
          detail: file
        )
      )
    }
    session.noteReading(file, digest: recording.source)
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
      subtitle: listener.title,
      probabilities: .init(values: probabilities, frameRate: Listener.frameRate),
      notes: verdict.map { .compared($0) } ?? .found(notes),
      pitches: settings.pitches,
      seconds: 0...max(0.1, recording.seconds)
    ).pages
  }

  private func writeSound(
    _ notes: [NoteEvent],
    of input: borrowing OpenFile,
    _ recording: Recording,
    gain: Float,
    in session: Session
  ) throws {
    let reader = try AudioReader(duplicating: input, mix: recording.mix) {
      try session.checkInterruption()
    }
    try session.write(to: files.path(.sound)) { write in
      try Sonification.write(
        reader,
        frames: recording.sourceFrames,
        notes: notes,
        gain: gain,
        wait: { try session.checkInterruption() },
        write
      )
    }
  }

  /// Emits remarks on peculiarities of the recording.
  private func tellFaults(
    of recording: Recording,
    _ level: RecordingLevel,
    in session: Session
  ) throws(Diagnostic) {
    for deviation in recording.deviations { try session.remark("\(file): \(deviation)") }
    var remarks = Array(recording.remarks.dropFirst(recording.deviations.count))
    if level.gain != 1 {
      remarks.append(
        String(
          format: "it is quiet, %.0f dB below full scale; it is heard %.0f dB louder",
          -RecordingLevel.decibels(level.level),
          RecordingLevel.decibels(level.gain)
        )
      )
    } else if level.level > 0, level.level < RecordingLevel.noise {
      remarks.append("nothing in it is louder than 80 dB below full scale, which is hardly a sound")
    }
    for remark in remarks { session.emit("\(file): \(remark)") }
  }

  private func tell(
    _ recording: Recording,
    _ notes: [NoteEvent],
    _ verdict: PianoRoll.Verdict?,
    since start: ContinuousClock.Instant,
    in session: Session
  ) {
    let score = verdict.map { String(format: ", F1 %.4f", $0.f1) } ?? ""
    session.emit(
      "\(file)  \(Self.summary(of: notes, in: recording))\(score)",
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
  /// Returns the number of notes, their range of pitches and the length of the recording, in words.
  static func summary(of notes: [NoteEvent], in recording: Recording) -> String {
    let pitches = notes.map(\.pitch)
    let range =
      if let low = pitches.min(), let high = pitches.max() {
        low == high ? ", \(Pitch.name(low))" : ", \(Pitch.name(low)) to \(Pitch.name(high))"
      } else {
        ""
      }
    let found = counted(notes.count, "note")
    return "\(found)\(range) in \(length(recording.seconds))"
  }

  /// Returns a length in words, such as `30.3 s`.
  static func length(_ seconds: Double) -> String {
    seconds < 0.05 ? "less than 0.1 s" : "\(NumberFormat.short((seconds * 10).rounded() / 10)) s"
  }
}

extension PianoRoll.Verdict {
  /// The harmonic mean of precision and recall; 0 if no note is right.
  var f1: Double {
    let total = Double(2 * right.count + missed.count + extra.count)
    return total > 0 ? 2 * Double(right.count) / total : 0
  }
}
