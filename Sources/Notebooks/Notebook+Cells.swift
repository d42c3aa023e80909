extension Notebook {
  /// Divides the code into cells.
  ///
  /// The evaluator receives the lines between two blocks of output, including prose and blank lines,
  /// so that a statement in braces may contain both. Code lines that it puts into no group (comments, say)
  /// belong to no cell, like prose. An output line belongs to the nearest cell above it, even
  /// across such lines; recording moves it up to directly below the cell.
  package func cells(groupedBy evaluator: any NotebookEvaluator) -> [Cell] {
    var cells: [Cell] = []
    var start = 0
    for index in lines.indices where lines[index].kind.isOutput {
      appendCells(of: start..<index, to: &cells, groupedBy: evaluator)
      if !cells.isEmpty { addOutput(index, to: &cells[cells.count - 1]) }
      start = index + 1
    }
    appendCells(of: start..<lines.count, to: &cells, groupedBy: evaluator)
    return cells
  }

  /// Returns the indices of output lines above the first cell, which belong to no cell.
  package func orphans(of cells: [Cell]) -> [Int] {
    let end = cells.first?.lines.lowerBound ?? lines.count
    return (0..<end).filter { lines[$0].kind.isOutput }
  }

  private func appendCells(
    of range: Range<Int>,
    to cells: inout [Cell],
    groupedBy evaluator: any NotebookEvaluator
  ) {
    guard let first = range.first(where: { lines[$0].kind == .code }),
      let last = range.last(where: { lines[$0].kind == .code })
    else { return }
    let chunk = lines[first...last]
    let groups = CodeGroups.mended(
      evaluator.groups(in: code(first...last)),
      codeLines: chunk.map { $0.kind == .code }
    )
    for group in groups {
      let places = group.lowerBound + first..<group.upperBound + first
      let code = code(places.lowerBound...places.upperBound - 1)
      cells.append(Cell(number: cells.count + 1, lines: places, code: code))
    }
  }

  private func code(_ range: ClosedRange<Int>) -> String {
    lines[range].map(\.text).joined(separator: "\n")
  }

  private func addOutput(_ index: Int, to cell: inout Cell) {
    let line = lines[index]
    cell.outputLines.append(index)
    switch line.kind {
    case .failure:
      cell.expectation = cell.expectation ?? FailureExpectation(message: [])
      let isBareMark = line.content.isEmpty && cell.expectation?.message.isEmpty ?? true
      if !isBareMark { cell.expectation?.message.append(line.content) }
    default:
      cell.output.append(OutputLine(line.content, isVolatile: line.kind == .volatile))
    }
  }
}
