/// A notebook as its readers see it, independent of the export format.
struct ExportDocument {
  /// A part of a notebook.
  enum Block {
    /// Markdown.
    case prose(String)
    /// Statements and their output.
    case cell(ExportCell)
  }

  /// The first heading of the prose, or the file's name.
  let title: String
  /// True if the prose has a heading, which is then the title.
  let hasHeading: Bool
  /// The file's name without its folder.
  let fileName: String
  /// The lines of the notebook's header, such as the environment in which its output was made.
  let header: [HeaderLine]
  /// Its parts, in order.
  let blocks: [Block]

  /// The command that produces the notebook's output and pictures.
  var remedy: String { "rse record \(fileName)" }

  /// True if any cell has a line that replays do not compare.
  var hasVolatileLines: Bool {
    blocks.contains { block in
      if case .cell(let cell) = block { cell.output.contains(where: \.isVolatile) } else { false }
    }
  }

  /// True if any cell failed, expectedly or not.
  var hasFailures: Bool {
    blocks.contains { if case .cell(let cell) = $0 { cell.failure != nil } else { false } }
  }
}

/// Statements and their output; or comments between statements; or output above all statements.
struct ExportCell {
  /// The cell's number, from 1; nil for parts that are never run.
  let number: Int?
  /// The code, lines joined by `\n`; empty only for output above all statements.
  let code: String
  /// Its output, without the failure lines.
  let output: [OutputLine]
  /// The names of the pictures that it drew.
  let pictures: [String]
  /// Its failure, if it failed.
  let failure: ExportFailure?

  /// True if there is anything below the code.
  var hasResults: Bool { !output.isEmpty || !pictures.isEmpty || failure != nil }

  /// The output, in runs of lines of the same kind.
  var runs: [(lines: [String], isVolatile: Bool)] {
    var runs: [(lines: [String], isVolatile: Bool)] = []
    for line in output {
      if runs.last?.isVolatile == line.isVolatile {
        runs[runs.count - 1].lines.append(line.text)
      } else {
        runs.append(([line.text], line.isVolatile))
      }
    }
    return runs
  }

  /// Returns a picture's text alternative: the statement that drew it.
  func description(of picture: String) -> String {
    let lines = code.textLines.map(\.withoutOuterBlanks).filter { !$0.isEmpty }
    let line = lines.first { $0.contains(picture) } ?? lines.first
    return line.map { "\(picture), drawn by: \($0)" } ?? picture
  }
}

/// A cell's failure.
struct ExportFailure {
  /// The meaning of a failure.
  enum Kind: String {
    /// A failure that the author announced.
    case expected = "ExpectedFailure"
    /// A failure that was not announced; it ended the run.
    case unexpected = "Failure"
    /// A stop by the user.
    case interrupted = "Interrupted"

    /// A heading for the message.
    var title: String {
      switch self {
      case .expected: "Fails, as expected"
      case .unexpected: "Failed"
      case .interrupted: "Interrupted"
      }
    }
  }

  /// The meaning of the failure.
  let kind: Kind
  /// The message; empty while none is recorded.
  let message: [String]
}
