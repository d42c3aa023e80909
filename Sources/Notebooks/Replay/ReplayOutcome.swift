import Wording

/// The result of replaying one of several notebooks, as reported by the process that ran it.
package struct ReplayOutcome: Codable, Sendable {
  /// A cell and the result of its comparison.
  package struct Cell: Codable, Sendable {
    /// The result of a comparison, without the lines.
    package enum Verdict: String, Codable, Sendable {
      case matched
      case differs
      case failed
      case interrupted
      /// Also a cell that ran only because another one was to be compared.
      case notRun
    }

    /// The cell's number, from 1.
    package let number: Int
    /// The line number (from 1) at which it begins in the file.
    package let line: Int
    /// Its code.
    package let code: String
    /// The result of its comparison.
    package let verdict: Verdict
    /// The place, the code and the differences; empty if there are none.
    package let text: String
    /// The run time in seconds.
    package let seconds: Double
  }

  /// The notebook's name as messages show it.
  package let file: String
  /// All cells in order; none if the notebook could not be run.
  package let cells: [Cell]
  /// A line that says how the replay ended.
  package let summary: String
  /// The mode of comparison; empty if it was exact.
  package let mode: String
  /// The differences as text; empty if there are none.
  package let diff: String
  /// The run time of the notebook in seconds.
  package let seconds: Double
  /// The time limit in seconds, if it was exceeded.
  package let limit: Double?
  private let statusCode: Int32

  /// - Parameters:
  ///   - report: the report of the replay.
  ///   - seconds: the total run time.
  ///   - cellSeconds: the run time of each cell, by its number.
  ///   - limit: the time limit, in seconds, that stopped it; nil if none did.
  package init(
    _ report: ReplayReport,
    seconds: Double,
    cellSeconds: [Int: Double] = [:],
    limit: Double? = nil
  ) {
    file = report.file
    cells = report.cells.map { comparison in
      Cell(
        number: comparison.cell.number,
        line: comparison.cell.firstLine,
        code: comparison.cell.code,
        verdict: Cell.Verdict(comparison.verdict),
        text: report.text(of: comparison) ?? "",
        seconds: cellSeconds[comparison.cell.number] ?? 0
      )
    }
    let isOutOfTime = limit != nil && report.status == .interrupted
    summary = isOutOfTime ? Self.outOfTime(limit) + report.summary : report.summary
    mode = report.mode.tolerance == nil ? "" : report.mode.description
    diff = report.diff()
    self.seconds = seconds
    self.limit = isOutOfTime ? limit : nil
    statusCode = (isOutOfTime ? .failed : report.status).rawValue
  }

  /// Describes a replay that did not finish, with nothing but the reason.
  ///
  /// - Parameters:
  ///   - reason: the reason why it ended.
  ///   - status: failed, or interrupted for a notebook that was not begun.
  ///   - limit: the time limit, in seconds, that stopped it; nil if none did.
  package init(
    file: String,
    reason: String,
    status: RunStatus = .failed,
    seconds: Double = 0,
    limit: Double? = nil
  ) {
    self.file = file
    cells = []
    summary = Self.outOfTime(limit) + reason
    mode = ""
    diff = ""
    self.seconds = seconds
    self.limit = limit
    statusCode = status.rawValue
  }

  /// The worst result; a notebook that exceeded its time limit has failed.
  package var status: RunStatus { RunStatus(rawValue: statusCode) ?? .failed }

  private static func outOfTime(_ limit: Double?) -> String {
    limit.map { "not done after \(Self.text(seconds: $0)): " } ?? ""
  }

  private static func text(seconds: Double) -> String {
    seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
  }
}

extension ReplayOutcome.Cell.Verdict {
  fileprivate init(_ verdict: CellComparison.Verdict) {
    self =
      switch verdict {
      case .matched: .matched
      case .differs: .differs
      case .failed: .failed
      case .interrupted: .interrupted
      case .notRun, .notCompared: .notRun
      }
  }
}

extension [ReplayOutcome] {
  /// The worst result of any of them.
  package var status: RunStatus {
    let all = map(\.status)
    return [.interrupted, .failed, .differs].first { all.contains($0) } ?? .done
  }

  /// A line such as `16 notebooks: 15 identical, 1 differs`.
  package var summary: String {
    let words: [(RunStatus, one: String, many: String)] = [
      (.done, "identical", "identical"), (.differs, "differs", "differ"),
      (.failed, "failed", "failed"), (.interrupted, "interrupted", "interrupted"),
    ]
    let parts = words.compactMap { status, one, many -> String? in
      let number = count { $0.status == status }
      return number == 0 ? nil : "\(number) \(number == 1 ? one : many)"
    }
    return "\(counted(count, "notebook")): " + parts.joined(separator: ", ")
  }
}
