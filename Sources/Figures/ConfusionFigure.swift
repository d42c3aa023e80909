import CommandLanguage
import Plotting
import Sessions
import Tasks
import Training
import Wording

/// The confusion matrix of a model's symbols: targets by answers.
package struct ConfusionFigure {
  /// The symbols shown, by their numbers in ascending order.
  let symbols: [Int]
  /// Their names, all distinct.
  let names: [String]
  /// The number of times each symbol is answered (column) where each is correct (row).
  let counts: [[Int]]
  /// The number of symbols that occur, but are not shown.
  let left: Int
  let title: String
  let subtitle: String

  /// The maximum number of symbols shown, the most frequent ones.
  static let mostSymbols = 100
  /// The maximum number of symbols with the counts printed in the cells.
  static let mostLabelled = 12

  package static let plotted = PlottedFigure(
    name: "confusion",
    summary: "which symbols a model answers where which are right, in a test",
    discussion: """
      Rows are the right symbols, columns the answers; colours are shares of a row. Up to \(mostLabelled) symbols the counts \
      stand in the cells. As in the column `symbols` of `test`, positions count where the right symbol or the answer is not \
      blank: a blank, `_`, stands for a symbol too few or too many, never for padding that both have. The examples are those \
      of `test` with the same `lengths=`, `count=` and `hard=`. Of more than \(mostSymbols) symbols the most frequent are shown. \
      `let c = plot confusion` has `$c.symbols`, `$c.counts`, a list for each row, and `$c.accuracy`.
      """,
    options: TestRequest.examples,
    examples: [
      .init(
        "data sort lengths=8; model rse maps=8; train 5; plot confusion count=32",
        "what a model that was hardly trained takes for what"
      )
    ]
  ) { request, session in
    let test = try SymbolTest(request, about: "a confusion matrix is", in: session)
    let outputs = test.data.task.outputSymbols
    let parts = try test.lengths.run(in: session) { examples in
      var counts: [Int: Int] = [:]
      for example in examples {
        for position in example.countedPositions {
          let pair = Int(example.target[position]) * outputs + Int(example.answer[position])
          counts[pair, default: 0] += 1
        }
      }
      return Part(score: SymbolScore(examples), counts: counts)
    }.flatMap(\.parts)
    let score = parts.reduce(into: SymbolScore()) { $0.add($1.score) }
    let counts = parts.reduce(into: [Int: Int]()) { all, part in
      all.merge(part.counts) { $0 + $1 }
    }
    let figure = ConfusionFigure(
      counts: counts.map { (target: $0 / outputs, answer: $0 % outputs, count: $1) },
      task: test.data.task,
      title: request.title ?? "Right symbols and answers: \(test.data.about)",
      subtitle: test.subtitle(score)
    )
    return Plot(figure: figure.figure, slots: request.slots, values: figure.record(score))
  }

  /// The results stored for examples that were tested together.
  private struct Part: Codable {
    let score: SymbolScore
    /// The number of occurrences of each pair of target and answer, by target · outputs + answer.
    let counts: [Int: Int]
  }

  /// - Parameter counts: the counts of pairs of target and answer, each pair once.
  init(
    counts: [(target: Int, answer: Int, count: Int)],
    task: any SymbolTask,
    title: String,
    subtitle: String
  ) {
    var frequency: [Int: Int] = [:]
    for (target, answer, count) in counts {
      frequency[target, default: 0] += count
      if answer != target { frequency[answer, default: 0] += count }
    }
    let byFrequency = frequency.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    symbols = byFrequency.prefix(Self.mostSymbols).map(\.key).sorted()
    left = frequency.count - symbols.count
    let places = Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($1, $0) })
    var matrix = symbols.map { _ in [Int](repeating: 0, count: places.count) }
    for (target, answer, count) in counts {
      if let row = places[target], let column = places[answer] { matrix[row][column] = count }
    }
    self.counts = matrix
    let names = symbols.map { task.outputName(Int32($0)) }
    let repeated = Dictionary(grouping: names, by: \.self).filter { $1.count > 1 }.keys
    // Symbols that mean nothing in answers have no names of their own.
    self.names = zip(names, symbols).map { repeated.contains($0) ? "\($0) (\($1))" : $0 }
    self.title = title
    self.subtitle = subtitle
  }

  /// The shares of each row, the first row at the top; NaN for a symbol that was never correct.
  private var shares: [Float] {
    counts.reversed().flatMap { row in
      let total = row.reduce(0, +)
      return row.map { total > 0 ? Float(Double($0) / Double(total)) : .nan }
    }
  }

  private var labels: [String] {
    guard symbols.count <= Self.mostLabelled else { return [] }
    return counts.reversed().flatMap { $0.map { $0 > 0 ? grouped($0) : "" } }
  }

  package var figure: Figure {
    let count = symbols.count
    let side = min(520, max(200, Double(count) * 40))
    func ticks(_ place: (Int) -> Int) -> TickRule {
      .labelled(names.enumerated().map { Tick(Double(place($0)), $1) })
    }
    return Figure(
      title: title,
      subtitle: subtitle,
      panels: [
        Panel(
          x: Axis("answer", ticks: ticks { $0 }),
          y: Axis("right symbol", ticks: ticks { count - 1 - $0 }),
          heatMap: HeatMap(
            rows: count,
            columns: count,
            values: shares,
            colorMap: .veil(Color(0x3B86C8)),
            colorAxis: Axis("share of the row", lower: 0, upper: 1, format: .percent),
            cellLabels: labels
          )
        )
      ],
      size: Size(max(560, side + 170), side + 130),
      footnote: left > 0 ? "The \(count) most frequent symbols; \(grouped(left)) more occur." : nil
    )
  }

  private func record(_ score: SymbolScore) -> Record {
    [
      "symbols": .texts(names), "counts": .list(counts.map { .integers($0) }),
      "accuracy": .number(score.accuracy),
    ]
  }
}
