/// The values that the axes of a panel have to show.
struct PanelContents {
  /// The horizontal axis.
  private(set) var x: Axis.Contents
  /// The left vertical axis.
  private(set) var y: Axis.Contents
  /// The right vertical axis.
  private(set) var secondY: Axis.Contents
  /// True if there are neither points nor cells to show.
  private(set) var isEmpty = true

  /// Includes all data, reference lines and annotations of a panel.
  init(_ panel: Panel, bars: BarGrouping?) {
    x = Axis.Contents(scale: panel.x.scale)
    y = Axis.Contents(scale: panel.y.scale)
    secondY = Axis.Contents(scale: panel.secondY?.scale ?? panel.y.scale)
    for series in panel.series { add(series, of: panel) }
    if let heatMap = panel.heatMap, !heatMap.isEmpty {
      isEmpty = false
      for edge in [heatMap.xExtent.lowerBound, heatMap.xExtent.upperBound] { x.add(edge) }
      for edge in [heatMap.yExtent.lowerBound, heatMap.yExtent.upperBound] { y.add(edge) }
    } else {
      x.padding = panel.series.contains { $0.form.hasMarkers } ? 0.03 : 0
      y.padding = 0.05
      secondY.padding = 0.05
    }
    x.overhang = bars.map { $0.spacing * 0.5 } ?? 0
    for line in panel.lines {
      if line.axis == .x { x.add(line.value) } else { y.add(line.value) }
    }
    for annotation in panel.annotations {
      x.add(annotation.x)
      y.add(annotation.y)
    }
  }

  private mutating func add(_ series: Series, of panel: Panel) {
    let isSecond = series.onSecondAxis && panel.secondY != nil
    let scale = isSecond ? panel.secondY?.scale ?? panel.y.scale : panel.y.scale
    for (xValue, yValue) in zip(series.x, series.y) {
      guard panel.x.scale.forward(xValue) != nil, scale.forward(yValue) != nil else { continue }
      isEmpty = false
      x.add(xValue)
      guard panel.shows(x: xValue) else { continue }
      if isSecond { secondY.add(yValue) } else { y.add(yValue) }
    }
    if let spread = series.spread {
      for (xValue, ends) in zip(series.x, zip(spread.lower, spread.upper))
      where panel.shows(x: xValue) {
        for end in [ends.0, ends.1] { if isSecond { secondY.add(end) } else { y.add(end) } }
      }
    }
    guard series.form == .bars else { return }
    if isSecond { secondY.add(0) } else { y.add(0) }
  }
}

extension Panel {
  /// Returns true if the vertical axis includes values at a value of the horizontal one.
  fileprivate func shows(x value: Double) -> Bool {
    guard fitsShownValues else { return true }
    return value >= x.lower ?? -.infinity && value <= x.upper ?? .infinity
  }
}
