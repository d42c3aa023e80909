import Files

/// A notebook with fresh output, and the report of the run that produced it.
package struct Recording: Sendable {
  /// The notebook to be written.
  package let notebook: Notebook
  /// The results of the cells.
  package let report: RunReport
}

extension Notebook {
  /// Runs the notebook at `path` and writes the output into it, atomically, also after a failure.
  ///
  /// Only output lines and the header's environment and facts change. A read-only file is detected
  /// before the run; a file that was edited during the run is left alone. Throws ``NotebookError``, or
  /// whatever the writer throws; the old file is then unchanged.
  package static func record(
    _ path: String,
    using evaluator: any NotebookEvaluator,
    keepGoing: Bool = false,
    observing observe: (RunEvent) -> Void = { _ in },
    writer: NotebookWriter = NotebookFile.atomicWriter
  ) throws -> RunReport {
    let old = try NotebookFile.read(path)
    let notebook = try Notebook(parsing: old, file: path)
    try AtomicFile.checkWritable(path)
    let recording = notebook.recorded(
      using: evaluator,
      keepGoing: keepGoing,
      observing: observe
    )
    let new = recording.notebook.bytes
    guard NotebookFile.isReadable(new) else {
      let other = NotebookFile.freeName(beside: path)
      try writer(new, other)
      throw NotebookError.recordingTooLong(file: path, savedAs: other, limit: mostLines)
    }
    if new != old { try NotebookFile.replace(path, holding: old, with: new, writer: writer) }
    return recording.report
  }

  /// Runs all cells and returns the notebook with their output.
  ///
  /// A cell that fails without a `!` keeps its partial output and ends in volatile lines
  /// `~ failed: message`, an interrupted one in `~ interrupted`. Cells that were not run because of a failure
  /// or interruption keep their old output, unless it was made in another environment than the header now
  /// names; those after the end of the session lose it. If only times and other volatile lines are new, the
  /// old ones stay, so that recording twice produces the same bytes.
  package func recorded(
    using evaluator: any NotebookEvaluator,
    keepGoing: Bool = false,
    observing observe: (RunEvent) -> Void = { _ in }
  ) -> Recording {
    let cells = cells(groupedBy: evaluator)
    let runs = runCells(
      cells,
      using: evaluator,
      keepGoing: keepGoing,
      last: nil,
      observing: observe
    )
    let wasCutShort = runs.contains {
      if case .failed = $0.verdict { true } else { $0.verdict == .interrupted }
    }
    let keepsRest = wasCutShort && environment == evaluator.environment
    var notebook = self
    let isSameEnvironment = environment == evaluator.environment
    notebook.setOutput(
      of: runs.filter { run in
        (run.outcome != nil || !keepsRest) && !(isSameEnvironment && isAsRecorded(run))
      },
      alsoRemoving: orphans(of: cells)
    )
    notebook.setHeader(environment: evaluator.environment, facts: evaluator.facts)
    return Recording(notebook: notebook, report: RunReport(file: file, cells: runs))
  }

  /// Returns true if the output of a cell is already directly below it, except for times and other volatile
  /// lines, so that recording again changes nothing.
  private func isAsRecorded(_ run: CellRun) -> Bool {
    let end = run.cell.lines.upperBound
    let fresh = run.recordedLines
    let old = run.cell.outputLines
    switch run.verdict {
    case .succeeded, .failedAsExpected: break
    default: return false
    }
    guard old == Array(end..<end + old.count), old.count == fresh.count else {
      return false
    }
    return zip(old, fresh).allSatisfy { index, line in
      let isSame = lines[index].text.withoutTrailingBlanks == line.text
      // A failure of an earlier run is volatile too, but is out of date.
      let isTime = line.kind == .volatile && !lines[index].tellsOfFailure
      return lines[index].kind == line.kind && (isTime || isSame)
    }
  }

  /// Replaces the output below the cells of these runs, and removes the lines at `orphans`.
  mutating func setOutput(of runs: [CellRun], alsoRemoving orphans: [Int] = []) {
    let removed = Set(runs.flatMap(\.cell.outputLines) + orphans)
    var fresh: [Int: [NotebookLine]] = [:]
    for run in runs {
      let last = run.cell.lines.upperBound - 1
      let ending = ending(below: last)
      fresh[last] = run.recordedLines.map {
        NotebookLine(kind: $0.kind, text: $0.text, ending: ending)
      }
    }
    var result: [NotebookLine] = []
    for (index, line) in lines.enumerated() where !removed.contains(index) {
      let below = fresh[index] ?? []
      result.append(below.first.map { line.with(ending: $0.ending) } ?? line)
      result += below
    }
    lines = result
    separateHeader()
  }

  /// Keeps code that looks like a header line from becoming one when no output is above it any more.
  mutating func separateHeader() {
    guard let end = lines.firstIndex(where: { $0.kind != .version && $0.kind != .header }),
      lines[end].kind == .code, HeaderLine(lines[end].text.utf8) != nil
    else { return }
    insert([(.blank, "")], at: end)
  }
}

extension NotebookLine {
  /// True if it says that the cell above failed or was interrupted.
  fileprivate var tellsOfFailure: Bool {
    content.hasPrefix("failed: ") || content == "interrupted"
  }
}

extension CellRun {
  /// The output lines that recording writes below the cell.
  var recordedLines: [(kind: NotebookLine.Kind, text: String)] {
    let output = (outcome?.output ?? []).map { line in
      Self.line(line.isVolatile ? .volatile : .stable, line.text)
    }
    let expectation = (cell.expectation?.message ?? []).map { Self.line(.failure, $0) }
    let mark = Self.line(.failure, "")
    return switch verdict {
    case .succeeded: output
    case .failedAsExpected(let message):
      output + Self.messageLines(message).map { Self.line(.failure, $0) }
    case .failed(let message):
      output
        + Self.messageLines(message).map {
          Self.line(.volatile, "failed: \($0)".withoutTrailingBlanks)
        }
    case .succeededUnexpectedly:
      output + [Self.line(.volatile, "failed: this should fail but succeeded"), mark]
    case .interrupted:
      output + [Self.line(.volatile, "interrupted")]
        + (cell.expectation == nil ? [] : expectation.isEmpty ? [mark] : expectation)
    case .notRun: cell.expectation == nil ? [] : [mark]
    }
  }

  /// Returns the lines of a failure's message in notebook form.
  static func messageLines(_ message: String) -> [String] {
    message.textLines.map(\.withoutTrailingBlanks)
  }

  /// Returns a line of output in notebook form.
  static func line(
    _ kind: NotebookLine.Kind,
    _ text: String
  ) -> (kind: NotebookLine.Kind, text: String) {
    let mark =
      switch kind {
      case .stable: "|"
      case .volatile: "~"
      default: "!"
      }
    return (kind, text.isEmpty ? mark : "\(mark) \(text)")
  }
}
