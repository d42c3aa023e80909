/// A cell of a replay and how it compares with its record.
package struct CellComparison: Sendable {
  /// How a cell compares.
  package enum Verdict: Sendable, Equatable {
    /// As recorded; `lines` lines were compared.
    case matched(lines: Int)
    /// Something is otherwise: `notes` in words, and the lines.
    case differs(notes: [String], lines: [LineDifference])
    /// It failed, and no `!` says it should; the lines are what differs up to there.
    case failed(message: String, lines: [LineDifference])
    /// The user stopped it.
    case interrupted
    /// The run ended before it.
    case notRun
    /// It ran only because the one compared cell needs it.
    case notCompared
  }

  /// The cell.
  package let cell: Cell
  /// How it compares.
  package let verdict: Verdict

  init(cell: Cell, verdict: Verdict) {
    self.cell = cell
    self.verdict = verdict
  }

  /// Compares a cell's run with its record; `file` is named in the remedy for a missing record.
  init(_ run: CellRun, isAfterEnd: Bool, comparer: LineComparer, file: String) {
    cell = run.cell
    verdict = Self.verdict(run, isAfterEnd: isAfterEnd, comparer: comparer, file: file)
  }

  private static func verdict(
    _ run: CellRun,
    isAfterEnd: Bool,
    comparer: LineComparer,
    file: String
  ) -> Verdict {
    guard let outcome = run.outcome else {
      return isAfterEnd && run.cell.hasStableRecord
        ? .differs(notes: ["not reached: the session ended before it"], lines: [])
        : .notRun
    }
    var expected = run.cell.output.comparable
    var got = outcome.output.comparable
    var notes: [String] = []
    switch run.verdict {
    case .interrupted: return .interrupted
    case .failedAsExpected(let message):
      let recorded = run.cell.expectation?.message ?? []
      if !recorded.isEmpty {
        expected += recorded.map { ComparableLine(isFailure: true, text: $0) }
        got += CellRun.messageLines(message).map { ComparableLine(isFailure: true, text: $0) }
      }
    case .succeededUnexpectedly:
      notes.append("it should fail (`!`) but succeeded")
    case .succeeded, .failed, .notRun: break
    }
    let lines = LineAlignment(comparer: comparer).differences(expected: expected, got: got)
    if case .failed(let message) = run.verdict { return .failed(message: message, lines: lines) }
    if !lines.isEmpty, !run.cell.hasStableRecord {
      notes.append("not recorded yet: rse record \(file)")
    }
    return lines.isEmpty && notes.isEmpty
      ? .matched(lines: expected.count) : .differs(notes: notes, lines: lines)
  }
}

extension [OutputLine] {
  /// The lines that count in comparisons.
  var comparable: [ComparableLine] {
    filter { !$0.isVolatile }.map { ComparableLine(isFailure: false, text: $0.text) }
  }
}
