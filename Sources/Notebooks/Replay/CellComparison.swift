/// The comparison of a replayed cell with its record.
package struct CellComparison: Sendable {
  /// The result of a comparison.
  package enum Verdict: Sendable, Equatable {
    /// The same as recorded; `lines` lines were compared.
    case matched(lines: Int)
    /// A difference: `notes` in words, and the lines that differ.
    case differs(notes: [String], lines: [LineDifference])
    /// An unexpected failure; the lines are the differences up to it.
    case failed(message: String, lines: [LineDifference])
    /// The user stopped it.
    case interrupted
    /// The run ended before reaching it.
    case notRun
    /// It ran only because the one compared cell depends on it.
    case notCompared
  }

  /// The cell.
  package let cell: Cell
  /// The result of its comparison.
  package let verdict: Verdict

  init(cell: Cell, verdict: Verdict) {
    self.cell = cell
    self.verdict = verdict
  }

  /// Compares a cell's run with its record; the remedy for a missing record names `file`.
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
  /// The lines that take part in comparisons.
  var comparable: [ComparableLine] {
    filter { !$0.isVolatile }.map { ComparableLine(isFailure: false, text: $0.text) }
  }
}
