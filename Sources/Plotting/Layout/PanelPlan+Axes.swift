extension PanelPlan {
  /// Draws the grid behind the data.
  func drawGrid(on list: inout DrawList) {
    guard heatMap == nil else { return }
    let (area, map) = (area, map())
    let stroke = Stroke(theme.grid, width: 0.75)
    if panel.series.contains(where: { $0.form != .bars }) {
      for tick in xTicks.major {
        guard let x = map.x(tick.value).map(Self.crisp) else { continue }
        list.line(from: Point(x, area.minY), to: Point(x, area.maxY), stroke, as: .grid)
      }
    }
    for tick in yTicks.major {
      guard let y = map.y(tick.value).map(Self.crisp) else { continue }
      list.line(from: Point(area.minX, y), to: Point(area.maxX, y), stroke, as: .grid)
    }
  }

  /// Draws the axes with ticks, labels and captions, on top of the data.
  func drawAxes(on list: inout DrawList) {
    let area = area
    let stroke = Stroke(theme.axis, width: 1)
    list.polyline(
      [
        Point(area.minX, area.minY), Point(area.minX, area.maxY), Point(area.maxX, area.maxY),
      ],
      stroke,
      as: .axis
    )
    if heatMap != nil || panel.secondY != nil {
      list.line(
        from: Point(area.maxX, area.maxY),
        to: Point(area.maxX, area.minY),
        stroke,
        as: .axis
      )
    }
    if heatMap != nil {
      list.line(
        from: Point(area.minX, area.minY),
        to: Point(area.maxX, area.minY),
        stroke,
        as: .axis
      )
    }
    drawHorizontalAxis(on: &list)
    drawStrip(on: &list)
    let left = area.minX - (panel.strip?.width ?? 0)
    drawVerticalAxis(panel.y, yTicks, yDomain, at: left, side: -1, on: &list)
    if let axis = panel.secondY, let domain = secondDomain {
      drawVerticalAxis(axis, secondTicks, domain, at: area.maxX, side: 1, on: &list)
    }
  }

  private func drawStrip(on list: inout DrawList) {
    guard let strip = panel.strip else { return }
    let (area, map) = (area, map())
    let frame = Stroke(theme.axis, width: 0.5)
    for part in strip.parts {
      let values = part.values.clamped(to: yDomain.lower...yDomain.upper)
      guard values.lowerBound < values.upperBound, let bottom = map.y(values.lowerBound),
        let top = map.y(values.upperBound)
      else { continue }
      let place = Rect(
        x: area.minX - strip.width,
        y: top,
        width: strip.width * part.reach,
        height: bottom - top
      )
      list.rectangle(place, fill: part.color, stroke: frame, as: .framed)
    }
  }

  private func drawHorizontalAxis(on list: inout DrawList) {
    let (area, map, sizes) = (area, map(), theme.typeSizes)
    let stroke = Stroke(theme.axis, width: 1)
    for (value, length, role) in marks(xTicks) {
      guard let x = map.x(value).map(Self.crisp) else { continue }
      list.line(from: Point(x, area.maxY), to: Point(x, area.maxY + length), stroke, as: role)
    }
    let style = TextStyle(size: sizes.tick, color: theme.mutedText)
    let canvas = Rect(x: 0, y: 0, width: list.size.width, height: list.size.height)
      .inset(by: -(theme.spacing.grid?.width ?? 0))
    for tick in xTicks.major {
      guard let x = map.x(tick.value) else { continue }
      let (position, anchor) = (
        Point(x, area.maxY + theme.spacing.tickLabelDistance.height), TextAnchor(.centre, .top)
      )
      let box = TextMetrics.bounds(of: tick.label, at: position, style: style, anchor: anchor)
      if canvas.contains(box) { list.text(tick.label, at: position, style, anchor: anchor) }
    }
    let caption = TextMetrics.truncated(panel.x.caption, to: cell.width, size: sizes.axisLabel)
    let half = TextMetrics.width(of: caption, size: sizes.axisLabel) / 2
    list.text(
      caption,
      at: Point(
        min(cell.maxX - half, max(cell.minX + half, area.midX)),
        area.maxY + insets.bottom - 2
      ),
      TextStyle(size: sizes.axisLabel, color: theme.text),
      anchor: TextAnchor(.centre, .bottom)
    )
  }

  /// Draws a vertical axis with labels at its left (side −1) or right (side 1).
  func drawVerticalAxis(
    _ axis: Axis,
    _ ticks: TickSet,
    _ domain: AxisDomain,
    at x: Double,
    side: Double,
    on list: inout DrawList
  ) {
    let (area, sizes) = (area, theme.typeSizes)
    let map = PlotMap(area: area, x: xDomain, y: domain)
    let stroke = Stroke(theme.axis, width: 1)
    for (value, length, role) in marks(ticks) {
      guard let y = map.y(value).map(Self.crisp) else { continue }
      list.line(from: Point(x, y), to: Point(x + side * length, y), stroke, as: role)
    }
    for tick in ticks.major {
      guard let y = map.y(tick.value) else { continue }
      list.text(
        tick.label,
        at: Point(x + side * theme.spacing.tickLabelDistance.width, y),
        TextStyle(size: sizes.tick, color: theme.mutedText),
        anchor: TextAnchor(side < 0 ? .right : .left, .middle)
      )
    }
    let caption = TextMetrics.truncated(
      axis.caption,
      to: cell.height - titleRoom,
      size: sizes.axisLabel
    )
    let half = TextMetrics.width(of: caption, size: sizes.axisLabel) / 2
    let outer = x + labelRoom(ticks) + theme.spacing.captionDistance
    list.text(
      caption,
      at: Point(
        (side < 0 ? cell.minX : outer) + sizes.axisLabel * TextMetrics.ascent,
        min(cell.maxY - half, max(cell.minY + titleRoom + half, area.midY))
      ),
      TextStyle(size: sizes.axisLabel, color: theme.text),
      anchor: TextAnchor(.centre, .baseline),
      quarterTurns: 1
    )
  }

  private func marks(_ ticks: TickSet) -> [(value: Double, length: Double, role: DrawRole)] {
    ticks.minor.map { ($0, AxisMetrics.minorTickLength, .minorTick) }
      + ticks.major.map { ($0.value, AxisMetrics.tickLength, .tick) }
  }

  /// Snaps a line to whole pixels at the usual resolution.
  static func crisp(_ position: Double) -> Double {
    (position * 2).rounded() / 2
  }
}
