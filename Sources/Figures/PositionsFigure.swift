import CommandLanguage
import Plotting
import Sessions
import Tasks
import Training
import Wording

/// The accuracy of a model at each position of its answers, a line for each length.
package struct PositionsFigure {
  /// The results at one length.
  struct Row: Hashable {
    let length: Int
    /// The number of times that each position counts, and that it is correct.
    let counts: [Int]
    let right: [Int]

    /// The share of correct answers at each position; nil for one that never counts.
    var accuracies: [Double?] {
      zip(counts, right).map { $0 > 0 ? Double($1) / Double($0) : nil }
    }
  }

  let rows: [Row]
  let title: String
  let subtitle: String

  package static let plotted = PlottedFigure(
    name: "positions",
    summary: "the accuracy at each position of the answers, in a test, a line for each length",
    discussion: """
      Positions are counted from 0; of numbers position 0 is the lowest digit. As in the column `symbols` of `test`, a \
      position counts in an example where the right symbol or the answer is not blank there. The examples are those of \
      `test` with the same `lengths=`, `count=` and `hard=`: without `count=` 1,024 of each length, fewer above length 4,096. \
      `let p = plot positions` has `$p.accuracy[LENGTH]`, a list by positions, and `$p.count[LENGTH]`, how many examples have \
      each.
      """,
    options: TestRequest.examples,
    examples: [
      .init(
        """
        data badd lengths=8; model rse maps=8; train 5
        let p = plot positions lengths=8,16 count=32
        $p.accuracy[8]
        """,
        "where the sums of a model go wrong"
      )
    ]
  ) { request, session in
    let test = try SymbolTest(request, about: "accuracy over positions is", in: session)
    let parts = try test.lengths.run(in: session) { examples in
      Part(
        score: SymbolScore(examples),
        counts: tally(examples, \.countedPositions),
        wrong: tally(examples, \.wrongPositions)
      )
    }
    let score = parts.flatMap(\.parts).reduce(into: SymbolScore()) { $0.add($1.score) }
    let figure = PositionsFigure(
      rows: parts.map { length, parts in
        let counts = sum(parts.map(\.counts))
        let right = zip(counts, sum(parts.map(\.wrong))).map { $0 - $1 }
        // Nothing follows the last position that counts.
        let end = (counts.lastIndex { $0 > 0 } ?? -1) + 1
        return Row(length: length, counts: Array(counts[..<end]), right: Array(right[..<end]))
      },
      title: request.title ?? "Accuracy over position: \(test.data.about)",
      subtitle: test.subtitle(score)
    )
    return Plot(figure: figure.figure, slots: request.slots, values: figure.record)
  }

  /// The results stored for examples that were tested together.
  private struct Part: Codable {
    let score: SymbolScore
    /// By position, the number of times that it counts and that it is wrong.
    let counts: [Int]
    let wrong: [Int]
  }

  private static func tally(
    _ examples: [TestedExample],
    _ positions: (TestedExample) -> [Int]
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: examples.first?.answer.count ?? 0)
    for example in examples {
      for position in positions(example) { counts[position] += 1 }
    }
    return counts
  }

  private static func sum(_ parts: [[Int]]) -> [Int] {
    parts.dropFirst().reduce(parts.first ?? []) { sums, part in zip(sums, part).map { $0 + $1 } }
  }

  package var figure: Figure {
    Figure(
      title: title,
      subtitle: subtitle,
      panels: [
        Panel(
          x: Axis("position", lower: -margin, upper: Double(max(1, positions - 1)) + margin),
          y: .accuracy("accuracy", spanning: rows.flatMap { $0.accuracies.compactMap(\.self) }),
          series: rows.enumerated().map(line),
          legend: rows.count > 1 ? .automatic : .none,
          lines: [ReferenceLine(.y, at: 1)]
        )
      ]
    )
  }

  /// The number of positions of the longest answers.
  private var positions: Int { rows.map(\.counts.count).max() ?? 0 }

  /// The margin beside the first and the last position.
  private var margin: Double { 0.015 * Double(max(1, positions)) }

  private func line(_ index: Int, _ row: Row) -> Series {
    let points = row.accuracies.enumerated().compactMap { position, accuracy in
      accuracy.map { (x: Double(position), y: $0) }
    }
    return Series(
      "length \(row.length)",
      x: points.map(\.x),
      y: points.map(\.y),
      form: points.count <= 40 ? .lineAndMarkers : .line,
      color: .palette(index),
      marker: Marker.allCases[index % Marker.allCases.count]
    )
  }

  private var record: Record {
    func column(_ values: (Row) -> Value) -> Value {
      .labelled(Labelled(rows.map { (.number(Double($0.length)), values($0)) }))
    }
    return [
      "accuracy": column { .list($0.accuracies.map { $0.map { .number($0) } ?? .nothing }) },
      "count": column { .integers($0.counts) },
    ]
  }
}
