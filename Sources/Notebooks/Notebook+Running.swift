extension Notebook {
  /// Runs all cells and writes nothing.
  ///
  /// An unmarked failure ends the run unless `keepGoing`; an interruption and the end of the session
  /// always do. Cells after `last` are not run; throws ``NotebookError`` if there is no such cell.
  package func run(
    using evaluator: any NotebookEvaluator,
    keepGoing: Bool = false,
    last: Int? = nil,
    observing observe: (RunEvent) -> Void = { _ in }
  ) throws(NotebookError) -> RunReport {
    let cells = cells(groupedBy: evaluator)
    try check(last, in: cells)
    return RunReport(
      file: file,
      cells: runCells(
        cells,
        using: evaluator,
        keepGoing: keepGoing,
        last: last,
        observing: observe
      )
    )
  }

  func runCells(
    _ cells: [Cell],
    using evaluator: any NotebookEvaluator,
    keepGoing: Bool,
    last: Int?,
    observing observe: (RunEvent) -> Void
  ) -> [CellRun] {
    withoutActuallyEscaping(observe) { observe in
      CellRunner(file: file, evaluator: evaluator, keepGoing: keepGoing, observe: observe)
        .run(cells, last: last)
    }
  }

  func check(_ number: Int?, in cells: [Cell]) throws(NotebookError) {
    guard let number, !(1...max(1, cells.count) ~= number && !cells.isEmpty) else { return }
    throw .noSuchCell(file: file, number: number, count: cells.count)
  }
}
