import Autograd
import CommandLanguage
import Foundation
import Notebooks
import Plotting
import Tasks
import Tensors

/// A session of the workbench: the seed, the models, the data, the variables, and the statements so far.
///
/// The shell, scripts, notebooks and tests all submit their statements here; what they show comes back as
/// events.
package final class Session {
  /// The seed of models made from now on.
  package var seed = Session.initialSeed
  /// The models by name, in the order in which they were made.
  package var models: [ModelSlot] = []
  /// The model that commands without `of=` mean.
  package var currentModel: ModelSlot?
  /// What is trained and tested on.
  package var data: (any SessionData)?
  /// The last `train` and how fast it was.
  var lastTraining: TrainingSpeed?
  /// What the commands of one subject keep from one statement to the next, by its type.
  private var states: [ObjectIdentifier: any SessionState] = [:]
  /// Statements submitted from outside, with what came of them.
  package var history: [HistoryEntry] = []
  /// Whether replays compare what follows from the arithmetic of a training.
  var comparesResults = true
  /// Whether files that deviate from their form are refused instead of being remarked upon.
  package var isStrict: Bool
  /// Where the shell's statements are recorded, between `record start` and `record stop`.
  var recorder: NotebookRecorder?
  /// The folder that relative paths start from.
  package var folder: String
  /// The folder that files are written into instead of where they would go; for replays.
  let writingFolder: String?
  /// Columns for help and tables.
  package var width = 80
  /// The commands and names that there are.
  package let catalog: Catalog
  /// The program around the session.
  package var host: SessionHost
  private var lastProgress: ContinuousClock.Instant?
  /// How many runs of files this session is inside of.
  package let depth: Int
  /// Whether the running statement was typed in the shell.
  var isTyped = false

  let evaluator: Evaluator<Session>
  /// Whether the output of a text is kept, as what is recorded needs it; a script may print without end.
  package var keepsOutput = true
  /// The output of the running text so far, where it is kept.
  var collected: [OutputLine] = []
  /// Everything submitted so far, for the provenance of pictures.
  var submitted: [String] = []

  /// The seeds that statements have chosen, in order.
  package var seeds: [UInt64] = []
  /// Files that were read from outside, and the paths of those that were written.
  var filesRead: [FileRead] = []
  var filesWritten: Set<String> = []
  /// Statements that were completed, those inside of blocks and files included.
  private(set) var completedCount = 0
  /// What the work that this process does for others leaves, while it does it.
  var share: SpreadShare?
  /// Trainings with checkpoints that were begun so far.
  var runCount = 0
  /// Files that runs by themselves have read.
  private var readInRuns: [FileRead] = []
  /// Whether lines of output are dropped.
  private var isMuted = false

  static let initialSeed: UInt64 = 1
  /// The width of tables that replays compare, the same in any window.
  static let comparedWidth = Table.width

  /// - Parameters:
  ///   - catalog: the commands and names that there are.
  ///   - folder: where relative paths start.
  ///   - writingFolder: takes all files written, if given.
  ///   - overrides: values for `param` statements.
  ///   - depth: how many runs of files the session is inside of.
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

  /// Values for `param` statements that none has asked for so far.
  package var unusedOverrides: [String] { evaluator.unusedOverrides }

  /// What the commands of one subject keep from one statement to the next.
  package subscript<State: SessionState>(state type: State.Type) -> State {
    get { states[ObjectIdentifier(type)] as? State ?? State() }
    set { states[ObjectIdentifier(type)] = newValue }
  }

  // MARK: Runs by themselves

  /// Trainings with checkpoints that one of many runs may begin, so that those of later runs have numbers of their own.
  private static let mostTrainings = 10_000

  /// Does one of many runs: with the data, the seed and the settings as they are, but without models. What it leaves is
  /// forgotten, but for files.
  ///
  /// - Parameters:
  ///   - number: which run, from 0.
  ///   - seed: the seed of the run; nil for the one in force.
  ///   - observer: told what happens meanwhile.
  ///   - isMuted: whether lines of output are dropped, and figures for the terminal.
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

  /// Ends some runs: what they have read counts as read.
  func endRuns(_ count: Int) {
    runCount += count * Self.mostTrainings
    for file in readInRuns { noteReading(file.path, digest: file.digest) }
    readInRuns = []
  }

  // MARK: Output

  /// Shows a line of output.
  ///
  /// - Parameter shades: parts that a terminal with colours sets off.
  package func emit(
    _ line: String,
    _ stability: OutputStability = .stable,
    shades: [OutputLine.Shade] = []
  ) {
    emit(OutputLine(line, isVolatile: isVolatile(stability), shades: shades))
  }

  /// Shows a table.
  ///
  /// - Parameter width: columns of its lines; nil for those of the session.
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

  /// Throws `Interrupted` if the user asked for it.
  package func checkInterruption() throws {
    if host.isInterrupted() { throw Interrupted() }
  }

  /// Shows how far passes through a network are, and ends them when the user wants it.
  ///
  /// - Parameter progress: where the work of the command stands.
  package func monitor(_ progress: @escaping (PassMonitor) -> WorkProgress) -> PassMonitor {
    PassMonitor { pass in
      if pass.done > 0, pass.done < pass.total { self.emit(progress(pass)) }
      try self.checkInterruption()
    }
  }

  /// Tells how far the work is, not more often than is looked at.
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
