import Autograd
import CommandLanguage
import Foundation
import Notebooks
import Plotting
import Tasks
import Tensors

/// A session of the workbench: the seed, the models, the data, the variables, and the statements so far.
///
/// The shell, scripts, notebooks and tests all submit their statements here; output comes back as events.
package final class Session {
  /// The seed of models made from now on.
  package var seed = Session.initialSeed
  /// The models, in the order of their creation.
  package var models: [ModelSlot] = []
  /// The default model of commands without `of=`.
  package var currentModel: ModelSlot?
  /// The data for training and tests.
  package var data: (any SessionData)?
  /// The last `train` with its speed.
  var lastTraining: TrainingSpeed?
  /// The states that commands of one subject keep between statements, by type.
  private var states: [ObjectIdentifier: any SessionState] = [:]
  /// The statements submitted from outside, with their outcomes.
  package var history: [HistoryEntry] = []
  /// True if replays compare results of a training's arithmetic.
  var comparesResults = true
  /// True if files that deviate from their format are rejected instead of being remarked upon.
  package var isStrict: Bool
  /// The recorder of the shell's statements, between `record start` and `record stop`.
  var recorder: NotebookRecorder?
  /// The folder where relative paths start.
  package var folder: String
  /// The folder for files that are written, instead of their own paths; for replays.
  let writingFolder: String?
  /// The width for help and tables, in columns.
  package var width = 80
  /// The available commands and names.
  package let catalog: Catalog
  /// The program around the session.
  package var host: SessionHost
  private var lastProgress: ContinuousClock.Instant?
  /// The number of file runs that this session is nested in.
  package let depth: Int
  /// True if the running statement was typed in the shell.
  var isTyped = false

  let evaluator: Evaluator<Session>
  /// True if the output of a text is kept, as recordings need it; a script may print without end.
  package var keepsOutput = true
  /// The output of the running text so far, if it is kept.
  var collected: [OutputLine] = []
  /// Everything submitted so far, for the provenance of pictures.
  var submitted: [String] = []

  /// The seeds that statements have chosen, in order.
  package var seeds: [UInt64] = []
  /// The files that were read from outside, and the paths of those that were written.
  var filesRead: [FileRead] = []
  var filesWritten: Set<String> = []
  /// The number of completed statements, including those inside blocks and files.
  private(set) var completedCount = 0
  /// The traces of work that this process does for others; nil while it does none.
  var share: SpreadShare?
  /// The number of trainings with checkpoints begun so far.
  var runCount = 0
  /// The files that isolated runs have read.
  private var readInRuns: [FileRead] = []
  /// True if lines of output are dropped.
  private var isMuted = false

  static let initialSeed: UInt64 = 1
  /// The width of tables that replays compare, the same in any window.
  static let comparedWidth = Table.width

  /// - Parameters:
  ///   - catalog: the available commands and names.
  ///   - folder: the folder where relative paths start.
  ///   - writingFolder: the folder for all files written, if given.
  ///   - overrides: the values for `param` statements.
  ///   - depth: the number of file runs that the session is nested in.
  ///   - host: the program around the session.
  package init(
    catalog: Catalog,
    folder: String = Session.workingFolder,
    writingFolder: String? = nil,
    overrides: Overrides = Overrides(),
    depth: Int = 0,
    host: SessionHost = SessionHost()
  ) {
    self.catalog = catalog
    self.folder = folder
    self.writingFolder = writingFolder ?? host.unseenFolder
    self.depth = depth
    self.host = host
    isStrict = host.isStrict
    evaluator = Evaluator(registry: catalog.commands, overrides: overrides)
  }

  /// The values for `param` statements that no statement has used so far.
  package var unusedOverrides: [String] { evaluator.unusedOverrides }

  /// The state that the commands of one subject keep between statements.
  package subscript<State: SessionState>(state type: State.Type) -> State {
    get { states[ObjectIdentifier(type)] as? State ?? State() }
    set { states[ObjectIdentifier(type)] = newValue }
  }

  // MARK: Isolated runs

  /// The number of trainings with checkpoints reserved for each of many runs, so that later runs have their own numbers.
  private static let mostTrainings = 10_000

  /// Performs one of many runs in isolation: with the current data, seed and settings, but without models. Its effects
  /// are discarded, except for files.
  ///
  /// - Parameters:
  ///   - number: the number of the run, from 0.
  ///   - seed: the seed of the run; nil for the current one.
  ///   - observer: receives the events of the run.
  ///   - isMuted: true to drop lines of output, and figures for the terminal.
  func apart<Result>(
    run number: Int,
    seed own: UInt64?,
    observer: @escaping (SessionEvent) -> Void,
    isMuted muted: Bool,
    _ body: () throws -> Result
  ) rethrows -> Result {
    let outer = (seed: seed, seeds: seeds, models: models, model: currentModel, data: data)
    let settings = (
      training: lastTraining, states: states, compares: comparesResults, strict: isStrict
    )
    let before = (host: host, muted: isMuted, runs: runCount, read: filesRead)
    defer {
      (seed, seeds, models, currentModel, data) = outer
      (lastTraining, states, comparesResults, isStrict) = settings
      (host, isMuted) = (before.host, before.muted)
      runCount = before.runs
      readInRuns += filesRead.dropFirst(before.read.count)
      filesRead = before.read
    }
    (models, currentModel) = ([], nil)
    if let own {
      seed = own
      seeds.append(own)
    }
    runCount += number * Self.mostTrainings
    host.observer = observer
    isMuted = isMuted || muted
    if muted, host.showPicture != nil { host.showPicture = { _, _ in true } }
    return try body()
  }

  /// Ends a number of runs; the files that they read count as read by the session.
  func endRuns(_ count: Int) {
    runCount += count * Self.mostTrainings
    for file in readInRuns { noteReading(file.path, digest: file.digest) }
    readInRuns = []
  }

  // MARK: Output

  /// Shows a line of output.
  ///
  /// - Parameter shades: parts that a terminal with colours highlights.
  package func emit(
    _ line: String,
    _ stability: OutputStability = .stable,
    shades: [OutputLine.Shade] = []
  ) {
    emit(OutputLine(line, isVolatile: isVolatile(stability), shades: shades))
  }

  /// Shows a table.
  ///
  /// - Parameter width: the width of its lines, in columns; nil for that of the session.
  package func emit(
    _ table: TextTable,
    _ stability: OutputStability = .stable,
    width: Int? = nil
  ) {
    let isVolatile = isVolatile(stability)
    let lines = table.lines(width: width ?? self.width)
    emit(.table(table, lines.map { OutputLine($0, isVolatile: isVolatile) }))
  }

  private func isVolatile(_ stability: OutputStability) -> Bool {
    switch stability {
    case .stable: false
    case .arithmetic: !comparesResults
    case .volatile: true
    }
  }

  /// Shows a line, or keeps it for the processes that share its work.
  func emit(_ line: OutputLine) { emit(.output(line)) }

  /// Shows output, or keeps its lines for the processes that share its work.
  private func emit(_ event: SessionEvent) {
    if isMuted { return }
    guard share == nil else {
      share?.lines += event.lines
      return
    }
    host.observer(.progressEnded)
    if keepsOutput { collected += event.lines }
    host.observer(event)
  }

  /// Throws `Interrupted` if the user asked for an interruption.
  package func checkInterruption() throws {
    if host.isInterrupted() { throw Interrupted() }
  }

  /// Returns a monitor that shows the progress of passes through a network, and ends them if the user interrupts.
  ///
  /// - Parameter progress: returns the progress of the command's work.
  package func monitor(_ progress: @escaping (PassMonitor) -> WorkProgress) -> PassMonitor {
    PassMonitor { pass in
      if pass.done > 0, pass.done < pass.total { self.emit(progress(pass)) }
      try self.checkInterruption()
    }
  }

  /// Emits progress, at most as often as the host asks for it.
  package func emit(_ progress: @autoclosure () -> WorkProgress) {
    let now = ContinuousClock.now
    guard lastProgress.map({ now - $0 >= host.progressInterval }) ?? true else { return }
    lastProgress = now
    host.observer(.progress(progress()))
  }
}

extension Session: EvaluatorHost {
  package func checkpoint() throws { try checkInterruption() }

  package func show(_ value: Value) {
    if case .table(let table) = value { return emit(table.text, width: Self.comparedWidth) }
    emit(.value(OutputLine(value.description)))
  }

  package func timed(
    _ statement: Statement,
    of source: Source,
    run: () throws -> Value
  ) throws -> Value {
    let start = ProcessTime()
    defer { emit(start.elapsed.description, .volatile) }
    let value = try run()
    emit(start.elapsed.value, of: statement, in: source)
    return value
  }

  package func completed(_ statement: Statement, of source: Source, value: Value) {
    emit(value, of: statement, in: source)
  }

  private func emit(_ value: Value, of statement: Statement, in source: Source) {
    completedCount += 1
    host.observer(
      .result(
        StatementResult(
          source: source.name,
          line: source.firstLine + source.lineIndex(at: statement.range.lower),
          statement: source.text(in: statement.range),
          value: value
        )
      )
    )
  }
}
