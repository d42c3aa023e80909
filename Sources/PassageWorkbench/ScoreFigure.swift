import CommandLanguage
import Figures
import Foundation
import Plotting
import Sessions
import Tasks
import Wording

/// A bar chart of the words that a network points at in a passage, from top to bottom.
package struct ScoreFigure {
  let title: String
  let subtitle: String
  let reading: PassageReading
  /// The answer, if it is known.
  let answer: String?

  /// The height of each word, and of the rest of the figure, in points.
  private static let (rowHeight, otherHeight) = (15.0, 130.0)
  private static let width = 560.0

  /// The figure; words are at the integers 0, −1, −2, ….
  var figure: Figure {
    let words = reading.words.dropLast()
    let best = reading.answers.first?.word
    let missed = answer.flatMap { $0 != best && words.contains($0) ? $0 : nil }
    func bars(_ name: String, _ color: SeriesColor, where isShown: (String) -> Bool) -> Series {
      let shown = words.indices.filter { isShown(words[$0]) }
      return Series(
        name,
        x: shown.flatMap { [0, reading.probabilities[$0]] },
        y: shown.flatMap { [-Double($0) - 0.38, -Double($0) + 0.38] },
        form: .boxes,
        color: color
      )
    }
    let panel = Panel(
      x: Axis("probability of the answer", lower: 0, format: .percent),
      y: Axis(
        lower: -Double(words.count) + 0.4,
        upper: 0.6,
        ticks: .labelled(words.enumerated().map { Tick(-Double($0.offset), $0.element) })
      ),
      series: [
        bars(best.map { "“\($0)”" } ?? "", .palette(1)) { $0 == best },
        bars("other words", .palette(0)) { $0 != best && $0 != missed },
        bars(missed.map { "“\($0)”, the answer" } ?? "", .palette(2)) { $0 == missed },
      ]
    )
    return Figure(
      title: title,
      subtitle: subtitle,
      panels: [panel],
      size: Size(Self.width, Self.otherHeight + Self.rowHeight * Double(words.count))
    )
  }

  private static let passage = CommandArgument(
    "passage",
    .text,
    "a text that ends with ___",
    otherwise: "of the tests"
  )
  private static let number = CommandArgument(
    "number",
    .integer(in: 1...1_000_000_000),
    "which passage of the tests",
    default: 1
  )

  package static let plotted = PlottedFigure(
    name: "scores",
    summary: "which words of a passage a network of `data lambada` points at",
    discussion: """
      `passage=` is a text with ___ in place of its last word; without it, it is the first test passage, or the one of a \
      `number=`.
      """,
    options: [passage, number],
    examples: [
      .init(
        """
        data lambada path=passages words=100; model rse maps=8; train 1
        plot scores passage="anna met ben , and ben smiled at ___" scores.png
        """,
        "what a network makes of a sentence"
      )
    ]
  ) { request, session in
    let slot = try request.onlySlot()
    let model = try session.boundModel(named: slot.name)
    let data: LambadaData = try model.data.typed(for: "scores are")
    let (text, answer) = try chosen(data, request.arguments)
    let reading = try PassageReading(text, model, data, in: session)
    let best = reading.answers.first
    return Plot(
      figure: ScoreFigure(
        title: request.title ?? "Which word is missing?",
        subtitle: "\(slot.name), step \(grouped(model.trainer.step))"
          + (answer.map { "; the answer is “\($0)”" } ?? "")
          + (reading.left > 0 ? "; without \(counted(reading.left, "word")) at the beginning" : ""),
        reading: reading,
        answer: answer
      ).figure,
      slots: request.slots,
      values: [
        "answer": .text(best?.word ?? ""), "probability": .number(best?.probability ?? 0),
      ]
    )
  }

  /// Returns the passage that is asked for, and its answer if it is known.
  private static func chosen(
    _ data: LambadaData,
    _ arguments: BoundArguments
  ) throws -> (text: String, answer: String?) {
    if let text = arguments[passage] { return (text, nil) }
    let list = data.heldOut(.test)
    let wanted = arguments[number]
    guard let set = data.set, wanted <= list.count else {
      throw arguments.error(
        on: arguments.has(number) ? number : PlotOptions.figure,
        list.count == 0
          ? "there is no test passage" : "there are \(grouped(list.count)) test passages",
        remedy: "for example passage=\"… ___\""
      )
    }
    let words = list[wanted - 1].map(set.table.word)
    return (words.dropLast().joined(separator: " "), words.last)
  }
}
