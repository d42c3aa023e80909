import Audio
import CommandLanguage
import Tasks

/// The part of `data` that is about music.
enum MusicOptions {
  /// Tasks whose input is audio.
  static let tasks = ["notes", "musicnet"]

  /// Options that no other task has.
  static let parameters: [Signature.Parameter] = [
    .optional(
      "path",
      .fileToRead(extensions: ["gz", "tgz", "tar", "zip"]),
      "musicnet: the folder or archive of the recordings; lambada: the folder of the passages"
    ),
    .optional(
      "window",
      .powerOfTwo(.from(256, through: 65536)),
      "music: what the network hears at once: samples at 11,000 a second, or parts of coefficients",
      unit: "values",
      default: "2048"
    ),
    .optional(
      "input",
      .choice(AudioForm.allCases.map(\.rawValue)),
      "music: the samples, the first half of their Fourier coefficients, or a spectrogram",
      default: "raw"
    ),
    .optional(
      "multiplier",
      .powerOfTwo(.from(1, through: Double(Spectrum.largestMultiplier))),
      "music: of how many times as many samples as window= the spectrum is",
      default: "1"
    ),
    .optional(
      "split",
      .choice(MusicNetSplit.allCases.map(\.rawValue)),
      "musicnet: what tests: the original's three recordings, or the published test folder",
      default: "original"
    ),
    .optional(
      "gain",
      .number(.from(0, through: 40)),
      "music: training changes the loudness by up to so much up or down",
      unit: "dB",
      default: "0"
    ),
    .optional(
      "pitch",
      .number(.from(0, through: 0.5)),
      "music: training changes the pitch by up to so much up or down",
      unit: "semitones",
      default: "0"
    ),
    .optional(
      "noise",
      .number(.from(0, through: 100)),
      "music: training adds noise at least so much below the music, at most 20 more",
      unit: "dB",
      default: "none"
    ),
    .optional(
      "transpose",
      .integer(.from(0, through: Double(Spectrogram.largestShift))),
      "music: training moves spectrograms and their notes by up to so much up or down",
      unit: "semitones",
      default: "0"
    ),
  ]

  /// Windows of a step where no number is given.
  private static let usualBatch = 16

  /// Windows of a step.
  static func batchSize(_ arguments: BoundArguments) throws(Diagnostic) -> Int {
    let size = arguments.optionalInteger("batch") ?? usualBatch
    guard size <= MusicData.largestBatch else {
      throw arguments.error(
        on: "batch",
        "a step hears at most \(grouped(MusicData.largestBatch)) windows",
        remedy: "use a smaller batch="
      )
    }
    return size
  }

  /// Refuses options of music for something else.
  static func refuse(_ arguments: BoundArguments, for thing: String) throws(Diagnostic) {
    for parameter in parameters where arguments.has(parameter.name) {
      throw arguments.error(
        on: parameter.name,
        "`\(parameter.name)=` is about music, not about \(thing)",
        remedy: "leave it out, or use `data notes` or `data musicnet`"
      )
    }
  }

  /// What the arguments ask for.
  static func form(_ task: String, _ arguments: BoundArguments) throws(Diagnostic) -> MusicForm {
    for option in ["lengths", "alphabet", "padding", "count"] where arguments.has(option) {
      throw arguments.error(
        on: option,
        "`\(option)=` is about tasks of symbols, not about music",
        remedy: option == "lengths" ? "window= says what the network hears at once" : "leave it out"
      )
    }
    var form = MusicForm()
    form.window = arguments.optionalInteger("window") ?? form.window
    form.input = arguments.optionalText("input").flatMap(AudioForm.init) ?? form.input
    form.gain = arguments.optionalNumber("gain") ?? 0
    form.pitch = arguments.optionalNumber("pitch") ?? 0
    form.noise = arguments.optionalNumber("noise")
    form.transpose = arguments.optionalInteger("transpose") ?? 0
    guard form.transpose == 0 || form.input == .spectrogram else {
      throw arguments.error(
        on: "transpose",
        "`transpose=` is about spectrograms",
        remedy: "add input=spectrogram, or leave it out"
      )
    }
    let windows = MusicForm.windows(form.input)
    guard windows.contains(form.window) else {
      throw arguments.error(
        on: "window",
        "`input=\(form.input.rawValue)` takes windows from \(windows.lowerBound) to \(windows.upperBound)",
        remedy: "choose a power of two among them"
      )
    }
    if let multiplier = arguments.optionalInteger("multiplier") {
      guard form.input == .fourier else {
        throw arguments.error(
          on: "multiplier",
          "`multiplier=` is about Fourier coefficients",
          remedy: "add input=fourier, or leave it out"
        )
      }
      form.multiplier = multiplier
    }
    if task == "notes" {
      for option in ["path", "split"] where arguments.has(option) {
        throw arguments.error(
          on: option,
          "`notes` are made up: there is no `\(option)=`",
          remedy: "leave it out, or use `data musicnet path=…`"
        )
      }
      return form
    }
    guard let path = arguments.optionalText("path") else {
      throw arguments.error(
        "the place of the recordings is missing",
        remedy: "for example `data musicnet path=musicnet.tar.gz`; `data notes` needs no files"
      )
    }
    form.path = path
    form.split = arguments.optionalText("split").flatMap(MusicNetSplit.init) ?? form.split
    return form
  }
}

extension MusicData {
  /// Faults of files that are told one by one.
  private static let toldFaults = 8

  /// The data of a form; recordings are read into the cache if they are not there yet.
  ///
  /// - Throws: `Interrupted`, or a diagnostic.
  static func make(
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
            remedy: "leave out gain=, pitch= and noise=, or give the recordings"
          )
        }
        return MusicData(.windows(files), form: form, batchSize: batchSize)
      }
      set = try MusicNetSet(path: session.readingPath(path), split: form.split) { progress in
        try session.checkInterruption()
        session.tell(
          WorkProgress(
            activity: "read",
            done: Int(100 * progress.share),
            total: 100,
            unit: "%",
            seconds: start.secondsAgo,
            detail: progress.file
          )
        )
      }
    } catch let fault as DataFault {
      throw fault.diagnostic
    }
    session.noteReading(path, digest: set.digest)
    for fault in set.faults.prefix(toldFaults) {
      session.note("left out: \(fault.diagnostic.message)")
    }
    if set.faults.count > toldFaults {
      session.note("and \(set.faults.count - toldFaults) more faults")
    }
    set.notices.forEach(session.note)
    let data = MusicData(.recordings(set), form: form, batchSize: batchSize)
    data.tellCounts(in: session)
    return data
  }

  private func tellCounts(in session: Session) {
    guard case .recordings(let set) = source else { return }
    let counts = MusicNetSplit.Role.allCases.map { role in
      let recordings = set.recordings(for: role)
      let minutes = recordings.reduce(0) { $0 + $1.recording.seconds } / 60
      let verb = ["train", "validate", "test"][
        MusicNetSplit.Role.allCases.firstIndex(of: role) ?? 0
      ]
      return "\(recordings.count) to \(verb) (\(grouped(Int(minutes.rounded()))) min)"
    }
    session.print("recordings: " + counts.joined(separator: ", "))
  }
}

extension DataFault {
  /// The fault as commands tell it.
  var diagnostic: Diagnostic {
    Diagnostic(message, remedy: remedy)
  }
}
