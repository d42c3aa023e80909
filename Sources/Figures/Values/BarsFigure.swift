import CommandLanguage
import Plotting

/// Columns of a table as bars over categories.
package enum BarsFigure {
  /// The maximum number of places with bars.
  private static let mostPlaces = 500

  package static let plotted = PlottedFigure(
    name: "bars",
    summary: "columns of a table as bars, one beside the other",
    discussion: """
      Each value of x is a place of its own, numbers in ascending order, texts as they come. Rows with the same x (and by) \
      are one bar: their mean, with what error= says around it.
      """,
    options: [ValueChart.x, ValueChart.y, ValueChart.error],
    examples: [
      .init(
        """
        let t = table(maps=(24, 24, 48, 48), score=(0.8, 0.7, 0.9, 0.95))
        let t = table($t, task=("add", "sort", "add", "sort"))
        plot bars $t x=task y=score by=maps yrange=0..1
        """,
        "tasks, and bars of two sizes at each"
      )
    ],
    hasModels: false,
    hasValues: true
  ) { request, session in
    let chart = try ValueChart(request, isCategorical: true)
    if let count = chart.places.categories?.count, count > mostPlaces {
      throw Diagnostic(
        "bars at \(count) places cannot be told apart; \(mostPlaces) are the most",
        about: chart.table.isList ? PlotOptions.values : ValueChart.x,
        remedy: "draw `plot lines` or `plot histogram`"
      )
    }
    let series = chart.lines.enumerated().map { index, line in
      Series(
        line.name,
        x: line.points.x,
        y: line.points.y,
        form: .bars,
        color: .palette(index),
        spread: line.points.spread(.whiskers)
      )
    }
    return chart.plot(chart.figure(series), in: session)
  }
}
