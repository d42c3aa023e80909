import CommandLanguage
import Notebooks
import Plotting

/// The program around a session: what it shows, and what it wants.
package struct SessionHost {
  /// Asked at safe points; true ends the running statement.
  package var isInterrupted: () -> Bool
  /// Told what happens.
  package var observer: (SessionEvent) -> Void
  /// The time from one message on progress to the next.
  package var progressInterval = Duration.zero
  /// Whether trainings go on from the checkpoints of a run that was cut off.
  package var resumes = false
  /// Whether files that deviate from their form are refused, until `set strict=` says else.
  package var isStrict = false
  /// Takes the files of a process for which another one writes; nil where this one writes its own.
  package var unseenFolder: String?
  /// Shows a figure in the terminal, in a theme or in the one that suits it, and tells whether it could; nil
  /// where there is none.
  package var showPicture: ((Figure, Theme?) throws -> Bool)?

  package init(
    isInterrupted: @escaping () -> Bool = { false },
    observer: @escaping (SessionEvent) -> Void = { _ in }
  ) {
    self.isInterrupted = isInterrupted
    self.observer = observer
  }
}

/// How far a line of output is the same each time its statement is run; replays compare by it.
package enum OutputStability: Sendable {
  /// The same everywhere.
  case stable
  /// It follows from the arithmetic of a training: the same bits with the same version of the arithmetic only.
  case arithmetic
  /// Times, speeds and paths.
  case volatile
}

/// What a session tells the program around it while it works.
package enum SessionEvent {
  /// A line of output; volatile ones hold times, speeds and paths.
  case output(OutputLine)
  /// The value of an expression that stands alone, as a line of output.
  case value(OutputLine)
  /// A table, and its lines of output.
  case table(TextTable, [OutputLine])
  /// A picture that was written into a file.
  case picture(WrittenPicture)
  /// How far a long command is.
  case progress(WorkProgress)
  /// The long command is over, or an output line is about to be shown.
  case progressEnded
  /// A command, an expression or a binding is done; its output has been told.
  case result(StatementResult)

  /// Whether it belongs to the output of statements rather than to how far they are.
  package var isOutput: Bool {
    switch self {
    case .output, .value, .table, .picture, .result: true
    case .progress, .progressEnded: false
    }
  }

  /// The lines of output that it shows.
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

/// What a statement gave.
package struct StatementResult: Sendable {
  /// What messages call the text that the statement stands in.
  package let source: String
  /// The line that it begins on.
  package let line: Int
  /// The statement as it was written.
  package let statement: String
  /// Its value; nothing for statements without one.
  package let value: Value
}

/// How far a long command is.
package struct WorkProgress: Sendable {
  /// What is done, such as `train`.
  package let activity: String
  /// Units of work done, and in all; 0 where it is not known how many those are.
  package let done: Int
  package let total: Int
  /// Units that had been done before the command began, by a run that goes on.
  package var earlier = 0
  /// The share of the present unit that is done.
  package var part = 0.0
  /// The unit, such as `steps`.
  package let unit: String
  /// Seconds since the command began.
  package let seconds: Double
  /// What else there is to see, such as `loss 0.4873  accuracy 0.4587`.
  package let detail: String
  /// Values over the time so far, such as losses, to be drawn small.
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

  /// Units per second so far.
  package var speed: Double { seconds > 0 ? doneHere / seconds : 0 }

  /// The share of the work that is done.
  package var share: Double { total > 0 ? exact / Double(total) : 0 }

  /// Seconds that the rest will take at this speed; nil before there is one.
  package var remaining: Double? {
    speed > 0 && total > 0 ? (Double(total) - exact) / speed : nil
  }

  private var doneHere: Double { exact - Double(earlier) }

  private var exact: Double { Double(done) + part }
}

/// Ctrl-C while statements run.
package struct Interrupted: Interruption {
  /// A statement that does what the interrupted one had done, if there is one.
  package let done: String?
  /// Whether something was done that no statement says.
  package let hasMore: Bool

  package init(done: String? = nil, hasMore: Bool = false) {
    self.done = done
    self.hasMore = hasMore
  }
}

/// `quit`: the session is over.
package struct QuitRequest: Interruption {}
