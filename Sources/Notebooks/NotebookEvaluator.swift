/// What a notebook asks of the program that understands its statements.
package protocol NotebookEvaluator: AnyObject {
  /// What decides whether output is comparable digit for digit: parts joined by `, `, each a name and
  /// a value, such as `arithmetic 1`.
  var environment: String { get }

  /// Volatile facts for the header (threads, host, a `data` line per file read), asked again when a
  /// run has ended. An empty value takes the lines of that key out of the header.
  var facts: [(key: String, value: String)] { get }

  /// The lines (from 0) of each whole top-level statement of `code`, whose lines end in `\n`.
  ///
  /// Statements that share a line belong to one group; an unfinished statement is a group to the end.
  /// Blank lines and comments between statements are in none: what is in no group is never run. The
  /// answer may depend on `code` alone: the same lines are grouped again, in other company, once
  /// output stands between them.
  func groups(in code: String) -> [Range<Int>]

  /// Runs one group, which begins at `firstLine` (from 1) of `file`.
  ///
  /// Place is for what the user sees at once. Neither stable output nor the message of a failure may
  /// contain it, since recording output above a statement moves the statement.
  func evaluate(_ code: String, file: String, firstLine: Int) -> CellOutcome
}

/// One line of output.
package struct OutputLine: Codable, Sendable, Equatable {
  /// The line; line ends inside it make several lines of it in the notebook.
  package let text: String
  /// True for what changes from run to run: times, speeds, paths.
  package let isVolatile: Bool
  /// Parts that a terminal with colours sets off; a notebook holds the text alone.
  package let shades: [Shade]

  /// A part of a line that is set off.
  package struct Shade: Codable, Sendable, Equatable {
    /// Places of its bytes in the line.
    package let bytes: Range<Int>
    /// How much, from 0 to 1.
    package let strength: Double

    package init(_ bytes: Range<Int>, strength: Double) {
      self.bytes = bytes
      self.strength = strength
    }
  }

  /// Parts that a terminal with colours sets in a style; a notebook holds the text alone.
  package let styles: [Style]

  /// A part of a line and how it is set.
  package struct Style: Codable, Sendable, Equatable {
    /// The styles that there are.
    package enum Kind: String, Codable, Sendable {
      case heading, strong, emphasis, faint, failure, code
      case comment, keyword, command, option, variable, number, string
    }

    /// Places of its bytes in the line.
    package let bytes: Range<Int>
    /// How it is set.
    package let kind: Kind

    package init(_ bytes: Range<Int>, _ kind: Kind) {
      self.bytes = bytes
      self.kind = kind
    }
  }

  package init(
    _ text: String,
    isVolatile: Bool = false,
    shades: [Shade] = [],
    styles: [Style] = []
  ) {
    self.text = text
    self.isVolatile = isVolatile
    self.shades = shades
    self.styles = styles
  }

  /// The line as a notebook holds it: one or more lines without blanks at their ends.
  var recordable: [OutputLine] {
    text.textLines.map { OutputLine($0.withoutTrailingBlanks, isVolatile: isVolatile) }
  }
}

/// What came of running one cell.
package struct CellOutcome: Sendable, Equatable {
  /// How a cell ended.
  package enum Ending: Sendable, Equatable {
    /// All its statements are done.
    case completed
    /// A statement failed; the message may have several lines.
    case failed(message: String)
    /// The user stopped it.
    case interrupted
    /// A statement ended the session, as `quit` does.
    case finished
  }

  /// The output, up to where the cell ended.
  package var output: [OutputLine]
  /// How it ended.
  package var ending: Ending

  package init(output: [OutputLine] = [], ending: Ending = .completed) {
    self.output = output
    self.ending = ending
  }

  /// The outcome with its output as a notebook holds it.
  var recordable: CellOutcome {
    CellOutcome(output: output.flatMap(\.recordable), ending: ending)
  }
}
