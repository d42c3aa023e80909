import Wording

/// The results of running or recording a notebook.
package struct RunReport: Sendable {
  /// The notebook's name as messages show it.
  package let file: String
  /// All cells in order.
  package let cells: [CellRun]

  /// The worst result, apart from differences, which only a replay finds.
  package var status: RunStatus { RunStatus(of: cells) }

  /// A line with the number of cells that ran, or the one that went wrong.
  package var summary: String {
    if let trouble = cells.trouble { return trouble }
    return "\(counted(cells.count { $0.verdict != .notRun }, "cell")) done"
  }
}

extension RunStatus {
  init(of cells: [CellRun]) {
    if cells.contains(where: { $0.verdict == .interrupted }) {
      self = .interrupted
    } else {
      self = cells.contains { $0.problem != nil } ? .failed : .done
    }
  }
}

extension CellRun {
  /// The problem with the cell's ending; nil if there is none.
  var problem: String? {
    switch verdict {
    case .failed(let message): message
    case .succeededUnexpectedly: "cell \(cell.number) should fail (`!`) but succeeded"
    case .interrupted: "interrupted"
    case .succeeded, .failedAsExpected, .notRun: nil
    }
  }
}

extension [CellRun] {
  /// A line on what went wrong and the number of cells left out as a result; nil if nothing went wrong.
  var trouble: String? {
    let troubled = filter { $0.problem != nil }
    guard let first = troubled.first else { return nil }
    var text: String
    if let stopped = troubled.first(where: { $0.verdict == .interrupted }) {
      text = "interrupted in cell \(stopped.cell.number) of \(count)"
    } else if troubled.count > 1 {
      text = "\(troubled.count) of \(counted(count, "cell")) failed"
    } else if first.verdict == .succeededUnexpectedly {
      text = "cell \(first.cell.number) of \(count) succeeded where failure was expected"
    } else {
      text = "cell \(first.cell.number) of \(count) failed"
    }
    let left = self.count { $0.verdict == .notRun }
    if left > 0 { text += ", \(left) not run" }
    return text
  }
}
