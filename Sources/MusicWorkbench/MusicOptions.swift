import Audio
import CommandLanguage
import Figures
import Sessions
import Tasks

/// The options of `data` for music.
enum MusicOptions {
  /// The tasks that these options belong to.
  static let tasks = ["notes", "musicnet"]

  static let batch = CommandArgument(
    "batch",
    .integer(in: 1...MusicData.largestBatch),
    "windows in a step",
    default: 16
  )
  private static let window = CommandArgument(
    "window",
    .powerOfTwo(in: 256...65536),
    "what the network hears at once: samples at 11,000 a second, or parts of coefficients",
    unit: "values",
    default: MusicForm().window
  )
  private static let input = CommandArgument(
    "input",
    .choice(AudioForm.self),
    "the samples, the first half of their Fourier coefficients, or a spectrogram",
    default: MusicForm().input
  )
  private static let multiplier = CommandArgument(
    "multiplier",
    .powerOfTwo(in: 1...Spectrum.largestMultiplier),
    "of how many times as many samples as window= the spectrum is",
    default: MusicForm().multiplier
  )
  static let gain = CommandArgument(
    "gain",
    .number(in: 0...40),
    "training changes the loudness by up to so much up or down",
    unit: "dB",
    default: 0
  )
  static let pitch = CommandArgument(
    "pitch",
    .number(in: 0...0.5),
    "training changes the pitch by up to so much up or down",
    unit: "semitones",
    default: 0
  )
  static let noise = CommandArgument(
    "noise",
    .number(in: 0...100),
    "training adds noise at least so much below the music, at most 20 more",
    unit: "dB",
    otherwise: "none"
  )
  static let transpose = CommandArgument(
    "transpose",
    .integer(in: 0...Spectrogram.largestShift),
    "training moves spectrograms and their notes by up to so much up or down",
    unit: "semitones",
    default: 0
  )
  /// The options of the random changes to training windows.
  static let changes: [any DeclaredArgument] = [gain, pitch, noise, transpose]

  static let path = CommandArgument(
    "path",
    .fileToRead(extensions: ["gz", "tgz", "tar", "zip"]),
    "the folder or archive of the recordings"
  )
  private static let split = CommandArgument(
    "split",
    .choice(MusicNetSplit.self),
    "what tests: the original's three recordings, or the published test folder",
    default: MusicForm().split
  )

  static let groups = [
    ScopedOptions(
      "music",
      under: tasks,
      topic: "music",
      replacements: ["lengths": "window= says what the network hears at once"],
      options: [batch, window, input, multiplier] + changes
    ),
    ScopedOptions("made-up music", under: ["notes"], topic: "music that is made up", options: []),
    ScopedOptions("music in recordings", under: ["musicnet"], options: [path, split]),
  ]

  /// Returns the form that the arguments request.
  ///
  /// - Parameter model: the form that the current model reads; the default of what the arguments leave out.
  static func form(
    _ task: String,
    _ arguments: BoundArguments,
    as model: MusicForm?
  ) throws(Diagnostic) -> MusicForm {
    var form = MusicForm()
    form.input = arguments.has(input) ? arguments[input] : model?.input ?? arguments[input]
    let isInherited = model?.input == form.input
    form.window =
      arguments.has(window) || !isInherited
      ? arguments[window] : model?.window ?? arguments[window]
    form.gain = arguments[gain]
    form.pitch = arguments[pitch]
    form.noise = arguments[noise]
    form.transpose = arguments[transpose]
    guard form.transpose == 0 || form.input == .spectrogram else {
      throw arguments.error(
        on: transpose,
        "`transpose=` is about spectrograms",
        remedy: "add input=spectrogram, or leave it out"
      )
    }
    let windows = MusicForm.windows(form.input)
    guard windows.contains(form.window) else {
      throw arguments.error(
        on: window,
        "`input=\(form.input.rawValue)` takes windows from \(windows.lowerBound) to \(windows.upperBound)",
        remedy: "choose a power of two among them"
      )
    }
    guard form.input == .fourier || !arguments.has(multiplier) else {
      throw arguments.error(
        on: multiplier,
        "`multiplier=` is about Fourier coefficients",
        remedy: "add input=fourier, or leave it out"
      )
    }
    form.multiplier =
      arguments.has(multiplier) || !isInherited
      ? arguments[multiplier] : model?.multiplier ?? arguments[multiplier]
    if task == "notes" { return form }
    guard let path = arguments[path] else {
      throw arguments.error(
        "the place of the recordings is missing",
        remedy: "for example `data musicnet path=musicnet.tar.gz`; `data notes` needs no files"
      )
    }
    form.path = path
    form.split = arguments.has(split) ? arguments[split] : model?.split ?? arguments[split]
    return form
  }

  /// Returns true if the form depends on the current model's input.
  static func leavesInput(_ arguments: BoundArguments) -> Bool { !arguments.has(input) }
}

extension MusicData {
  /// Creates the data of a form; recordings are read into the cache if they are not in it yet.
  ///
  /// - Throws: `Interrupted`, or a diagnostic about `path=`.
  package static func make(
    _ form: MusicForm,
    batchSize: Int,
    in session: Session
  ) throws -> MusicData {
    guard let path = form.path else {
      return MusicData(.notes, form: form, batchSize: batchSize)
    }
    let start = ContinuousClock.now
    let set: MusicNetSet
    do {
      if let files = try WindowFiles(folder: session.readingPath(path), form: form) {
        guard form.gain == 0, form.pitch == 0, form.noise == nil, form.input != .spectrogram else {
          throw Diagnostic(
            "windows that are cut already cannot be changed",
            about: MusicOptions.path,
            remedy: "leave out gain=, pitch= and noise=, or give the recordings"
          )
        }
        return MusicData(.windows(files), form: form, batchSize: batchSize)
      }
      set = try MusicNetSet(path: session.readingPath(path), split: form.split) { progress in
        try session.showReading(progress.share, of: progress.file, since: start)
      }
    } catch let fault as DataFault {
      throw Diagnostic(fault.message, about: MusicOptions.path, remedy: fault.remedy)
    }
    session.noteReading(path, digest: set.digest)
    try session.tell(set.faults, notices: set.notices) { set.recordings(for: $0).map(\.recording) }
    return MusicData(.recordings(set), form: form, batchSize: batchSize)
  }
}

extension DataFault {
  /// The error as a diagnostic of commands.
  var diagnostic: Diagnostic {
    Diagnostic(message, remedy: remedy)
  }
}
