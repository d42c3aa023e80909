import Wording

/// What the replay of one of several notebooks found, as the process that ran it tells it.
package struct ReplayOutcome: Codable, Sendable {
  /// A cell and how it compares.
  package struct Cell: Codable, Sendable {
    /// How a cell compares, without the lines.
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
    /// The line of the file at which it begins, from 1.
    package let line: Int
    /// Its code.
    package let code: String
    /// How it compares.
    package let verdict: Verdict
    /// Place, code and what differs; empty for a cell that is as recorded.
    package let text: String
    /// How long it ran, in seconds.
    package let seconds: Double
  }

  /// The notebook's name as messages show it.
  package let file: String
  /// All cells in order; none where the notebook could not be run.
  package let cells: [Cell]
  /// One line that says how the replay ended.
  package let summary: String
  /// How it was compared, where that was not exactly; empty otherwise.
  package let mode: String
  /// What differs, as text; empty if nothing does.
  package let diff: String
  /// How long the notebook took, in seconds.
  package let seconds: Double
  /// How long it was allowed to take, where that was not enough.
  package let limit: Double?
  private let statusCode: Int32

  /// - Parameters:
  ///   - report: what the replay found.
  ///   - seconds: of all of it.
  ///   - cellSeconds: of each cell, by its number.
  ///   - limit: the seconds after which it was stopped; nil if it was not.
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

  /// A replay of which there is nothing but the reason why it did not come to an end.
  ///
  /// - Parameters:
  ///   - reason: what ended it.
  ///   - status: failed, or interrupted for a notebook that was not begun.
  ///   - limit: the seconds after which it was stopped; nil if it was not.
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

  /// The worst that happened; a notebook that took too long has failed.
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
  /// The worst that happened to any of them.
  package var status: RunStatus {
    let all = map(\.status)
    return [.interrupted, .failed, .differs].first { all.contains($0) } ?? .done
  }

  /// One line, such as `16 notebooks: 15 identical, 1 differs`.
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
