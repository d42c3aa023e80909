import CommandLanguage
import Plotting
import Sessions
import Wording

/// The results of the models of the last `compare`, over their cost.
package struct ComparisonFigure {
  /// The quantity on the horizontal axis.
  package enum Abscissa: String, CaseIterable {
    case parameters, seconds
  }

  let rows: [LastComparison.Row]
  let x: Abscissa
  let title: String?

  private static let abscissa = CommandArgument(
    "x",
    .choice(Abscissa.self),
    "what the horizontal axis counts: learned values, or seconds of training",
    default: .parameters
  )

  package static let plotted = PlottedFigure(
    name: "comparison",
    summary:
      "what the models of the last `compare` reached, over their parameters or the seconds of their training",
    discussion: """
      A mark for each model: the accuracy at the first length, of passages that on all, of music the average precision or \
      the F1 of onsets.
      """,
    options: [abscissa],
    examples: [
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8; model rse maps=4 as=small
        compare steps=3 lengths=8 count=8; plot comparison
        """,
        "two sizes beside each other"
      )
    ],
    hasModels: false,
    hasAxes: true
  ) { request, session in
    let rows = session[state: LastComparison.self].rows
    guard rows.contains(where: { $0.measure != nil }) else {
      throw request.arguments.error(
        on: PlotOptions.figure,
        "no models were compared yet",
        remedy: "`compare steps=500` first"
      )
    }
    let x = request.arguments[abscissa]
    let figure = ComparisonFigure(rows: rows, x: x, title: request.title).figure
    return Plot(figure: figure, slots: [], isVolatile: x == .seconds)
  }

  package var figure: Figure {
    let steps = Set(rows.map(\.step))
    return Figure(
      title: title ?? "What models reach: \(rows.first?.about ?? "")",
      subtitle: steps.count == 1 ? steps.first.map { counted($0, "step") } : nil,
      panels: [
        Panel(
          x: x == .parameters
            ? Axis("parameters", scale: .log10)
            : Axis(
              "training",
              scale: .log10,
              ticks: UnitTicks.seconds(rows.map(\.seconds))
            ),
          y: .accuracy(measure, spanning: rows.compactMap(\.measure?.value)),
          series: rows.enumerated().compactMap(mark),
          legend: .automatic
        )
      ]
    )
  }

  /// The title of the vertical axis.
  private var measure: String {
    guard let title = rows.lazy.compactMap(\.measure?.title).first else { return "accuracy" }
    return Int(title).map { "accuracy at length \(grouped($0))" }
      ?? (title == "all" ? "accuracy on all" : title)
  }

  private func mark(_ index: Int, _ row: LastComparison.Row) -> Series? {
    guard let measure = row.measure else { return nil }
    return Series(
      row.name,
      x: [x == .parameters ? Double(row.parameters) : row.seconds],
      y: [measure.value],
      form: .markers,
      color: .palette(index),
      marker: Marker.allCases[index % Marker.allCases.count]
    )
  }
}
