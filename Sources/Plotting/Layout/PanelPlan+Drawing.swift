extension PanelPlan {
  /// Draws the panel.
  func draw(on list: inout DrawList) {
    drawTitle(on: &list)
    if let drawing = panel.drawing {
      let dark = theme.isDark ? panel.darkDrawing : nil
      list.place(dark ?? drawing.recolored(to: theme), in: area)
    } else if isEmpty {
      drawAxes(on: &list)
      list.text(
        "no data yet",
        at: Point(area.midX, area.midY),
        TextStyle(size: theme.typeSizes.axisLabel, color: theme.mutedText),
        anchor: TextAnchor(.centre, .middle)
      )
    } else {
      drawPlot(on: &list)
    }
  }

  private func drawPlot(on list: inout DrawList) {
    let shapes = shapes
    drawBands(on: &list)
    drawGrid(on: &list)
    drawHeatMap(on: &list)
    drawLines(on: &list)
    drawSeries(shapes, on: &list)
    drawAxes(on: &list)
    var covered = covered(of: shapes)
    if let legend = drawLegend(covered: covered, on: &list) { covered.add(text: legend) }
    drawLineLabels(covered: &covered, on: &list)
    drawAnnotations(covered: &covered, on: &list)
  }

  private func drawTitle(on list: inout DrawList) {
    guard let title = panel.title else { return }
    let size = theme.typeSizes.panelTitle
    list.text(
      TextMetrics.truncated(title, to: cell.width, size: size, weight: .bold),
      at: Point(cell.minX, cell.minY + size * 0.2),
      TextStyle(size: size, weight: .bold, color: theme.text),
      anchor: TextAnchor(.left, .top)
    )
  }

  private func drawHeatMap(on list: inout DrawList) {
    guard let heatMap else { return }
    let (area, map) = (area, map())
    guard
      let left = map.x(heatMap.xExtent.lowerBound), let right = map.x(heatMap.xExtent.upperBound),
      let bottom = map.y(heatMap.yExtent.lowerBound), let top = map.y(heatMap.yExtent.upperBound)
    else { return }
    let pixels = (width: Int(area.width * 2), height: Int(area.height * 2))
    let place = Rect(x: left, y: top, width: right - left, height: bottom - top)
    list.clipped(to: area) { $0.image(heatMap.bitmap(atMost: pixels), in: place) }
    drawCellLabels(of: heatMap, in: place, on: &list)
    if let colorDomain { drawColorBar(of: heatMap, colorDomain, on: &list) }
  }

  private func drawCellLabels(of heatMap: HeatMap, in place: Rect, on list: inout DrawList) {
    let style = TextStyle(size: theme.typeSizes.tick, color: theme.text)
    let cell = Size(
      place.width / Double(max(1, heatMap.columns)),
      place.height / Double(max(1, heatMap.rows))
    )
    for (index, label) in heatMap.cellLabels.enumerated() where !label.isEmpty {
      guard TextMetrics.width(of: label, size: style.size) + 4 <= cell.width,
        style.size * 1.2 <= cell.height
      else { continue }
      let (row, column) = index.quotientAndRemainder(dividingBy: heatMap.columns)
      let centre = Point(
        place.minX + (Double(column) + 0.5) * cell.width,
        place.maxY - (Double(row) + 0.5) * cell.height
      )
      list.text(label, at: centre, style, anchor: TextAnchor(.centre, .middle))
    }
  }

  private func drawColorBar(of heatMap: HeatMap, _ domain: AxisDomain, on list: inout DrawList) {
    let area = area
    let second = panel.secondY.map { sideRoom(secondTicks, $0) } ?? 0
    let bar = Rect(
      x: area.maxX + second + theme.spacing.colorBarGap,
      y: area.minY,
      width: theme.spacing.colorBarWidth,
      height: area.height
    )
    let steps = min(1024, max(2, Int(bar.height * 2)))
    let pixels = (0..<steps).map { step in
      heatMap.colorMap.color(at: 1 - (Double(step) + 0.5) / Double(steps))
    }
    list.image(Bitmap(width: 1, height: steps, pixels: pixels), in: bar)
    list.rectangle(bar, fill: nil, stroke: Stroke(theme.axis, width: 0.75), as: .framed)
    drawVerticalAxis(
      heatMap.colorAxis,
      colorTicks,
      domain,
      at: bar.maxX,
      side: 1,
      on: &list
    )
  }
}
