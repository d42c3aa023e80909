import Audio
import CommandLanguage
import Figures
import Sessions
import Tasks

/// The part of `data` that is about performances.
enum PerformanceOptions {
  static let tasks = ["performances"]

  static let batch = CommandArgument(
    "batch",
    .integer(in: 1...MusicData.largestBatch),
    "windows in a step",
    default: 8
  )
  private static let window = CommandArgument(
    "window",
    .powerOfTwo(in: PerformanceForm.windows),
    "what the network hears at once: samples at 11,000 a second",
    unit: "samples",
    default: PerformanceForm().window
  )
  private static let input = CommandArgument(
    "input",
    .choice(PerformanceForm.Hearing.self),
    "how it hears: each key of a piano the harmonics of its string, or the rows of a spectrogram",
    default: PerformanceForm().input
  )
  static let path = CommandArgument(
    "path",
    .directory,
    "the folder of the recordings",
    otherwise: "none: the music is made up"
  )

  static let groups = [
    ScopedOptions(
      "performances",
      under: tasks,
      topic: "performances",
      replacements: ["lengths": "window= says what the network hears at once"],
      options: [batch, window, input, path] + MusicOptions.changes
    )
  ]

  /// What the arguments ask for.
  ///
  /// - Parameter model: the form that the current model hears, which decides what the arguments do not say.
  static func form(
    _ arguments: BoundArguments,
    as model: PerformanceForm?
  ) throws(Diagnostic) -> PerformanceForm {
    var form = PerformanceForm()
    form.input = arguments.has(input) ? arguments[input] : model?.input ?? arguments[input]
    let heard = model?.input == form.input ? model?.window : nil
    form.window = arguments.has(window) ? arguments[window] : heard ?? arguments[window]
    form.path = arguments[path]
    form.gain = arguments[MusicOptions.gain]
    form.pitch = arguments[MusicOptions.pitch]
    form.noise = arguments[MusicOptions.noise]
    form.transpose = arguments[MusicOptions.transpose]
    return form
  }

  /// Whether the form depends on what the current model hears.
  static func leavesInput(_ arguments: BoundArguments) -> Bool { !arguments.has(input) }
}

extension PerformanceData {
  /// Faults of files that are told one by one.
  private static let toldFaults = 8

  /// The data of a form; recordings are read into the cache if they are not there yet.
  ///
  /// - Throws: `Interrupted`, or a diagnostic about `path=`.
  package static func make(
    _ form: PerformanceForm,
    batchSize: Int,
    in session: Session
  ) throws -> PerformanceData {
    guard let path = form.path else {
      return PerformanceData(.made, form: form, batchSize: batchSize)
    }
    let start = ContinuousClock.now
    let set: PerformanceSet
    do {
      set = try PerformanceSet(path: session.readingPath(path)) { progress in
        try session.checkInterruption()
        session.emit(
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
      throw Diagnostic(fault.message, about: PerformanceOptions.path, remedy: fault.remedy)
    }
    session.noteReading(path, digest: set.digest)
    for fault in set.faults.prefix(toldFaults) {
      session.emit("left out: \(fault.message)", .volatile)
    }
    if set.faults.count > toldFaults {
      session.emit("and \(set.faults.count - toldFaults) more faults", .volatile)
    }
    set.notices.forEach { session.emit($0, .volatile) }
    let counts = zip(MusicNetSplit.Role.allCases, ["train", "validate", "test"]).map { role, verb in
      let recordings = set[role]
      let minutes = recordings.reduce(0) { $0 + $1.recording.seconds } / 60
      return "\(recordings.count) to \(verb) (\(grouped(Int(minutes.rounded()))) min)"
    }
    session.emit("recordings: " + counts.joined(separator: ", "))
    return PerformanceData(.recordings(set), form: form, batchSize: batchSize)
  }
}
