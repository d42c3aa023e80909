import CommandLanguage
import Tasks
import Training
import Wording

/// A wrong answer and the right one, symbol below symbol, with marks below the wrong ones.
struct WrongAnswer {
  let example: TestedExample
  let task: any SymbolTask

  /// The maximum width of the symbols, in columns; longer answers are cut to a stretch near the first wrong one.
  private static let width = 64
  /// The number of symbols that are shown before the first wrong one.
  private static let lead = 8

  private var question: String { task.question(example.input) }
  private var right: String { task.answer(example.target) }
  private var answer: String { task.answer(example.answer) }

  /// The value of `show wrong`.
  var record: Record {
    [
      "length": .number(Double(example.answer.count)), "question": .text(question),
      "right": .text(right), "answer": .text(answer),
      "positions": .integers(example.wrongPositions),
    ]
  }

  /// The lines of `show wrong`.
  var lines: [String] {
    let isPlain = isPlain
    let rows = rows
    var lines = [("question", Self.brief(question))]
    if !isPlain { lines += [("right", Self.brief(right)), ("network", Self.brief(answer))] }
    lines += [
      (isPlain ? "right" : "symbols", rows.right), (isPlain ? "network" : "", rows.answer),
      ("", rows.marks),
    ]
    return lines.map { label, text in
      var line = label + String(repeating: " ", count: 10 - label.count) + text
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func brief(_ text: String) -> String {
    text.count <= width ? text : text.prefix(width) + "…"
  }

  // MARK: Symbols below each other

  /// One position.
  private struct Cell {
    let right: String
    let answer: String
    let isWrong: Bool

    var width: Int { max(DisplayWidth.columns(of: right), DisplayWidth.columns(of: answer)) }
  }

  /// The positions up to the last one that is not blank in both, in the written order.
  private var cells: [Cell] {
    let count = (example.countedPositions.last ?? -1) + 1
    let cells = (0..<count).map { position in
      Cell(
        right: task.outputName(example.target[position]),
        answer: task.outputName(example.answer[position]),
        isWrong: example.target[position] != example.answer[position]
      )
    }
    return task.isWrittenBackwards ? cells.reversed() : cells
  }

  /// True if the symbols alone already show everything in the right answer.
  private var isPlain: Bool {
    func plain(_ text: String) -> String { text.filter { $0 != " " && $0 != ":" } }
    let target = Array(task.trimmed(example.target))
    let names = (task.isWrittenBackwards ? target.reversed() : target).map(task.outputName)
    return target.isEmpty || plain(names.joined()) == plain(right)
  }

  /// Returns the separator of symbols: empty if the task writes none and all are single characters.
  private func separator(of cells: [Cell]) -> String {
    let isParted = right.contains(" ") || answer.contains(" ") || cells.contains { $0.width > 1 }
    return isParted ? " " : ""
  }

  /// The rows of the right answer's symbols, of the model's, and of the marks.
  private var rows: (right: String, answer: String, marks: String) {
    let all = cells
    let separator = separator(of: all)
    let first = all.firstIndex(where: \.isWrong) ?? 0
    let total = all.reduce(0) { $0 + $1.width + separator.count } - separator.count
    let start = total <= Self.width ? 0 : max(0, first - Self.lead)
    var end = start
    var width = 0
    while end < all.count {
      let more = all[end].width + (end > start ? separator.count : 0)
      if width + more > Self.width, end > start { break }
      width += more
      end += 1
    }
    let shown = all[start..<end]
    func row(_ text: (Cell) -> String) -> String {
      shown.map { cell in
        let text = text(cell)
        let room = max(0, cell.width - DisplayWidth.columns(of: text))
        return text + String(repeating: " ", count: room)
      }.joined(separator: separator)
    }
    let (before, behind) = (start > 0 ? "…" : "", end < all.count ? "…" : "")
    let marks = row { $0.isWrong ? String(repeating: "^", count: $0.width) : "" }
    return (
      before + row(\.right) + behind, before + row(\.answer) + behind,
      String(repeating: " ", count: before.count) + marks
    )
  }
}
