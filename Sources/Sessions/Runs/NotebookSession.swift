import CommandLanguage
import Notebooks

/// The evaluator of notebooks: runs their cells one after another in a session.
package final class NotebookSession: NotebookEvaluator {
  package let session: Session
  private let report: (Diagnostic) -> Void
  /// True if the running cell is marked as failing, so that its diagnostics are expected.
  private var expectsFailure = false

  /// - Parameter report: receives each diagnostic of a failing cell, with its place.
  package init(_ session: Session, report: @escaping (Diagnostic) -> Void = { _ in }) {
    self.session = session
    self.report = report
  }

  package var environment: String { ProgramEnvironment.line }

  package var facts: [(key: String, value: String)] { session.facts }

  package func groups(in code: String) -> [Range<Int>] {
    LineGroups.ranges(of: code, rawTailCommands: session.catalog.commands.rawTailCommands)
  }

  package func evaluate(_ code: String, file: String, firstLine: Int) -> CellOutcome {
    session.submit(
      code,
      name: file,
      firstLine: firstLine,
      report: expectsFailure ? { _ in } : report
    )
  }

  /// Follows a run to learn which cells are marked as failing.
  package func follow(_ event: RunEvent) {
    if case .began(let cell, count: _) = event { expectsFailure = cell.expectation != nil }
  }
}

extension Session {
  /// Returns the errors that are certain before any cell runs, in cells that are not marked as failing.
  package func check(_ notebook: Notebook) -> [Diagnostic] {
    check(code(of: notebook), name: notebook.file)
  }

  /// Returns the errors that are certain before a text runs: of syntax, of arguments, and overrides without a `param`.
  package func check(_ text: String, name: String) -> [Diagnostic] {
    let result = evaluator.registry.parse(Source(name: name, text: text))
    return result.diagnostics.isEmpty
      ? evaluator.check(result.script) + evaluator.overrides.unknownNames(in: result.script)
      : result.diagnostics
  }
}
