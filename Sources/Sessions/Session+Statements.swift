import CommandLanguage
import Notebooks
import Processes
import Wording

extension Session {
  /// A submitted text and its outcome.
  package struct HistoryEntry {
    package let text: String
    package let outcome: CellOutcome
    /// The part that took effect.
    package let effect: StatementEffect
  }

  /// Statements that reproduce the current state when they run again: the whole text if it succeeded; else those before
  /// the one that ended it, and the latter's partial work if that is one statement too.
  package struct StatementEffect {
    /// One or more statements and their output.
    package struct Part {
      package let text: String
      package let output: [OutputLine]
      /// True if it is about history or recording, which a replay would repeat.
      var isAboutHistory = false
    }

    package var parts: [Part] = []
    /// True if work was done that no statement says, as in a loop that was cut off.
    var hasMore = false

    /// The prose of a notebook in place of such work.
    static let moreWasDone = """
      Here a loop, a condition, another file or a training by the clock was cut off. What it had done by \
      then is not in this notebook, so that numbers below can differ.
      """
  }

  /// Parses and runs a text; errors do not end the session.
  ///
  /// - Parameters:
  ///   - name: the name of the text in messages.
  ///   - firstLine: the number of its first line there.
  ///   - report: receives each diagnostic at once, with its place.
  /// - Returns: the output and the ending. The message of a failure contains no place.
  package func submit(
    _ text: String,
    name: String,
    firstLine: Int = 1,
    report: (Diagnostic) -> Void = { _ in }
  ) -> CellOutcome {
    run(text, name: name, firstLine: firstLine, report: report).outcome
  }

  /// Submits a typed text: adds it to the `history`, and records it if a recording is on.
  ///
  /// - Throws: any error of writing the recording; the statement itself is done then.
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
        // The statements after `record start` on its line.
        let parts = entry.effect.parts
        let start = (parts.lastIndex { $0.isAboutHistory }).map { $0 + 1 } ?? parts.count
        try record(parts[start...], with: recorder)
      }
    }
    return entry.outcome
  }

  /// The completeness of a text that is being typed.
  package enum Completeness {
    /// Whole statements.
    case complete
    /// The text ends inside brackets, braces or quotes, so that more lines are to come.
    case incomplete
    /// More lines cannot make it valid.
    case invalid
  }

  /// Returns the completeness of a text that is being typed; evaluates nothing.
  package func completeness(of text: String) -> Completeness {
    let result = evaluator.registry.parse(Source(name: "input", text: text))
    if result.isIncomplete { return .incomplete }
    return result.diagnostics.isEmpty ? .complete : .invalid
  }

  /// Records a typed text; of an interrupted one the work that was done, so that a replay repeats it.
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
          // Files of earlier statements are there for all processes.
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
    // A text that took effect as a whole stays as it was typed, with its comments.
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

  /// Returns true if a statement is one built-in command without a block; its result may be bound or timed.
  private func isCommand(_ statement: Statement) -> Bool {
    if case .timed(let timed) = statement.kind { return isCommand(timed) }
    guard let call = statement.call?.call else { return false }
    return call.block == nil && catalog.commands.declaration(named: call.name.text) != nil
  }

  /// Returns the text of a statement with the values that were given from outside.
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

  /// The maximum number of errors shown for one text.
  private static let mostErrors = 20

  /// Returns the first errors, and one that counts the others.
  static func firstErrors(of diagnostics: [Diagnostic]) -> [Diagnostic] {
    let more = diagnostics.count - mostErrors
    guard more > 0 else { return diagnostics }
    // The last one may say that the rest of the text was not checked.
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
