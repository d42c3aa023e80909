/// A cell and the result of running it.
package struct CellRun: Sendable {
  /// The meaning of a cell's ending, given the author's `!`.
  package enum Verdict: Sendable, Equatable {
    /// It succeeded, possibly ending the whole run.
    case succeeded
    /// It failed, as its `!` announces.
    case failedAsExpected(message: String)
    /// It failed without a `!`.
    case failed(message: String)
    /// It succeeded despite its `!`.
    case succeededUnexpectedly
    /// The user stopped it.
    case interrupted
    /// The run ended before reaching it.
    case notRun
  }

  /// The cell.
  package let cell: Cell
  /// The result, with its output in notebook form; nil if the cell was not reached.
  package let outcome: CellOutcome?

  /// The verdict on how it ended.
  package var verdict: Verdict {
    guard let outcome else { return .notRun }
    return switch (outcome.ending, cell.expectation) {
    case (.interrupted, _): .interrupted
    case (.failed(let message), nil): .failed(message: message)
    case (.failed(let message), _): .failedAsExpected(message: message)
    case (.completed, nil), (.finished, nil): .succeeded
    case (.completed, _), (.finished, _): .succeededUnexpectedly
    }
  }
}

/// A progress event of a run.
package enum RunEvent: Sendable {
  /// The cell is about to run; `count` is the number of cells in the notebook.
  case began(Cell, count: Int)
  /// The cell has ended.
  case ended(CellRun)
}

/// The overall result of a run, recording or replay; the raw value is the exit status.
package enum RunStatus: Int32, Sendable {
  /// Everything is as expected.
  case done = 0
  /// A cell failed, or succeeded where failure was expected.
  case failed = 1
  /// A replay differs from the record.
  case differs = 3
  /// The user stopped it.
  case interrupted = 130
}

/// Runs cells in order, up to the first failure, interruption or end of session.
struct CellRunner {
  let file: String
  let evaluator: any NotebookEvaluator
  let keepGoing: Bool
  let observe: (RunEvent) -> Void

  /// Returns one result for each of `cells`; cells numbered above `last` are not run.
  func run(_ cells: [Cell], last: Int? = nil) -> [CellRun] {
    var runs: [CellRun] = []
    var isOver = false
    for cell in cells {
      if isOver || cell.number > last ?? .max {
        runs.append(CellRun(cell: cell, outcome: nil))
        continue
      }
      observe(.began(cell, count: cells.count))
      let outcome = evaluator.evaluate(cell.code, file: file, firstLine: cell.firstLine)
      let run = CellRun(cell: cell, outcome: outcome.recordable)
      runs.append(run)
      observe(.ended(run))
      isOver = endsRun(run)
    }
    return runs
  }

  private func endsRun(_ run: CellRun) -> Bool {
    switch run.outcome?.ending {
    case .interrupted, .finished: true
    case .failed: run.cell.expectation == nil && !keepGoing
    case .completed, nil: false
    }
  }
}
