import CommandLanguage
import Foundation
import Notebooks
import Wording

/// `history`, `history 20`, `history save mine.rsenb`
package struct HistoryCommand: Command {
  private static let what = CommandArgument(
    "what",
    .name(of: "history action"),
    "how many of the last entries, or save",
    otherwise: "all"
  )
  private static let file = CommandArgument(
    "file",
    .fileToWrite(extensions: ["rsenb"]),
    "the notebook, after save"
  )

  package static let declaration = CommandDeclaration(
    name: "history",
    summary: "List what was typed in this session, or save it as a notebook",
    discussion: """
      `history save FILE` writes a notebook of the statements that succeeded, with their output, the seed \
      and the parameters that were in force. Of a `train` that Ctrl-C stopped it holds the steps done.
      """,
    signature: Signature(positionals: [what, file]),
    examples: [
      .init("history", "everything"), .init("history 20", "the last twenty entries"),
      .init("seed 7\nhistory save mine.rsenb", "what succeeded, as a notebook"),
    ],
    category: Category.session
  )

  private enum Action {
    case list(Int?)
    case save(String)
  }

  private let action: Action

  package init(_ arguments: BoundArguments) throws {
    switch arguments[Self.what] {
    case nil: action = .list(nil)
    case "save":
      guard let file = arguments[Self.file] else {
        throw arguments.error(
          on: Self.what,
          "the notebook's name is missing",
          remedy: "write `history save mine.rsenb`"
        )
      }
      action = .save(file)
    case let text?:
      guard let count = Int(text), count > 0, !arguments.has(Self.file) else {
        throw arguments.error(
          on: Self.what,
          "`\(text)` is neither a number of entries nor `save`",
          remedy: "`history`, `history 20` or `history save mine.rsenb`"
        )
      }
      action = .list(count)
    }
  }

  package func run(in session: Session) throws -> Value {
    switch action {
    case .list(let count):
      let first = max(0, session.history.count - (count ?? session.history.count))
      for (index, entry) in session.history.enumerated().dropFirst(first) {
        let text = entry.text.split(separator: "\n", omittingEmptySubsequences: false)
          .joined(separator: "\n       ")
        session.emit(
          String(repeating: " ", count: max(0, 5 - "\(index + 1)".count)) + "\(index + 1)  \(text)",
          .volatile
        )
      }
    case .save(let file):
      var notebook = Notebook(
        file: file,
        environment: ProgramEnvironment.line,
        facts: session.facts
      )
      let parts = session.history.flatMap(\.effect.parts).filter { !$0.isAboutHistory }
      guard let first = parts.first else {
        throw Diagnostic(
          "there is nothing to save: no typed statement has succeeded yet",
          remedy: "`history` belongs to the shell; scripts are saved as they are"
        )
      }
      guard !FileManager.default.fileExists(atPath: try session.writingPath(file)) else {
        throw Diagnostic(
          "`\(file)` exists already",
          remedy: "choose another name, or remove it first"
        )
      }
      session.warnOfFolder(of: file)
      if first.text.split(whereSeparator: \.isWhitespace).first != "seed" {
        notebook.append(statement: "seed \(Session.initialSeed)", outcome: CellOutcome())
      }
      for entry in session.history {
        for part in entry.effect.parts where !part.isAboutHistory {
          notebook.append(statement: part.text, outcome: CellOutcome(output: part.output))
        }
        if entry.effect.hasMore { notebook.append(prose: Session.StatementEffect.moreWasDone) }
      }
      try session.write(notebook.bytes, to: file)
      let failed = session.history.count {
        if case .failed = $0.outcome.ending { true } else { false }
      }
      session.emit(
        "\(file)  \(counted(parts.count, "statement"))"
          + (failed == 0 ? "" : ", without what failed in \(failed)"),
        .volatile
      )
    }
    return .nothing
  }
}
