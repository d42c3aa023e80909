import Plotting

/// The rows of a table as markers.
package enum ScatterFigure {
  package static let plotted = PlottedFigure(
    name: "scatter",
    summary: "a marker for each row of a table, or each number of a list",
    options: [ValueChart.x, ValueChart.y],
    examples: [
      .init(
        """
        let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.3, 0.2, 0.1))
        let t = table($t, task=("add", "sort", "add", "sort"))
        plot scatter $t x=maps y=loss by=task yrange=0..1
        """,
        "two tasks told apart"
      )
    ],
    hasModels: false,
    hasValues: true
  ) { request, session in
    let chart = try ValueChart(request, isAveraged: false)
    let isDense = chart.lines.contains { $0.points.x.count > 2000 }
    let series = chart.lines.enumerated().map { index, line in
      Series(
        line.name,
        x: line.points.x,
        y: line.points.y,
        form: .markers,
        color: .palette(index),
        markerSize: isDense ? 3 : 5
      )
    }
    return chart.plot(chart.figure(series), in: session)
  }
}
