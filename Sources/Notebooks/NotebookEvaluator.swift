/// The program that understands a notebook's statements, as the notebook uses it.
package protocol NotebookEvaluator: AnyObject {
  /// The environment, which decides whether output is comparable digit for digit: parts joined by `, `, each
  /// a name and a value, such as `arithmetic 1`.
  var environment: String { get }

  /// Volatile facts for the header (threads, host, a `data` line per file read), requested again at the
  /// end of a run. An empty value removes the lines with that key from the header.
  var facts: [(key: String, value: String)] { get }

  /// Returns the lines (from 0) of each complete top-level statement of `code`, whose lines end in `\n`.
  ///
  /// Statements that share a line belong to one group; an unfinished statement is a group that extends to
  /// the end. Blank lines and comments between statements belong to no group, and lines in no group are
  /// never run. The result may depend on `code` alone: the same lines are grouped again, in another context,
  /// once output is between them.
  func groups(in code: String) -> [Range<Int>]

  /// Runs one group, which begins at `firstLine` (from 1) of `file`.
  ///
  /// The place is only for immediate display. Neither stable output nor a failure's message may contain
  /// it, since recording output above a statement moves the statement.
  func evaluate(_ code: String, file: String, firstLine: Int) -> CellOutcome
}

/// One line of output.
package struct OutputLine: Codable, Sendable, Equatable {
  /// The line; line breaks inside it make it several lines in the notebook.
  package let text: String
  /// True for output that changes from run to run: times, speeds, paths.
  package let isVolatile: Bool
  /// Parts that a terminal with colours highlights; a notebook holds the text alone.
  package let shades: [Shade]

  /// A highlighted part of a line.
  package struct Shade: Codable, Sendable, Equatable {
    /// The byte range in the line.
    package let bytes: Range<Int>
    /// The strength, from 0 to 1.
    package let strength: Double

    package init(_ bytes: Range<Int>, strength: Double) {
      self.bytes = bytes
      self.strength = strength
    }
  }

  /// Parts that a terminal with colours shows in a style; a notebook holds the text alone.
  package let styles: [Style]

  /// A part of a line and its style.
  package struct Style: Codable, Sendable, Equatable {
    /// The available styles.
    package enum Kind: String, Codable, Sendable {
      case heading, strong, emphasis, faint, failure, code
      case comment, keyword, command, option, variable, number, string
    }

    /// The byte range in the line.
    package let bytes: Range<Int>
    /// The style.
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

  /// The line in notebook form: one or more lines without trailing blanks.
  var recordable: [OutputLine] {
    text.textLines.map { OutputLine($0.withoutTrailingBlanks, isVolatile: isVolatile) }
  }
}

/// The result of running one cell.
package struct CellOutcome: Sendable, Equatable {
  /// The way in which a cell ended.
  package enum Ending: Sendable, Equatable {
    /// All its statements completed.
    case completed
    /// A statement failed; the message may have several lines.
    case failed(message: String)
    /// The user stopped it.
    case interrupted
    /// A statement ended the session, as `quit` does.
    case finished
  }

  /// The output, up to the cell's end.
  package var output: [OutputLine]
  /// The way in which it ended.
  package var ending: Ending

  package init(output: [OutputLine] = [], ending: Ending = .completed) {
    self.output = output
    self.ending = ending
  }

  /// The outcome with its output in notebook form.
  var recordable: CellOutcome {
    CellOutcome(output: output.flatMap(\.recordable), ending: ending)
  }
}
