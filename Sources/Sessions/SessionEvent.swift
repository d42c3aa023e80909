import CommandLanguage
import Notebooks
import Plotting

/// The program around a session: its handlers and its wishes.
package struct SessionHost {
  /// Called at safe points; true ends the running statement.
  package var isInterrupted: () -> Bool
  /// Receives the events of the session.
  package var observer: (SessionEvent) -> Void
  /// The minimum time between two progress messages.
  package var progressInterval = Duration.zero
  /// True if trainings resume from the checkpoints of a run that was cut off.
  package var resumes = false
  /// True if files that deviate from their format are rejected, until `set strict=` changes that.
  package var isStrict = false
  /// The folder for the files of a process for which another one writes; nil if this one writes its own.
  package var unseenFolder: String?
  /// Shows a figure in the terminal, in a given theme or in the one that suits it, and returns true if it could; nil
  /// without a terminal.
  package var showPicture: ((Figure, Theme?) throws -> Bool)?

  package init(
    isInterrupted: @escaping () -> Bool = { false },
    observer: @escaping (SessionEvent) -> Void = { _ in }
  ) {
    self.isInterrupted = isInterrupted
    self.observer = observer
  }
}

/// The stability of a line of output when its statement runs again; replays compare accordingly.
package enum OutputStability: Sendable {
  /// The same everywhere.
  case stable
  /// The result of a training's arithmetic: bit-identical only with the same version of the arithmetic.
  case arithmetic
  /// Times, speeds and paths.
  case volatile
}

/// The events of a session, which it reports to its host.
package enum SessionEvent {
  /// A line of output; volatile ones hold times, speeds and paths.
  case output(OutputLine)
  /// The value of an expression statement, as a line of output.
  case value(OutputLine)
  /// A table, and its lines of output.
  case table(TextTable, [OutputLine])
  /// A picture that was written to a file.
  case picture(WrittenPicture)
  /// The progress of a long command.
  case progress(WorkProgress)
  /// The end of a long command, or the notice that an output line follows.
  case progressEnded
  /// The result of a command, an expression or a binding, after its output.
  case result(StatementResult)

  /// True if the event belongs to the output of statements rather than to their progress.
  package var isOutput: Bool {
    switch self {
    case .output, .value, .table, .picture, .result: true
    case .progress, .progressEnded: false
    }
  }

  /// The lines of output in the event.
  package var lines: [OutputLine] {
    switch self {
    case .output(let line), .value(let line): [line]
    case .table(_, let lines): lines
    case .picture, .result, .progress, .progressEnded: []
    }
  }
}

/// A picture that a statement has written.
package struct WrittenPicture: Sendable {
  /// The file as the statement names it.
  package let file: String
  /// The format of the file.
  package let format: PictureFormat
  /// The file's content, which may be animated.
  package let bytes: [UInt8]
}

/// The result of a statement.
package struct StatementResult: Sendable {
  /// The name, in messages, of the text that contains the statement.
  package let source: String
  /// The number of the statement's first line.
  package let line: Int
  /// The statement as it was written.
  package let statement: String
  /// The statement's value; nothing for statements without one.
  package let value: Value
}

/// The progress of a long command.
package struct WorkProgress: Sendable {
  /// The current work, such as `train`.
  package let activity: String
  /// The number of units done, and in all; the latter is 0 if it is unknown.
  package let done: Int
  package let total: Int
  /// The number of units that an earlier run had done, which the command resumes.
  package var earlier = 0
  /// The share of the current unit that is done.
  package var part = 0.0
  /// The unit, such as `steps`.
  package let unit: String
  /// The time since the command began, in seconds.
  package let seconds: Double
  /// Other details, such as `loss 0.4873  accuracy 0.4587`.
  package let detail: String
  /// Values over time, such as losses, for a small curve.
  package var curve: [Double] = []

  package init(
    activity: String,
    done: Int,
    total: Int,
    earlier: Int = 0,
    part: Double = 0.0,
    unit: String,
    seconds: Double,
    detail: String,
    curve: [Double] = []
  ) {
    self.activity = activity
    self.done = done
    self.total = total
    self.earlier = earlier
    self.part = part
    self.unit = unit
    self.seconds = seconds
    self.detail = detail
    self.curve = curve
  }

  /// The number of units per second so far.
  package var speed: Double { seconds > 0 ? doneHere / seconds : 0 }

  /// The share of the work that is done.
  package var share: Double { total > 0 ? exact / Double(total) : 0 }

  /// The time that the rest will take at this speed, in seconds; nil before the speed is known.
  package var remaining: Double? {
    speed > 0 && total > 0 ? (Double(total) - exact) / speed : nil
  }

  private var doneHere: Double { exact - Double(earlier) }

  private var exact: Double { Double(done) + part }
}

/// An interruption by Ctrl-C while statements run.
package struct Interrupted: Interruption {
  /// A statement that repeats the partial work of the interrupted one, if there is one.
  package let done: String?
  /// True if work was done that no statement says.
  package let hasMore: Bool

  package init(done: String? = nil, hasMore: Bool = false) {
    self.done = done
    self.hasMore = hasMore
  }
}

/// The end of the session by `quit`.
package struct QuitRequest: Interruption {}
