import CommandLanguage
import Notebooks
import Processes
import Wording

extension Session {
  /// A text as it was submitted, and what came of it.
  package struct HistoryEntry {
    package let text: String
    package let outcome: CellOutcome
    /// What of it took effect.
    package let effect: StatementEffect
  }

  /// Statements that lead to the present state when they are run again: all of a text that succeeded; of
  /// another those before the one that ended it, and what that one had done if that is one statement too.
  package struct StatementEffect {
    /// Statements and their output.
    package struct Part {
      package let text: String
      package let output: [OutputLine]
      /// Whether it is about history or recording, which a replay would do again.
      var isAboutHistory = false
    }

    package var parts: [Part] = []
    /// Whether something was done besides that no statement says, as in a loop that was cut off.
    var hasMore = false

    /// What a notebook says in place of what was done besides.
    static let moreWasDone = """
      Here a loop, a condition, another file or a training by the clock was cut off. What it had done by \
      then is not in this notebook, so that numbers below can differ.
      """
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
    if let recorder {
      if recorder === recorderBefore {
        try record(entry, with: recorder)
      } else {
        // What stands behind `record start` on its line.
        let parts = entry.effect.parts
        let start = (parts.lastIndex { $0.isAboutHistory }).map { $0 + 1 } ?? parts.count
        try record(parts[start...], with: recorder)
      }
    }
    return entry.outcome
  }

  /// How far a text is that is being typed.
  package enum Completeness {
    /// Whole statements.
    case complete
    /// It stops inside brackets, braces or quotes, so that more lines are to come.
    case incomplete
    /// No more lines make statements of it.
    case invalid
  }

  /// How far a text is that is being typed; nothing of it is evaluated.
  package func completeness(of text: String) -> Completeness {
    let result = evaluator.registry.parse(Source(name: "input", text: text))
    if result.isIncomplete { return .incomplete }
    return result.diagnostics.isEmpty ? .complete : .invalid
  }

  /// Writes what was typed; of a text that was interrupted what it had done, so that a replay does the same.
  private func record(_ entry: HistoryEntry, with recorder: NotebookRecorder) throws {
    if case .failed = entry.outcome.ending {
      try recorder.append(statement: entry.text, outcome: entry.outcome, facts: facts)
      return
    }
    try record(entry.effect.parts[...], with: recorder)
    if entry.effect.hasMore { try recorder.append(prose: StatementEffect.moreWasDone) }
  }

  private func record(
    _ parts: ArraySlice<StatementEffect.Part>,
    with recorder: NotebookRecorder
  ) throws {
    for part in parts {
      let outcome = CellOutcome(output: part.output)
      try recorder.append(statement: part.text, outcome: outcome, facts: facts)
    }
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
    var effect = StatementEffect()
    if diagnostics.isEmpty {
      var output = 0
      var completed = completedCount
      func add(_ text: String, isAboutHistory: Bool = false) {
        effect.parts.append(
          .init(text: text, output: Array(collected[output...]), isAboutHistory: isAboutHistory)
        )
        (output, completed) = (collected.count, completedCount)
      }
      do {
        for statement in script.statements {
          // What an earlier statement wrote is there for all processes.
          _ = try ProcessGroup.current.gather(.statement, []) { try checkInterruption() }
          try evaluator.evaluate(
            Script(source: script.source, statements: [statement]),
            in: self
          )
          add(
            effectiveText(of: statement, in: script),
            isAboutHistory: statement.isAboutHistory
          )
        }
      } catch is QuitRequest {
        ending = .finished
        add("quit")
      } catch let interruption as Interrupted {
        ending = .interrupted
        effect.hasMore = completedCount > completed || interruption.hasMore
        let running = script.statements[effect.parts.count]
        if isCommand(running), let statement = interruption.done {
          add(statement)
        } else if interruption.done != nil {
          effect.hasMore = true
        }
      } catch {
        effect.hasMore = completedCount > completed
        diagnostics = [
          Diagnostic(
            wrapping: error,
            source: script.source,
            range: SourceRange(0, text.utf8.count)
          )
        ]
      }
    }
    host.observer(.progressEnded)
    if !diagnostics.isEmpty {
      diagnostics = Self.firstErrors(of: diagnostics)
      for diagnostic in diagnostics { report(diagnostic) }
      ending = .failed(message: diagnostics.map(\.placelessText).joined(separator: "\n"))
    }
    // A text that is wholly in force stays as it was typed, with its comments.
    let isAsTyped =
      ending == .completed && !hasOverrides(script)
      && !script.statements.contains { $0.isAboutHistory }
    if isAsTyped { effect.parts = [.init(text: text, output: collected)] }
    return HistoryEntry(
      text: text,
      outcome: CellOutcome(output: collected, ending: ending),
      effect: effect
    )
  }

  private func hasOverrides(_ script: Script) -> Bool {
    script.parameterNames.contains { evaluator.overrides.names.contains($0) }
  }

  /// Whether a statement is one command, whose result may be bound or timed: no block, and none that was defined.
  private func isCommand(_ statement: Statement) -> Bool {
    if case .timed(let timed) = statement.kind { return isCommand(timed) }
    guard let call = statement.call?.call else { return false }
    return call.block == nil && catalog.commands.declaration(named: call.name.text) != nil
  }

  /// A statement with the values in force where those were given from outside.
  private func effectiveText(of statement: Statement, in script: Script) -> String {
    let start = statement.range.lower
    var text = Array(script.source.text(in: statement.range).utf8)
    for binding in script.parameterBindings(in: statement).reversed() {
      guard evaluator.overrides.names.contains(binding.name),
        let literal = evaluator.variables[binding.name]?.literal
      else { continue }
      let place = binding.value.lower - start..<binding.value.upper - start
      text.replaceSubrange(place, with: literal.utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Errors that are shown at most of one text.
  private static let mostErrors = 20

  /// The first errors, and how many more there are.
  static func firstErrors(of diagnostics: [Diagnostic]) -> [Diagnostic] {
    let more = diagnostics.count - mostErrors
    guard more > 0 else { return diagnostics }
    // The last one may tell that the rest of the text was not looked at.
    let isAll = if case .tooManyErrors = diagnostics.last?.reason { false } else { true }
    let count = isAll ? counted(more, "more error") : "at least \(counted(more - 1, "more error"))"
    return diagnostics.prefix(mostErrors)
      + [Diagnostic("and \(count)")]
  }
}

extension Statement {
  fileprivate var isAboutHistory: Bool {
    if case .command(let call) = kind {
      ["history", "record"].contains(call.name.text)
    } else {
      false
    }
  }
}

extension Diagnostic {
  /// The message and the remedy, without the place.
  var placelessText: String {
    ([message] + notes + (remedy.map { [$0] } ?? [])).joined(separator: "\n")
  }
}
