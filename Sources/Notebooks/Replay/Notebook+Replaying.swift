/// The options of a replay.
package struct ReplayOptions: Sendable {
  /// The distance that numbers may have if the environments differ.
  package var tolerance = Tolerance.standard
  /// True to continue after a cell that fails without a `!`.
  package var keepGoing = false
  /// The only cell to compare; the cells above it run too, since it depends on them, those below do not.
  package var only: Int?

  package init(tolerance: Tolerance = .standard, keepGoing: Bool = false, only: Int? = nil) {
    self.tolerance = tolerance
    self.keepGoing = keepGoing
    self.only = only
  }
}

extension Notebook {
  /// Returns the mode in which a replay with this evaluator compares.
  package func replayMode(
    using evaluator: any NotebookEvaluator,
    options: ReplayOptions = ReplayOptions()
  ) -> ReplayMode {
    ReplayMode(
      recorded: environment,
      here: evaluator.environment,
      tolerance: options.tolerance
    )
  }

  /// Returns the recorded facts that differ here; they never decide the mode.
  package func factDifferences(using evaluator: any NotebookEvaluator) -> [HeaderDifference] {
    let facts = evaluator.facts
    var keys: [String] = []
    for fact in facts where !keys.contains(fact.key) { keys.append(fact.key) }
    return keys.compactMap { key in
      let recorded = headerValues(of: key)
      let here = facts.filter { $0.key == key && !$0.value.isEmpty }
        .map { $0.value.textLines.joined(separator: " ").withoutOuterBlanks }
      guard !recorded.isEmpty, !here.isEmpty, recorded != here else { return nil }
      return HeaderDifference(
        name: key,
        recorded: recorded.joined(separator: ", "),
        here: here.joined(separator: ", ")
      )
    }
  }

  /// Runs the notebook in the evaluator, a fresh session, and compares the output with the record.
  ///
  /// Throws ``NotebookError`` if there is no cell `only`; everything else is in the report.
  package func replay(
    using evaluator: any NotebookEvaluator,
    options: ReplayOptions = ReplayOptions(),
    observing observe: (RunEvent) -> Void = { _ in }
  ) throws(NotebookError) -> ReplayReport {
    try replayed(using: evaluator, options: options, observing: observe).report
  }

  /// Returns the report of a replay together with the results of the cells.
  func replayed(
    using evaluator: any NotebookEvaluator,
    options: ReplayOptions,
    observing observe: (RunEvent) -> Void
  ) throws(NotebookError) -> (report: ReplayReport, runs: [CellRun]) {
    let cells = cells(groupedBy: evaluator)
    try check(options.only, in: cells)
    let mode = replayMode(using: evaluator, options: options)
    let comparer = LineComparer(tolerance: mode.tolerance)
    let runs = runCells(
      cells,
      using: evaluator,
      keepGoing: options.keepGoing,
      last: options.only,
      observing: observe
    )
    let ending = runs.last { $0.outcome != nil }?.outcome?.ending
    let comparisons = runs.map { run -> CellComparison in
      let comparison = CellComparison(
        run,
        isAfterEnd: ending == .finished,
        comparer: comparer,
        file: file
      )
      guard let only = options.only, run.cell.number != only else { return comparison }
      return switch comparison.verdict {
      case .matched, .differs: CellComparison(cell: run.cell, verdict: .notCompared)
      case .failed, .interrupted, .notRun, .notCompared: comparison
      }
    }
    let report = ReplayReport(
      file: file,
      mode: mode,
      // The facts of a part of the notebook are incomplete.
      factDifferences: options.only == nil ? factDifferences(using: evaluator) : [],
      cells: comparisons,
      orphanLines: options.only == nil ? orphans(of: cells).map { $0 + 1 } : [],
      isRecorded: isRecorded,
      only: options.only
    )
    return (report, runs)
  }
}
