/// A cell and what came of running it.
package struct CellRun: Sendable {
  /// What a cell's end means, seen together with the author's `!`.
  package enum Verdict: Sendable, Equatable {
    /// It ended well, possibly ending the whole run.
    case succeeded
    /// It failed, as its `!` says it does.
    case failedAsExpected(message: String)
    /// It failed, and nothing says it should.
    case failed(message: String)
    /// Its `!` says it fails, but it did not.
    case succeededUnexpectedly
    /// The user stopped it.
    case interrupted
    /// The run ended before it.
    case notRun
  }

  /// The cell.
  package let cell: Cell
  /// What came of it, its output as a notebook holds it; nil if it was not reached.
  package let outcome: CellOutcome?

  /// What its end means.
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

/// What a run tells while it goes on.
package enum RunEvent: Sendable {
  /// The cell is about to run; `count` cells are in the notebook.
  case began(Cell, count: Int)
  /// The cell has ended.
  case ended(CellRun)
}

/// What a run, recording or replay is worth to a shell; the raw value is the exit status.
package enum RunStatus: Int32, Sendable {
  /// Everything as it should be.
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

  /// One result for each of `cells`; those past the cell numbered `last` are not run.
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
