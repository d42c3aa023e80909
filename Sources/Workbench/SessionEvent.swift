import CommandLanguage
import Notebooks

/// What a session tells the program around it while it works.
package enum SessionEvent {
  /// A line of output; volatile ones hold times, speeds and paths.
  case output(OutputLine)
  /// How far a long command is.
  case progress(WorkProgress)
  /// The long command is over, or an output line is about to be shown.
  case progressEnded
}

/// How far a long command is.
package struct WorkProgress: Sendable {
  /// What is done, such as `train`.
  package let activity: String
  /// Units of work done and in all.
  package let done: Int
  package let total: Int
  /// The unit, such as `steps`.
  package let unit: String
  /// Seconds since the command began.
  package let seconds: Double
  /// What else there is to see, such as `loss 0.4873  accuracy 0.4587`.
  package let detail: String

  /// Units per second so far.
  package var speed: Double { seconds > 0 ? Double(done) / seconds : 0 }

  /// Seconds that the rest will take at this speed; nil before there is one.
  package var remaining: Double? {
    done > 0 && seconds > 0 ? Double(total - done) * seconds / Double(done) : nil
  }
}

/// Ctrl-C while statements run.
package struct Interrupted: Interruption {
  package init() {}
}

/// `quit`: the session is over.
package struct QuitRequest: Interruption {}
