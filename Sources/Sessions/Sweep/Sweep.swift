import CommandLanguage
import Files
import Processes
import Wording

/// Runs of one block for all combinations of some values.
final class Sweep {
  /// A variable and its values.
  struct Variable {
    let name: String
    let values: [Value]
  }

  /// The outcome of a run: its row, and the error that ended it.
  struct Outcome: Codable {
    var row: Record
    var failure: String?
  }

  /// The variable that is also the seed of a run.
  static let seedName = "seed"

  /// The column for the messages of failed runs.
  private static let failureName = "error"

  /// The fields of records that differ from run to run.
  private static let volatileNames: Set = [
    "seconds", "steps_per_second", "peak_bytes", "processor_seconds", "gflops",
  ]

  private let variables: [Variable]
  private let block: CommandBlock
  private let isSpread: Bool
  private let isVerbose: Bool
  private let session: Session
  private var journal: SweepJournal?
  private let count: Int
  private var outcomes: [Int: Outcome] = [:]
  private let start = ContinuousClock.now

  init(
    variables: [Variable],
    block: CommandBlock,
    journal path: String?,
    resumes: Bool,
    isSpread: Bool,
    isVerbose: Bool,
    session: Session
  ) {
    self.variables = variables
    self.block = block
    self.isSpread = isSpread
    self.isVerbose = isVerbose
    self.session = session
    count = variables.reduce(1) { $0 * $1.values.count }
    journal = path.map { SweepJournal(path: $0, resumes: resumes) }
  }

  /// Does all runs that are not done yet.
  ///
  /// - Returns: the table of all rows.
  /// - Throws: `Interrupted`, or a diagnostic if every run failed.
  func run() throws -> Value {
    try takeOver()
    defer { session.endRuns(count) }
    do {
      defer { try? journal?.flush(in: session) }
      let rest = (0..<count).filter { outcomes[$0] == nil }
      if isSpread, ProcessGroup.current.isShared {
        try spread(rest)
      } else {
        try rest.forEach(single)
      }
      try journal?.flush(in: session)
    } catch let interruption as Interrupted {
      if let path = journal?.path, !outcomes.isEmpty {
        let done = "\(outcomes.count) of \(counted(count, "run"))"
        session.emit("\(done) in \(path): `resume=on` goes on with them", .volatile)
      }
      throw Interrupted(hasMore: interruption.hasMore || !outcomes.isEmpty)
    }
    return try report()
  }

  // MARK: Runs

  private func single(_ number: Int) throws { try keep(perform(number), of: number) }

  /// Divides the runs among the processes, one for each at a time, so that finished ones are kept.
  private func spread(_ numbers: [Int]) throws {
    let size = ProcessGroup.current.count
    for start in stride(from: 0, to: numbers.count, by: size) {
      let part = numbers[start..<min(start + size, numbers.count)]
      let done = try session.spread(part.count) { try perform(part[part.startIndex + $0]) }
      for (number, outcome) in zip(part, done) { try keep(outcome, of: number) }
    }
  }

  private func keep(_ outcome: Outcome, of number: Int) throws {
    outcomes[number] = outcome
    try journal?.add(outcome, of: number, in: session)
  }

  /// Returns the values of a run; the last variable changes fastest.
  private func values(of number: Int) -> [(name: String, value: Value)] {
    var rest = number
    var values: [(name: String, value: Value)] = []
    for variable in variables.reversed() {
      values.append((variable.name, variable.values[rest % variable.values.count]))
      rest /= variable.values.count
    }
    return values.reversed()
  }

  private func perform(_ number: Int) throws -> Outcome {
    let values = values(of: number)
    var row = Record()
    for (name, value) in values { add(value, as: name, to: &row) }
    let observer = observer(of: label(of: values))
    do {
      let value = try session.apart(
        run: number,
        seed: seed(among: values),
        observer: observer,
        isMuted: !isVerbose
      ) {
        try session.evaluator.evaluate(block, setting: values, in: session)
      }
      for (name, value) in Self.columns(of: value) where row[name] == nil { row[name] = value }
      return Outcome(row: row)
    } catch let error where error is any Interruption || error is ProcessError {
      throw error
    } catch {
      let whole = Diagnostic(wrapping: error, source: block.source, range: SourceRange(0, 0))
      return Outcome(row: row, failure: whole.message)
    }
  }

