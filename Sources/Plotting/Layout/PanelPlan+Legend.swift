extension PanelPlan {
  /// True if the legend does not fit between the axes, or would cover data at every place.
  var needsLegendAbove: Bool {
    guard panel.legend != .none, !legend.entries.isEmpty, !isEmpty else { return false }
    if legendBoxes.isEmpty { return true }
    guard panel.legend == .automatic else { return false }
    if heatMap != nil { return true }
    return covered(of: shapes).emptiest(of: legendBoxes).map { $0.coverage > 2 } ?? true
  }

  /// Returns the areas that the data cover.
  func covered(of shapes: [SeriesShape]) -> CoveredPlaces {
    var covered = CoveredPlaces()
    for (series, shape) in zip(panel.series, shapes) { covered.add(shape, opacity: series.opacity) }
    let map = map()
    for line in panel.lines where line.axis == .y {
      guard let y = map.y(line.value) else { continue }
      covered.add(Rect(x: area.minX, y: y - 0.5, width: area.width, height: 1))
    }
    for annotation in panel.annotations {
      if let point = map.point(annotation.x, annotation.y) { covered.add(around: point) }
    }
    return covered
  }

  /// Draws the legend and returns the box it covers between the axes.
  func drawLegend(covered: CoveredPlaces, on list: inout DrawList) -> Rect? {
    let legend = legend
    guard !legend.entries.isEmpty, panel.legend != .none else { return nil }
    if isLegendAbove {
      let rows = legendRows
      for (index, row) in rows.enumerated() {
        let middle =
          area.minY - theme.typeSizes.tick * theme.spacing.headroom
          - (Double(rows.count - index) - 0.5) * legend.lineHeight - 1
        draw(legend.starts(of: row, at: Point(area.minX, middle)), on: &list)
      }
      return nil
    }
    guard let box = covered.emptiest(of: legendBoxes)?.box else { return nil }
    list.rectangle(box, radius: 3, fill: theme.ground.opacity(0.88))
    draw(legend.column(in: box), on: &list)
    return box
  }

  /// The boxes between the axes in which the legend fits, the preferred one first.
  private var legendBoxes: [Rect] {
    let (size, area) = (legend.boxSize, area.inset(by: theme.spacing.legendInset))
    let share = panel.legend == .automatic ? 0.7 : 1
    guard size.height <= area.height * share, size.width <= area.width * share else { return [] }
    let (left, right) = (area.minX, area.maxX - size.width)
    let (top, bottom) = (area.minY, area.maxY - size.height)
    let (centre, middle) = (area.midX - size.width / 2, area.midY - size.height / 2)
    let places: [(LegendPlacement, Double, Double)] = [
      (.topRight, right, top), (.topLeft, left, top), (.bottomRight, right, bottom),
      (.bottomLeft, left, bottom), (.automatic, right, middle), (.automatic, left, middle),
      (.automatic, centre, top), (.automatic, centre, bottom),
    ]
    return places.filter { panel.legend == .automatic || panel.legend == $0.0 }.map {
      let corner = theme.spacing.onGrid(Point($0.1, $0.2))
      return Rect(x: corner.x, y: corner.y, width: size.width, height: size.height)
    }
  }

  private func draw(
    _ entries: [(entry: Legend.Entry, start: Point)],
    on list: inout DrawList
  ) {
    let looks = looks
    for (entry, start) in entries {
      var x = start.x
      if let index = entry.series {
        drawSample(of: panel.series[index], looks[index], at: start, on: &list)
        x += Legend.sampleWidth + Legend.sampleGap
      }
      list.text(
        entry.name,
        at: Point(x, start.y),
        TextStyle(size: theme.typeSizes.legend, color: theme.text),
        anchor: TextAnchor(.left, .middle)
      )
    }
  }

  private func drawSample(
    of series: Series,
    _ look: Look,
    at start: Point,
    on list: inout DrawList
  ) {
    let color = look.color.opacity(series.opacity)
    let width = Legend.sampleWidth
    if series.spread?.form == .band { drawBandSample(at: start, color: color, on: &list) }
    if series.form.hasLine {
      list.line(
        from: start,
        to: Point(start.x + width, start.y),
        Self.stroke(color, width: series.width, dash: look.dash)
      )
    }
    if series.form.hasMarkers {
      let centre = Point(start.x + width / 2, start.y)
      draw(look.marker, at: centre, size: series.markerSize, color: color, on: &list)
    }
    let box = Rect(x: start.x + width - 10, y: start.y - 4, width: 10, height: 8)
    if series.form == .bars { draw(bar: box, color, look, as: .sample, on: &list) }
    if series.form.hasBoxes { draw(box, as: .sample, color, series, look.dash, on: &list) }
  }
}
