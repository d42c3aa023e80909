import Foundation

extension ReplayReport {
  private static let mostCodeLines = 6
  private static let mostNumbers = 3

  /// The whole report as text: the mode of comparison, the facts, the differences, the summary.
  package var text: String {
    let facts = factDifferences.map(\.description)
    let diff = diff()
    return ([mode.description] + facts + (diff.isEmpty ? [] : [diff]) + [summary])
      .joined(separator: "\n")
  }

  /// Returns the differing cells: place, code, expected and actual lines; empty if there are none.
  ///
  /// Of each cell at most `mostLines` differing lines are shown.
  package func diff(mostLines: Int = 20) -> String {
    let orphans = orphanLines.map {
      "\(file):\($0): output above the first statement; `rse record` takes it away"
    }
    let cells = cells.compactMap { text(of: $0, mostLines: mostLines) }
    return (orphans + cells).joined(separator: "\n")
  }

  /// Returns a cell's differences: place, code, expected and actual lines; nil if there are none.
  func text(of comparison: CellComparison, mostLines: Int = 20) -> String? {
    let title: String
    var notes: [String] = []
    var differences: [LineDifference] = []
    switch comparison.verdict {
    case .matched, .notRun, .notCompared: return nil
    case .interrupted: title = "interrupted"
    case .differs(let words, let lines):
      title = "differs"
      notes = words
      differences = lines
    case .failed(let message, let lines):
      title = "failed"
      notes = CellRun.messageLines(message)
      differences = lines
    }
    let cell = comparison.cell
    var text = ["\(file):\(cell.firstLine): cell \(cell.number) \(title)"]
    text += Self.shortened(cell.code).map { "    \($0)" }
    text += notes.map { "  \($0)" }
    text += differences.prefix(mostLines).flatMap(Self.text(of:))
    if differences.count > mostLines {
      text.append("  … and \(differences.count - mostLines) more")
    }
    return text.joined(separator: "\n")
  }

  private static func shortened(_ code: String) -> [String] {
    let lines = code.textLines
    return lines.count <= mostCodeLines ? lines : lines.prefix(mostCodeLines - 1) + ["…"]
  }

  private static func text(of difference: LineDifference) -> [String] {
    switch difference {
    case .missing(let line): return ["  missing  \(line)"]
    case .extra(let line): return ["  extra    \(line)"]
    case .changed(let expected, let got, let numbers):
      var notes = numbers.prefix(mostNumbers).map(\.description)
      if numbers.count > mostNumbers { notes.append("…") }
      return ["  expected \(expected)", "  got      \(got)"]
        + (notes.isEmpty ? [] : ["             " + notes.joined(separator: "; ")])
    }
  }
}

extension NumberDifference: CustomStringConvertible {
  /// A description such as `0.4873 became 0.5873, 17 % apart`.
  package var description: String {
    let distance = relative.map { String(format: ", %.2g %% apart", $0 * 100) } ?? ""
    return "\(expected) became \(got)\(distance)"
  }
}