  private func seed(among values: [(name: String, value: Value)]) -> UInt64? {
    guard case .number(let number)? = values.first(where: { $0.name == Self.seedName })?.value
    else {
      return nil
    }
    return UInt64(number)
  }

  /// Adds a value to a row: itself, or the fields of a record.
  private func add(_ value: Value, as name: String, to row: inout Record) {
    if case .record = value {
      for (name, value) in Self.columns(of: value) { row[name] = value }
    } else {
      row[name] = value
    }
  }

  /// Returns the cells of a value with the names of their columns.
  private static func columns(of value: Value) -> [(name: String, value: Value)] {
    switch value {
    case .number, .text, .boolean: return [("value", value)]
    case .record(let record):
      return record.fields.filter { !volatileNames.contains($0.name) }.flatMap { field in
        switch field.value {
        case .number, .text, .boolean: return [(field.name, field.value)]
        case .labelled(let labelled):
          return labelled.entries.filter { $0.value.isCell }.map { entry in
            (field.name + "_" + identifier(entry.label.description), entry.value)
          }
        default: return []
        }
      }
    default: return []
    }
  }

  /// Returns a label as part of an identifier.
  private static func identifier(_ label: String) -> String {
    String(label.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  // MARK: Output

  private func label(of values: [(name: String, value: Value)]) -> String {
    values.map { "\($0.name)=\($0.value.briefDescription)" }.joined(separator: " ")
  }

  /// Returns an observer that turns a command's progress into that of all runs.
  private func observer(of label: String) -> (SessionEvent) -> Void {
    let outer = session.host.observer
    let (done, count, start, isVerbose) = (outcomes.count, count, start, isVerbose)
    return { event in
      switch event {
      case .progress(let inner):
        let detail = "\(label): \(inner.activity) \(inner.done)/\(inner.total)"
        outer(
          .progress(
            WorkProgress(
              activity: "sweep",
              done: done,
              total: count,
              part: min(1, inner.share),
              unit: "runs",
              seconds: start.secondsAgo,
              detail: detail + (inner.detail.isEmpty ? "" : "  " + inner.detail)
            )
          )
        )
      case .progressEnded: if isVerbose { outer(event) }
      default: if isVerbose { outer(event) }
      }
    }
  }

  private func report() throws -> Value {
    let ordered = (0..<count).compactMap { outcomes[$0] }
    let failures = ordered.enumerated().compactMap { number, outcome in
      outcome.failure.map { (number: number, message: $0) }
    }
    if let first = failures.first, failures.count == count {
      let all = count == 1 ? "the run" : "all \(count) runs"
      throw Diagnostic("\(all) failed: \(first.message)")
    }
    var rows = ordered.map(\.row)
    session.emit(Table(rows: rows).text, .arithmetic, width: Session.comparedWidth)
    for (number, message) in failures {
      session.emit("failed: \(label(of: values(of: number))): \(message)", .arithmetic)
    }
    guard !failures.isEmpty else { return .table(Table(rows: rows)) }
    for index in rows.indices {
      rows[index][Self.failureName] = .text(ordered[index].failure ?? "")
    }
    return .table(Table(rows: rows))
  }

  // MARK: Resuming

  /// Takes over the finished runs of this sweep from the journal.
  private func takeOver() throws {
    guard var journal else { return }
    outcomes = try journal.open(key: key, count: count, in: session)
    self.journal = journal
    guard !outcomes.isEmpty else { return }
    let done = "\(outcomes.count) of \(counted(count, "run"))"
    session.emit("\(done) taken over from \(journal.path)", .volatile)
  }

  /// The key that identifies this sweep: a digest of the arithmetic, the block, its variables, the data and the seed.
  private var key: String {
    let own = Set(variables.map(\.name))
    let used = Set(block.references).subtracting(own).sorted().compactMap { name in
      session.evaluator.variables[name].map { "\(name)=\($0.json)" }
    }
    let varied = variables.map { variable in
      "\(variable.name)=\(Value.list(variable.values).json)"
    }
    let data = session.data.map { $0.about } ?? ""
    let parts = [ProgramEnvironment.line, block.text, data, String(session.seed)] + varied + used
    return Digest(of: parts.joined(separator: "\0")).short
  }
}

extension Value {
  /// True for a single number, text or boolean.
  fileprivate var isCell: Bool {
    switch self {
    case .number, .text, .boolean: true
    case .nothing, .list, .record, .labelled, .table: false
    }
  }
}
