import CommandLanguage
import Foundation
import Notebooks

/// `replay first-steps.rsenb`
package struct ReplayCommand: Command {
  private static let file = CommandArgument.required(
    "file",
    .fileToRead(extensions: ["rsenb"]),
    "the notebook"
  )
  private static let tolerance = CommandArgument(
    "tolerance",
    .number(in: 0...1),
    "relative difference of numbers allowed",
    default: Tolerance.standard.relative
  )

  package static let declaration = CommandDeclaration(
    name: "replay",
    summary: "Run a notebook in a fresh session and compare with what it records",
    discussion: """
      Output is compared digit for digit where the arithmetic is that of the record, else \
      numbers within the tolerance. Files that the notebook writes go into a temporary folder. A \
      difference is an error here; `rse replay FILE` ends with status 3.
      """,
    signature: Signature(positionals: [file], options: [tolerance]),
    examples: [
      .init("record start mine.rsenb\nseed 3\nrecord stop\nreplay mine.rsenb", "identical")
    ],
    category: Category.files
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    let file = arguments[Self.file]
    var options = ReplayOptions()
    options.tolerance = try Tolerance(relative: arguments[Self.tolerance])
    let report: ReplayReport
    do {
      report = try session.nestedRun().replay(session.readingPath(file), options: options)
    } catch let error as NotebookError {
      let text = error.description.replacingOccurrences(of: session.readingPath(file), with: file)
      throw arguments.error(on: Self.file, text)
    }
    if report.status == .interrupted { throw Interrupted() }
    guard report.status == .done else {
      throw Diagnostic(
        "\(file) does not replay: \(report.summary)",
        notes: report.diff().split(separator: "\n").map(String.init)
      )
    }
    session.emit(report.summary)
    return .text(report.summary)
  }
}
