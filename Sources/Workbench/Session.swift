import Autograd
import CommandLanguage
import Foundation
import Notebooks
import Tasks
import Tensors

/// A session of the workbench: the seed, the models, the data, the variables, and the statements so far.
///
/// The shell, scripts, notebooks and tests all submit their statements here; what they show comes back as
/// events.
package final class Session {
  /// The seed of models made from now on.
  var seed: UInt64 = 1
  /// The models by name, in the order in which they were made.
  var models: [ModelSlot] = []
  /// The model that commands without `of=` mean.
  var currentModel: ModelSlot?
  /// What is trained and tested on.
  var data: SymbolData?
  /// The last `train` and how fast it was.
  var lastTraining: TrainingSpeed?
  /// Statements submitted from outside, with what came of them.
  var history: [HistoryEntry] = []
  /// Whether replays compare what follows from the arithmetic of a training.
  var comparesResults = true
  /// Where the shell's statements are recorded, between `record start` and `record stop`.
  var recorder: NotebookRecorder?
  /// The folder that relative paths start from.
  var folder: String
  /// The folder that files are written into instead of where they would go; for replays.
  let writingFolder: String?
  /// Columns for help and tables.
  package var width = 80
  /// Told what happens.
  package var observer: (SessionEvent) -> Void

  /// How many runs of files this session is inside of.
  let depth: Int
  /// Whether the running statement was typed in the shell.
  private(set) var isTyped = false

  let evaluator: Evaluator<Session>
  let isInterrupted: () -> Bool
  private var collected: [OutputLine] = []
  /// Everything submitted so far, for the provenance of pictures.
  private var submitted: [String] = []

  /// What led to the present state: the statements submitted, the newest of them where they are many.
  var provenance: String {
    var lines: [String] = []
    var length = 0
    for text in submitted.reversed() {
      length += text.utf8.count + 1
      guard length <= Self.provenanceLimit else {
        lines.insert("# …", at: 0)
        break
      }
      lines.insert(text, at: 0)
    }
    return lines.joined(separator: "\n")
  }

  private static let provenanceLimit = 8192

  /// - Parameters:
  ///   - folder: where relative paths start.
  ///   - writingFolder: takes all files written, if given.
  ///   - overrides: values for `param` statements.
  ///   - depth: how many runs of files the session is inside of.
  ///   - isInterrupted: asked at safe points; true ends the running statement.
  ///   - observer: told what happens.
  package init(
    folder: String = FileManager.default.currentDirectoryPath,
    writingFolder: String? = nil,
    overrides: Overrides = Overrides(),
    depth: Int = 0,
    isInterrupted: @escaping () -> Bool = { false },
    observer: @escaping (SessionEvent) -> Void = { _ in }
  ) {
    self.folder = folder
    self.writingFolder = writingFolder
    self.depth = depth
    self.isInterrupted = isInterrupted
    self.observer = observer
    evaluator = Evaluator(registry: Session.commands, overrides: overrides)
  }

  /// A statement, or several, as they were submitted.
  struct HistoryEntry {
    let text: String
    let outcome: CellOutcome
  }

  // MARK: Output

  /// Shows a line that is the same each time the statement is run.
  func print(_ line: String) { emit(OutputLine(line)) }

  /// Shows a line that follows from the arithmetic of a training: the same bits on the same kind of
  /// processor only.
  func printResult(_ line: String) {
    emit(OutputLine(line, isVolatile: !comparesResults))
  }

  /// Shows a line with times, speeds or paths.
  func note(_ line: String) { emit(OutputLine(line, isVolatile: true)) }

  private func emit(_ line: OutputLine) {
    observer(.progressEnded)
    collected.append(line)
    observer(.output(line))
  }

  /// Throws `Interrupted` if the user asked for it.
  func checkInterruption() throws {
    if isInterrupted() { throw Interrupted() }
  }

  /// Shows how far passes through a network are, and ends them when the user wants it.
  ///
  /// - Parameter progress: where the work of the command stands.
  func monitor(_ progress: @escaping (PassMonitor) -> WorkProgress) -> PassMonitor {
    PassMonitor { pass in
      if pass.done > 0, pass.done < pass.total { self.observer(.progress(progress(pass))) }
      try self.checkInterruption()
    }
  }

  // MARK: Statements

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
    let outer = collected
    collected = []
    submitted.append(text)
    defer { collected = outer }
    let result = evaluator.registry.parse(Source(name: name, text: text, firstLine: firstLine))
    var diagnostics = result.diagnostics
    if diagnostics.isEmpty { diagnostics = evaluator.check(result.script) }
    var ending = CellOutcome.Ending.completed
    if diagnostics.isEmpty {
      do {
        _ = try evaluator.evaluate(result.script, in: self)
      } catch is QuitRequest {
        ending = .finished
      } catch is Interrupted {
        ending = .interrupted
      } catch {
        diagnostics = [
          Diagnostic(
            wrapping: error,
            source: result.script.source,
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
    return CellOutcome(output: collected, ending: ending)
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
    let outcome = submit(text, name: "input", report: report)
    history.append(HistoryEntry(text: text, outcome: outcome))
    if let recorder, recorder === recorderBefore {
      try recorder.append(
        statement: text,
        outcome: outcome,
        facts: ProgramEnvironment.facts
      )
    }
    return outcome
  }

  /// Whether a text stops inside brackets, braces or quotes, so that more lines are to come.
  package func isIncomplete(_ text: String) -> Bool {
    evaluator.registry.parse(Source(name: "input", text: text)).isIncomplete
  }

}

extension Session: EvaluatorHost {
  package func checkpoint() throws { try checkInterruption() }

  package func show(_ value: Value) { print(value.description) }

  package func timed(_ statement: () throws -> Value) throws -> Value {
    let start = ProcessTime()
    defer { note(start.elapsed) }
    return try statement()
  }

  package func completed(_ statement: Statement, of source: Source, value: Value) {
    observer(
      .result(
        StatementResult(
          source: source.name,
          line: source.position(of: statement.range.lower).line,
          statement: source.text(in: statement.range),
          value: value
        )
      )
    )
  }
}

extension Diagnostic {
  /// The message and the remedy, without the place.
  var placelessText: String {
    ([message] + notes + (remedy.map { [$0] } ?? [])).joined(separator: "\n")
  }
}
