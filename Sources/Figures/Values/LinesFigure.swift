import CommandLanguage
import Plotting
import Sessions

/// Columns of a table as lines over another column, means with bands around them.
package enum LinesFigure {
  private static let smooth = CommandArgument(
    "smooth",
    .integer(in: 1...1_000_000),
    "a running mean over so many points, bold on the faint line; an even number counts as the next",
    default: 1
  )

  package static let plotted = PlottedFigure(
    name: "lines",
    summary: "columns of a table over another one, or the numbers of a list over their places",
    discussion: """
      Rows with the same x (and by) are one point: their mean, with a band around it. Lines differ in colours, dashes and \
      markers. Empty cells and NaN are gaps in a line.
      """,
    options: [ValueChart.x, ValueChart.y, ValueChart.error, smooth],
    examples: [
      .init(
        """
        let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.3, 0.2, 0.1))
        plot lines $t x=maps y=loss loss.pdf theme=paper
        """,
        "means and a band of the standard deviation, for a paper"
      ),
      .init(
        """
        let t = sweep maps=2,4 seed=1..2 {
          data badd lengths=8 batch=4
          model rse maps=$maps
          train 2
        }
        plot lines $t x=maps y=loss,accuracy error=range log=x
        """,
        "what a sweep gave"
      ),
      .init("plot lines (1, 4, 9, 16, 25) smooth=3", "a list of numbers and its running mean"),
    ],
    hasModels: false,
    hasValues: true
  ) { request, session in
    let chart = try ValueChart(request)
    let span = request.arguments[smooth]
    let series = chart.lines.enumerated().flatMap { index, line in
      Self.series(line, index, span: span)
    }
    let note = span > 1 ? "running mean over \(span | 1) points" : nil
    return chart.plot(chart.figure(series, note: note), in: session)
  }

  /// The maximum number of points of a line that each have a marker.
  private static let mostMarkers = 40

  /// Returns a line with its band; a smoothed line without a band is faint below its running mean.
  private static func series(_ line: ValueChart.Line, _ index: Int, span: Int) -> [Series] {
    let points = line.points
    guard span > 1 else {
      return [
        Series(
          line.name,
          x: points.x,
          y: points.y,
          form: points.x.count > mostMarkers ? .line : .lineAndMarkers,
          color: .palette(index),
          spread: points.spread(.band)
        )
      ]
    }
    guard points.hasSpread else {
      return Series.smoothed(line.name, x: points.x, y: points.y, index: index, span: Double(span))
    }
    let reach = span / 2
    return [
      Series(
        line.name,
        x: points.x,
        y: Series.runningMean(points.y, reach: reach),
        color: .palette(index),
        width: 1.8,
        spread: Spread(
          lower: Series.runningMean(points.lower, reach: reach),
          upper: Series.runningMean(points.upper, reach: reach),
          form: .band
        )
      )
    ]
  }
}

extension ValuePoints {
  /// Returns the spread around the means; nil if there is none.
  func spread(_ form: Spread.Form) -> Spread? {
    hasSpread ? Spread(lower: lower, upper: upper, form: form) : nil
  }
}
