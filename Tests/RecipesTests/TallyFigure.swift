// A figure, as the recipe in ARCHITECTURE.md says; its row would stand in `FigureList.all`.
import CommandLanguage
import Figures
import Plotting
import Sessions

/// How often the symbols of answers occur, as bars.
enum TallyFigure {
  private static let steps = CommandArgument(
    "steps",
    .integer(in: 1...1000),
    "training steps whose batches are counted",
    default: 1
  )

  static let plotted = PlottedFigure(
    name: "tally",
    summary: "how often the symbols of answers occur in the first training steps",
    options: [steps],
    examples: [.init("data badd; plot tally steps=3", "of the first three steps")],
    hasModels: false
  ) { request, session in
    let tally = try SymbolTally(steps: request.arguments[steps], in: session)
    let counts = tally.counts.map(Double.init)
    let figure = Figure(
      title: request.title ?? "Symbols of the answers",
      panels: [
        Panel(
          x: Axis("symbol", ticks: .every(1)),
          y: Axis("times", lower: 0),
          series: [Series("", x: counts.indices.map(Double.init), y: counts, form: .bars)]
        )
      ]
    )
    return Plot(figure: figure, slots: [], values: ["counts": .list(counts.map { .number($0) })])
  }
}
