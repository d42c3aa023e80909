import Wording

/// The differences between two notebooks, cell by cell: their code and recorded output.
package struct NotebookDiff: Sendable {
  /// A cell that differs between the two.
  enum Change: Sendable {
    case output(first: Cell, second: Cell, lines: [LineDifference])
    case onlyFirst(Cell)
    case onlySecond(Cell)
  }

  private let first: String
  private let second: String
  private let environments: ReplayMode?
  private let hasOtherProse: Bool
  private let cellCount: Int
  let changes: [Change]

  /// Compares two notebooks; with a tolerance, numbers within it match.
  package init(
    _ first: Notebook,
    _ second: Notebook,
    groupedBy evaluator: any NotebookEvaluator,
    tolerance: Tolerance?
  ) {
    self.first = first.file
    self.second = second.file
    environments = second.environment.map {
      ReplayMode(recorded: first.environment, here: $0, tolerance: tolerance ?? .standard)
    }
    hasOtherProse = first.prose != second.prose
    let (a, b) = (first.cells(groupedBy: evaluator), second.cells(groupedBy: evaluator))
    cellCount = max(a.count, b.count)
    let alignment = LineAlignment(comparer: LineComparer(tolerance: tolerance))
    let common = CommonSubsequence.pairs(a.count, b.count) { a[$0].code == b[$1].code }
    var changes: [Change] = []
    var start = (0, 0)
    for (i, j) in common + [(a.count, b.count)] {
      changes += a[start.0..<i].map { .onlyFirst($0) } + b[start.1..<j].map { .onlySecond($0) }
      start = (i + 1, j + 1)
      guard i < a.count, j < b.count else { continue }
      let lines = alignment.differences(expected: a[i].comparable, got: b[j].comparable)
      if !lines.isEmpty { changes.append(.output(first: a[i], second: b[j], lines: lines)) }
    }
    self.changes = changes
  }

  /// True if code and compared output are the same.
  package var isEmpty: Bool { changes.isEmpty }

  /// The differences and a summary, line by line.
  package var text: String {
    var lines = changes.flatMap(text)
    if case .tolerant(_, let differences?)? = environments {
      lines.insert(contentsOf: differences.map { "environment: \($0)" }, at: 0)
    }
    if hasOtherProse { lines.append("the prose differs") }
    lines.append(
      isEmpty
        ? "the same: \(counted(cellCount, "cell"))"
        : "\(counted(changes.count, "difference")) in \(counted(cellCount, "cell"))"
    )
    return lines.joined(separator: "\n")
  }

  private func text(of change: Change) -> [String] {
    switch change {
    case .onlyFirst(let cell): return ["only in \(first):\(cell.firstLine)"] + Self.code(of: cell)
    case .onlySecond(let cell): return ["only in \(second):\(cell.firstLine)"] + Self.code(of: cell)
    case .output(let a, let b, let lines):
      let place = "\(first):\(a.firstLine) and \(second):\(b.firstLine): the output differs"
      return [place] + Self.code(of: a) + lines.flatMap(Self.text)
    }
  }

  private static func text(of difference: LineDifference) -> [String] {
    switch difference {
    case .missing(let line): ["  first   \(line)"]
    case .extra(let line): ["  second  \(line)"]
    case .changed(let expected, let got, _): ["  first   \(expected)", "  second  \(got)"]
    }
  }

  private static func code(of cell: Cell) -> [String] { cell.code.textLines.map { "    \($0)" } }
}

extension Cell {
  /// The output that takes part in comparisons.
  fileprivate var comparable: [ComparableLine] {
    output.comparable
      + (expectation?.message ?? []).map { ComparableLine(isFailure: true, text: $0) }
  }
}

extension Notebook {
  fileprivate var prose: [String] { lines.filter { $0.kind == .prose }.map(\.content) }
}
