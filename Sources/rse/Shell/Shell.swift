import Foundation
import Notebooks
import Sessions
import Workbench

/// The interactive shell: reads statements and has the session run them, until Ctrl-D or `quit`.
final class Shell {
  private let session: Session
  private let printer: Printer
  private let pictures: PictureScreen
  private let editor: LineEditor
  private let historyFile = HistoryFile()
  private var hasWarned = false

  private static let prompt = "rse> "
  private static let morePrompt = "...> "

  init(session: Session, printer: Printer, pictures: PictureScreen) {
    self.pictures = pictures
    self.session = session
    self.printer = printer
    editor = LineEditor(complete: session.completion)
  }

  /// Runs until the user quits; returns the exit status.
  func run() -> ExitStatus {
    Terminal.write(
      "rse \(programVersion): Residual Shuffle-Exchange networks. `help` explains, Ctrl-D leaves.\n",
      to: .standardOutput
    )
    for entry in historyFile.read() { editor.remember(entry) }
    warnOfHistory()
    defer { warnOfOverrides() }
    var pending: [String] = []
    while true {
      editor.typedAhead += pictures.typedAhead
      pictures.typedAhead = []
      switch editor.read(
        prompt: pending.isEmpty ? Self.prompt : Self.morePrompt,
        before: pending
      ) {
      case .interrupted: pending = []
      case .endOfInput:
        if !pending.isEmpty { printer.message("the unfinished statement was dropped") }
        return .done
      case .line(let line):
        pending += line.split(separator: "\n", omittingEmptySubsequences: false).map(withoutPrompts)
        let text = pending.joined(separator: "\n")
        if session.completeness(of: text) == .incomplete { continue }
        pending = []
        if submit(text) == .finished { return .done }
      }
    }
  }

  private func submit(_ text: String) -> CellOutcome.Ending {
    guard !text.allSatisfy(\.isWhitespace) else { return .completed }
    editor.remember(text)
    remember(text)
    Signals.clear()
    session.width = Terminal.width
    do {
      let outcome = try Signals.whileCommandRuns {
        guard Self.printsPage(text) else {
          return try session.submitTyped(text, report: printer.show)
        }
        return try printer.paging { try session.submitTyped(text, report: printer.show) }
      }
      if outcome.ending == .interrupted { printer.showInterruption() }
      Signals.clear()
      return outcome.ending
    } catch {
      printer.message("error: \(error.localizedDescription)\n`record stop` ends the recording")
      return .completed
    }
  }

  /// Returns true if the text is one statement whose output is read from its beginning.
  private static func printsPage(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let first = words.first, !text.contains(";"), !text.contains("\n") else { return false }
    return ["help", "?"].contains(first) || words.prefix(2) == ["show", "notebook"]
  }

  private func remember(_ text: String) {
    historyFile.append(text)
    warnOfHistory()
  }

  private func warnOfHistory() {
    if let warning = historyFile.warning, !hasWarned {
      printer.message("warning: \(warning)")
      hasWarned = true
    }
  }

  /// Warns of each -p that no `param` has used; a script with one would not even start.
  private func warnOfOverrides() {
    let names = session.unusedOverrides
    guard !names.isEmpty else { return }
    let list = names.map { "-p \($0)" }.joined(separator: ", ")
    printer.message("warning: \(list): no `param` of that name was set")
  }

  /// Returns a line without the shell's own prompt, which may have been copied with it.
  private func withoutPrompts(_ line: Substring) -> String {
    for prompt in [Self.prompt, Self.morePrompt] where line.hasPrefix(prompt) {
      return String(line.dropFirst(prompt.count))
    }
    return String(line)
  }
}
