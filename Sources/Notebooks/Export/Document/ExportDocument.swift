/// A notebook as readers see it, whatever format it goes into.
struct ExportDocument {
  /// A part of a notebook.
  enum Block {
    /// Markdown.
    case prose(String)
    /// Statements and what they printed.
    case cell(ExportCell)
  }

  /// The first heading of the prose, or the file's name.
  let title: String
  /// True if the prose has a heading that is the title.
  let hasHeading: Bool
  /// The file's name without its folder.
  let fileName: String
  /// The lines of the notebook's header, such as the environment its output was made in.
  let header: [HeaderLine]
  /// Its parts, in order.
  let blocks: [Block]

  /// The command that makes the output and the pictures of the notebook.
  var remedy: String { "rse record \(fileName)" }

  /// Whether any cell has a line that replays do not compare.
  var hasVolatileLines: Bool {
    blocks.contains { block in
      if case .cell(let cell) = block { cell.output.contains(where: \.isVolatile) } else { false }
    }
  }

  /// Whether any cell failed, as expected or not.
  var hasFailures: Bool {
    blocks.contains { if case .cell(let cell) = $0 { cell.failure != nil } else { false } }
  }
}

/// Statements and what they printed; or comments between statements; or output above all statements.
struct ExportCell {
  /// The cell's number, from 1; nil for what is never run.
  let number: Int?
  /// The code, lines joined by `\n`; empty only for output above all statements.
  let code: String
  /// What it printed, without the lines about its failure.
  let output: [OutputLine]
  /// The names of the pictures that it drew.
  let pictures: [String]
  /// Its failure, if it failed.
  let failure: ExportFailure?

  /// True if there is anything below the code.
  var hasResults: Bool { !output.isEmpty || !pictures.isEmpty || failure != nil }

  /// The output, lines of a kind together.
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

  /// What a picture shows, for those who do not see it: the statement that drew it.
  func description(of picture: String) -> String {
    let lines = code.textLines.map(\.withoutOuterBlanks).filter { !$0.isEmpty }
    let line = lines.first { $0.contains(picture) } ?? lines.first
    return line.map { "\(picture), drawn by: \($0)" } ?? picture
  }
}

/// How a cell failed.
struct ExportFailure {
  /// What the failure means.
  enum Kind: String {
    /// The author says so.
    case expected = "ExpectedFailure"
    /// Nobody expected it; the run ended here.
    case unexpected = "Failure"
    /// The user stopped it.
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

  /// What it means.
  let kind: Kind
  /// The message; empty while none is recorded.
  let message: [String]
}
