import Audio
import CommandLanguage
import Figures
import Foundation
import Sessions
import Training
import Wording

/// `transcribe song.flac`
package struct TranscribeCommand: Command {
  private static let files = CommandArgument.repeating(
    "files",
    .fileToRead(extensions: Transcription.recordings, orNameOf: "shipped recording"),
    "the recordings, the names of some that ship, or - for standard input"
  )
  private static let to = CommandArgument(
    "to",
    .directory,
    "the folder that takes the files",
    otherwise: "the current one"
  )
  private static let threshold = CommandArgument(
    "threshold",
    .number(in: 0.01...0.99),
    "the probability from which on a note is one",
    otherwise: thresholds
  )
  /// The default thresholds of both kinds of models, in words.
  private static let thresholds = """
    \(NumberFormat.short(PlayingReader().threshold)) of onsets, \
    \(NumberFormat.short(Double(Transcription.finder.threshold))) where a model tells only what sounds
    """
  private static let release = CommandArgument(
    "release",
    .number(in: 0.01...0.99),
    "the probability down to which it goes on",
    otherwise: """
      \(NumberFormat.short(PlayingReader().release)); where a model tells only what sounds, \
      \(NumberFormat.short(Double(Transcription.finder.release))), or threshold= if that is less
      """
  )
  private static let smoothing = CommandArgument(
    "smoothing",
    .number(in: 0...1000),
    "the time over which probabilities are averaged",
    unit: "milliseconds",
    default: Double(Transcription.usualSmoothing)
  )
  private static let shortest = CommandArgument(
    "shortest",
    .number(in: 0...10000),
    "notes that last less are left out",
    unit: "milliseconds",
    default: Double(Transcription.usualShortest)
  )
  private static let reference = CommandArgument(
    "reference",
    .fileToRead(extensions: NoteList.extensions, orNameOf: "shipped recording"),
    "what was played: MIDI or a table, or the recording that ships"
  )
  private static let range = CommandArgument(
    "range",
    .text,
    "the pitches of the picture, such as C2..C6",
    otherwise: "those found"
  )
  private static let picture = CommandArgument(
    "picture",
    .boolean,
    "whether the piano roll is drawn",
    default: Transcription.Settings().draws
  )
  private static let sound = CommandArgument(
    "sound",
    .boolean,
    "whether song.wav is written: the recording on the left, the notes on the right",
    default: Transcription.Settings().sounds
  )
  private static let probabilities = CommandArgument(
    "probabilities",
    .boolean,
    "whether song.npy is written: 128 values for each 128th sample at 11,000 a second",
    default: Transcription.Settings().keepsProbabilities
  )
  private static let page = CommandArgument(
    "page",
    .boolean,
    "whether song.html is written: a page with the piano roll, the recording and the notes to listen to",
    default: Transcription.Settings().makesPage
  )
  private static let of = CommandArgument(
    "of",
    .name(of: "model"),
    "the model",
    otherwise: "the current one, or the one that ships"
  )

  package static let declaration = CommandDeclaration(
    name: "transcribe",
    summary: "Write down the notes of recordings: MIDI, a table and a piano roll",
    discussion: """
      Of `song.flac` it writes `song.mid`, `song.notes.csv` and `song.png`; it may be WAV, FLAC, OGG, MP3 or AIFF, of \
      1,000 to 1,000,000 Hz and up to 1,024 channels. M4A, WebM, WMA, AMR and what else `ffmpeg` decodes is read by it \
      where it is installed (`apt-get install ffmpeg`). `-` is standard input, of which it writes `stdin.mid` and so on. \
      Long pieces take several pictures, `song.page1.png` and so on. It writes over what it has written before, and over \
      nothing else. The current model listens if it was trained on music, else the one that ships.

      It hears the mean of the channels; where they are in opposite phase, so that the mean keeps less than a quarter of \
      what it keeps of channels that have nothing in common, it hears the louder one. A recording whose largest sample, \
      bangs aside, is more than 40 dB below full scale is heard louder, unless it holds no more than the noise of 16 bits.

      A note begins where its probability reaches `threshold=` and goes on while it is at least `release=`; its onset is \
      then moved to where its pitch sets in, and it is divided where that is struck again. Its velocity tells how loud it begins: 100 where the loudest tenth of the notes begins, half of that for 12 dB \
      less. With `reference=`, a file of what was played, the \
      picture shows right, missed and extra notes, compared by pitch and onset within 50 ms.

      `tempo=` is for score programs and moves no note: with `tempo=auto` beats and bars are heard in the notes, and the \
      MIDI file has a tempo for each beat, so that bars fall on bars. `quantise=1/16` also writes a score for piano: \
      `song.quantised.mid` and `song.musicxml` have the notes on the nearest sixteenths, `1/12` on triplets of eighths. \
      The beats are those of `tempo=`, from the beginning of the recording on where that is a number.

      `page=on` writes `song.html`, one file that any browser opens without a network: the piano roll to zoom and \
      scroll, and a player that goes over from the recording to the notes by a slider. It holds the recording as MP3, 0.6 MB a \
      minute; of one that lasts more than four hours it plays the notes alone.

      A recording with a fault is told of at the end; the others are done. From a terminal: `rse transcribe *.wav`, \
      or `ffmpeg … -f wav - | rse transcribe -`.
      """,
    signature: Signature(
      positionals: [files],
      options: [
        to, threshold, release, smoothing, shortest, BeatOptions.tempo, BeatOptions.quantise,
        reference, range, picture, sound, probabilities, page, of,
      ]
    ),
    examples: [
      .init(
        """
        data notes window=256 batch=2; model rse maps=4 blocks=1; train 2
        transcribe minuet picture=off
        """,
        "a recording that ships, with a model that has hardly learned yet"
      )
    ],
    category: Category.models
  )

  private let files: [String]
  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    files = arguments[Self.files]
    guard !files.isEmpty else {
      throw arguments.error(
        "the recordings are missing",
        remedy: "for example `transcribe song.flac`"
      )
    }
    guard files.count(where: { $0 == StandardRecording.argument }) < 2 else {
      throw arguments.error(
        on: Self.files,
        "standard input is named twice, and can be read once",
        remedy: "write `-` once"
      )
    }
    guard files.count == 1 || !arguments.has(Self.reference) else {
      throw arguments.error(
        on: Self.reference,
        "a reference is of one recording, and there are \(files.count)",
        remedy: "transcribe them one by one"
      )
    }
  }

  package func run(in session: Session) throws -> Value {
    let settings = try settings(in: session)
    let listener = try Listener(named: arguments[Self.of], in: session)
    let folder = arguments[Self.to]
    if let folder { try Diagnostic.about(Self.to) { try session.makeFolder(folder) } }
    let files = try files.flatMap { file in
      try Diagnostic.about(Self.files) { try session.files(matching: file) }
    }
    let inputs = files + [arguments[Self.reference]].compactMap(\.self)
    let stems = Self.stems(of: files)
    let outcomes = try session.spread(files.count) { number in
      let transcription = Transcription(
        argument: files[number],
        files: TranscriptionFiles(folder: folder, name: stems[number]),
        listener: listener,
        settings: settings
      )
      return try Outcome(of: files[number]) {
        try transcription.files.check(settings.kinds, inputs: inputs, in: session)
        return try transcription.run(in: session)
      }
    }
    try report(
      zip(files, outcomes).compactMap { file, outcome in
        outcome.fault.map { (file, Diagnostic($0, remedy: outcome.remedy)) }
      },
      of: files
    )
    let records = outcomes.compactMap(\.record)
    if records.count == 1 { return .record(records[0]) }
    return .list(records.map { .record($0) })
  }

  /// The outcome of transcribing a recording: a record, or an error with its remedy.
  private struct Outcome: Codable {
    var record: Record?
    var fault: String?
    var remedy: String?

    init(of file: String, _ transcribe: () throws -> Record) throws {
      do {
        record = try transcribe()
      } catch let error as AudioError {
        (fault, remedy) = (error.message, error.remedy)
      } catch let error as Diagnostic {
        (fault, remedy) = (error.message, error.remedy)
      } catch  where !(error is any Interruption) {
        fault = "\(file): \(error.localizedDescription)"
      }
    }
  }

  /// Throws an error that combines the errors of all recordings; a no-op if there are none.
  private func report(
    _ faults: [(file: String, fault: Diagnostic)],
    of files: [String]
  ) throws {
    guard let first = faults.first else { return }
    guard files.count > 1 else {
      throw arguments.error(on: Self.files, first.fault.message, remedy: first.fault.remedy)
    }
    let texts = faults.map { "  " + $0.fault.message }.joined(separator: "\n")
    throw arguments.error(
      on: Self.files,
      "\(faults.count) of \(counted(files.count, "recording")) not transcribed:\n\(texts)",
      remedy: faults.count < files.count ? "the others are done" : first.fault.remedy
    )
  }

  /// Returns the stems of the files to write: the recordings' names, with their extensions where two stems are the
  /// same.
  private static func stems(of files: [String]) -> [String] {
    let names = files.map { (StandardRecording.shown($0) as NSString).lastPathComponent }
    let stems = names.map { ($0 as NSString).deletingPathExtension }
    let counts = Dictionary(stems.map { ($0, 1) }, uniquingKeysWith: +)
    var used: Set<String> = []
    return zip(names, stems).map { name, stem in
      let wanted = counts[stem] == 1 ? stem : name
      let free =
        ([wanted] + (2...max(2, files.count + 1)).map { "\(wanted)-\($0)" })
        .first { !used.contains($0) && ($0 == wanted || counts[$0] == nil) } ?? wanted
      used.insert(free)
      return free
    }
  }

  private func settings(in session: Session) throws -> Transcription.Settings {
    var settings = Transcription.Settings()
    if let threshold = arguments[Self.threshold] {
      settings.finder.threshold = Float(threshold)
      settings.reader.threshold = threshold
    }
    settings.finder.release = min(settings.finder.release, settings.finder.threshold)
    if let release = arguments[Self.release] {
      guard Float(release) <= settings.finder.threshold else {
        throw arguments.error(
          on: Self.release,
          "a note goes on at probabilities that are lower than it begins at",
          remedy: "choose at most the threshold"
        )
      }
      settings.finder.release = Float(release)
      settings.reader.release = release
    }
    let (smoothing, shortest) = (arguments[Self.smoothing], arguments[Self.shortest])
    settings.finder.smoothing = Transcription.frames(milliseconds: smoothing) / 2 * 2 + 1
    settings.finder.leastFrames = max(1, Transcription.frames(milliseconds: shortest))
    settings.beats = try BeatOptions(arguments)
    settings.reader.leastFrames = shortest / 1000 * Listener.frameRate
    settings.draws = arguments[Self.picture]
    settings.sounds = arguments[Self.sound]
    settings.keepsProbabilities = arguments[Self.probabilities]
    settings.makesPage = arguments[Self.page]
    settings.pitches = try pitches()
    if let file = arguments[Self.reference] {
      let list = try Diagnostic.about(Self.reference) { try session.notes(in: file) }
      for remark in list.remarks { try session.remark(remark) }
      settings.reference = list.notes
    }
    return settings
  }

  /// Parses the pitches of `range=`, such as `C2..C6`.
  private func pitches() throws -> ClosedRange<Int>? {
    guard let text = arguments[Self.range] else { return nil }
    let ends = text.components(separatedBy: "..").map { Pitch.number($0) ?? Int($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high,
      Pitch.range.contains(low), Pitch.range.contains(high)
    else {
      throw arguments.error(
        on: Self.range,
        "`\(text)` is no range of pitches",
        remedy: "write names or MIDI numbers, such as C2..C6 or 36..84"
      )
    }
    return low...high
  }
}

extension Session {
  /// The file-name extensions of recordings.
  package static var recordingExtensions: [String] { Transcription.recordings }

  /// Returns the statement that transcribes recordings, given words from a system shell: words of the form `name=value`
  /// are options, unless a file has that name; all others are recordings.
  package static func transcription(of words: [String]) -> String {
    func written(_ text: String) -> String {
      let isPlain = text.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "._/-".contains($0))
      }
      return isPlain && !text.isEmpty ? text : Value.text(text).literal ?? text
    }
    let parts = words.map { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].allSatisfy(\.isLetter), !parts[0].isEmpty,
        !FileManager.default.fileExists(atPath: word)
      else { return Value.text(word).literal ?? word }
      return "\(parts[0])=\(written(String(parts[1])))"
    }
    return (["transcribe"] + parts).joined(separator: " ")
  }
}
