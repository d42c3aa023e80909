import Audio
import CommandLanguage
import Figures
import Sessions
import Tasks

/// The options of `data` for performances.
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
  private static let lead = CommandArgument(
    "lead",
    .number(in: PerformanceForm.leads),
    "how long before they sound the notes of the recordings are written; `transcribe` places them so much later",
    unit: "milliseconds",
    default: 0
  )

  static let groups = [
    ScopedOptions(
      "performances",
      under: tasks,
      topic: "performances",
      replacements: ["lengths": "window= says what the network hears at once"],
      options: [batch, window, input, path, lead] + MusicOptions.changes
    )
  ]

  /// Returns the form that the arguments request.
  ///
  /// - Parameter model: the form that the current model reads; the default of what the arguments leave out.
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
    form.lead = arguments[lead] > 0 ? arguments[lead] : nil
    return form
  }

  /// Returns true if the form depends on the current model's input.
  static func leavesInput(_ arguments: BoundArguments) -> Bool { !arguments.has(input) }
}

extension PerformanceData {
  /// Creates the data of a form; recordings are read into the cache if they are not in it yet.
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
        try session.showReading(progress.share, of: progress.file, since: start)
      }
    } catch let fault as DataFault {
      throw Diagnostic(fault.message, about: PerformanceOptions.path, remedy: fault.remedy)
    }
    session.noteReading(path, digest: set.digest)
    try session.tell(set.faults, notices: set.notices) { role in set[role].map(\.recording) }
    return PerformanceData(.recordings(set), form: form, batchSize: batchSize)
  }
}
