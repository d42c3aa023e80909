import Wording

/// The findings of a replay.
package struct ReplayReport: Sendable {
  /// The notebook's name as messages show it.
  package let file: String
  /// The mode of comparison, and its reason.
  package let mode: ReplayMode
  /// The recorded facts that differ here.
  package let factDifferences: [HeaderDifference]
  /// All cells in order.
  package let cells: [CellComparison]
  /// The line numbers (from 1) of recorded output above the first cell, which no cell can reproduce.
  package let orphanLines: [Int]
  let isRecorded: Bool
  let only: Int?

  /// The worst result: interruption, failure, difference.
  package var status: RunStatus {
    if cells.contains(where: { $0.verdict == .interrupted }) { return .interrupted }
    if !failed.isEmpty { return .failed }
    return differing.isEmpty && orphanLines.isEmpty ? .done : .differs
  }

  /// A line such as `identical: 14 cells, 23 lines` or `2 of 14 cells differ`.
  package var summary: String {
    var parts: [String] = []
    if let stopped = cells.first(where: { $0.verdict == .interrupted }) {
      parts.append("interrupted in cell \(stopped.cell.number) of \(cells.count)")
    }
    if failed.count == 1 {
      parts.append("cell \(failed[0].cell.number) of \(cells.count) failed")
    } else if failed.count > 1 {
      parts.append("\(failed.count) of \(counted(cells.count, "cell")) failed")
    }
    if !parts.isEmpty, only == nil {
      let left = cells.count { $0.verdict == .notRun }
      if left > 0 { parts.append("\(left) not run") }
    }
    if !differing.isEmpty { parts.append(differingSummary) }
    if !orphanLines.isEmpty {
      parts.append("output above the first statement belongs to no cell")
    }
    return parts.isEmpty ? identicalSummary : parts.joined(separator: ", ")
  }

  private var failed: [CellComparison] {
    cells.filter { if case .failed = $0.verdict { true } else { false } }
  }

  private var differing: [CellComparison] {
    cells.filter { if case .differs = $0.verdict { true } else { false } }
  }

  private var differingSummary: String {
    if !isRecorded { return "not recorded yet: rse record \(file)" }
    if let only { return "cell \(only) differs" }
    return "\(differing.count) of \(counted(cells.count, "cell")) "
      + (differing.count == 1 ? "differs" : "differ")
  }

  private var identicalSummary: String {
    let lines = cells.compactMap { if case .matched(let lines) = $0.verdict { lines } else { nil } }
    let within = mode.tolerance.map { " within \($0.percent)" } ?? ""
    return "identical\(within): \(counted(lines.count, "cell")), "
      + counted(lines.reduce(0, +), "line")
  }
}
