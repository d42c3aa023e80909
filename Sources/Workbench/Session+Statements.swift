import CommandLanguage
import Notebooks

extension Session {
  /// A text as it was submitted, and what came of it.
  struct HistoryEntry {
    let text: String
    let outcome: CellOutcome
    /// What of it took effect.
    let effect: StatementEffect
  }

  /// Statements that lead to the present state when they are run again: all of a text that succeeded; of
  /// another those before the one that ended it, and what that one had done if that is one statement too.
  struct StatementEffect {
    var text = ""
    /// The output of these statements.
    var output: [OutputLine] = []
  }

  /// Parses and runs a text; errors do not end the session.
  ///
  /// - Parameters:
  ///   - name: what messages call the text.
  ///   - firstLine: the number of its first line there.
  ///   - report: shown each diagnostic at once, with its place.
  /// - Returns: the output, and how it ended. The message of a failure holds no place.
  package func submit(
    _ text: String,
    name: String,
    firstLine: Int = 1,
    report: (Diagnostic) -> Void = { _ in }
  ) -> CellOutcome {
    run(text, name: name, firstLine: firstLine, report: report).outcome
  }

  /// Submits what a user typed: remembers it for `history`, and records it where that was asked for.
  ///
  /// - Throws: what writing the recording throws; the statement itself is done then.
  package func submitTyped(
    _ text: String,
    report: (Diagnostic) -> Void
  ) throws -> CellOutcome {
    let recorderBefore = recorder
    isTyped = true
    defer { isTyped = false }
    let entry = run(text, name: "input", firstLine: 1, report: report)
    history.append(entry)
    if let recorder, recorder === recorderBefore { try record(entry, with: recorder) }
    return entry.outcome
  }

  /// Whether a text stops inside brackets, braces or quotes, so that more lines are to come.
  package func isIncomplete(_ text: String) -> Bool {
    evaluator.registry.parse(Source(name: "input", text: text)).isIncomplete
  }

  /// Writes what was typed; of a text that was interrupted what it had done, so that a replay does the same.
  private func record(_ entry: HistoryEntry, with recorder: NotebookRecorder) throws {
    var (text, outcome) = (entry.text, entry.outcome)
    switch outcome.ending {
    case .interrupted:
      text = entry.effect.text
      outcome = CellOutcome(output: entry.effect.output)
    case .completed, .finished: text = entry.effect.text
    case .failed: break
    }
    guard !text.isEmpty else { return }
    try recorder.append(statement: text, outcome: outcome, facts: facts)
  }

  private func run(
    _ text: String,
    name: String,
    firstLine: Int,
    report: (Diagnostic) -> Void
  ) -> HistoryEntry {
    let outer = collected
    collected = []
    submitted.append(text)
    defer { collected = outer }
    let result = evaluator.registry.parse(Source(name: name, text: text, firstLine: firstLine))
    let script = result.script
    var diagnostics = result.diagnostics
    if diagnostics.isEmpty { diagnostics = evaluator.check(script) }
    var ending = CellOutcome.Ending.completed
    var done: [String] = []
    var effect = StatementEffect()
    if diagnostics.isEmpty {
      do {
        for statement in script.statements {
          try evaluator.evaluate(
            Script(source: script.source, statements: [statement]),
            in: self
          )
          done.append(effectiveText(of: statement, in: script.source))
          effect.output = collected
        }
      } catch is QuitRequest {
        ending = .finished
        done.append("quit")
      } catch let interruption as Interrupted {
        ending = .interrupted
        let running = script.statements[done.count]
        if running.isCommand, let statement = interruption.done { done.append(statement) }
        effect.output = collected
      } catch {
        diagnostics = [
          Diagnostic(
            wrapping: error,
            source: script.source,
            range: SourceRange(0, text.utf8.count)
          )
        ]
      }
    }
    observer(.progressEnded)
    if !diagnostics.isEmpty {
      for diagnostic in diagnostics { report(diagnostic) }
      ending = .failed(message: diagnostics.map(\.placelessText).joined(separator: "\n"))
    }
    // A text without values from outside stays as it was typed, with its comments.
    let isWhole = ending == .completed && !hasOverrides(script)
    effect.text = isWhole ? text : done.joined(separator: "\n")
    return HistoryEntry(
      text: text,
      outcome: CellOutcome(output: collected, ending: ending),
      effect: effect
    )
  }

  private func hasOverrides(_ script: Script) -> Bool {
    script.parameterNames.contains { evaluator.overrides.names.contains($0) }
  }

  /// A statement with the value in force where that was given from outside.
  private func effectiveText(of statement: Statement, in source: Source) -> String {
    if case .binding(let binding) = statement.kind, binding.keyword == .param,
      evaluator.overrides.names.contains(binding.name.text),
      let literal = evaluator.variables[binding.name.text]?.literal
    {
      return "param \(binding.name.text) = \(literal)"
    }
    return source.text(in: statement.range)
  }
}

extension Statement {
  /// Whether it is one command, whose result may be bound or timed: no loop and no condition.
  fileprivate var isCommand: Bool {
    switch kind {
    case .command, .binding: true
    case .timed(let statement): statement.isCommand
    case .loop, .conditional, .assertion, .expression: false
    }
  }
}

extension Diagnostic {
  /// The message and the remedy, without the place.
  var placelessText: String {
    ([message] + notes + (remedy.map { [$0] } ?? [])).joined(separator: "\n")
  }
}
