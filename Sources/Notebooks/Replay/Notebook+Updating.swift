import Files

/// A notebook in which what a replay found to differ has been taken over.
package struct Update: Sendable {
  /// What the replay found.
  package let report: ReplayReport
  /// The numbers of the cells whose recorded output is replaced.
  package let cells: [Int]
  /// The notebook as it is to be written.
  package let notebook: Notebook

  /// Whether the notebook would now replay, as far as it was compared.
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
  /// Replays the notebook and takes over the output of cells that differ, of the compared ones only.
  ///
  /// A cell that failed, or that succeeded although its `!` says it fails, is left as it is. All other lines, the
  /// header included, stay. Throws ``NotebookError`` if there is no cell `only`, or if the record was made in
  /// another environment, so that the header would not be true of the new output.
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
  /// atomically; a file that is not changed is not written.
  ///
  /// Throws ``NotebookError``, or what the writer throws, and then the old file is as it was.
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
