import Files

/// A notebook updated with the differences that a replay found.
package struct Update: Sendable {
  /// The report of the replay.
  package let report: ReplayReport
  /// The numbers of the cells whose recorded output is replaced.
  package let cells: [Int]
  /// The notebook to be written.
  package let notebook: Notebook

  /// True if the notebook would now replay, as far as it was compared.
  package var isComplete: Bool {
    report.status == .done
      || report.status == .differs && report.orphanLines.isEmpty
        && report.cells.allSatisfy { comparison in
          if case .differs = comparison.verdict {
            cells.contains(comparison.cell.number)
          } else {
            true
          }
        }
  }
}

extension Notebook {
  /// Replays the notebook and takes over the output of differing cells, among the compared ones only.
  ///
  /// A cell that failed, or that succeeded despite its `!`, is left unchanged. All other lines, including
  /// the header, stay. Throws ``NotebookError`` if there is no cell `only`, or if the record was made in
  /// another environment, so that the header would be wrong about the new output.
  package func updated(
    using evaluator: any NotebookEvaluator,
    options: ReplayOptions = ReplayOptions(),
    observing observe: (RunEvent) -> Void = { _ in }
  ) throws(NotebookError) -> Update {
    if case .tolerant(_, let differences?) = replayMode(using: evaluator, options: options) {
      throw .otherEnvironment(
        file: file,
        differences: differences.map(\.description).joined(separator: "; ")
      )
    }
    let (report, runs) = try replayed(using: evaluator, options: options, observing: observe)
    let changed = zip(runs, report.cells).compactMap { run, comparison -> CellRun? in
      guard case .differs = comparison.verdict else { return nil }
      switch run.verdict {
      case .succeeded, .failedAsExpected: return run
      case .failed, .succeededUnexpectedly, .interrupted, .notRun: return nil
      }
    }
    var notebook = self
    notebook.setOutput(of: changed)
    return Update(report: report, cells: changed.map(\.cell.number), notebook: notebook)
  }

  /// Replays the notebook at `path` and writes into it what ``updated(using:options:observing:)`` takes over,
  /// atomically; an unchanged file is not written.
  ///
  /// Throws ``NotebookError``, or whatever the writer throws; the old file is then unchanged.
  package static func update(
    _ path: String,
    using evaluator: any NotebookEvaluator,
    options: ReplayOptions = ReplayOptions(),
    observing observe: (RunEvent) -> Void = { _ in },
    writer: NotebookWriter = NotebookFile.atomicWriter
  ) throws -> Update {
    let old = try NotebookFile.read(path)
    let notebook = try Notebook(parsing: old, file: path)
    try AtomicFile.checkWritable(path)
    let update = try notebook.updated(using: evaluator, options: options, observing: observe)
    let new = update.notebook.bytes
    if new != old { try NotebookFile.replace(path, holding: old, with: new, writer: writer) }
    return update
  }
}
