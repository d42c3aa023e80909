extension PanelPlan {
  /// All series as shapes in the current area, in order.
  var shapes: [SeriesShape] {
    panel.series.enumerated().map { index, series in
      SeriesShape(
        series,
        map: map(second: series.onSecondAxis),
        bars: series.form == .bars ? bars?.edges(series: index) : nil
      )
    }
  }

  /// Draws the bands behind the data.
  func drawBands(on list: inout DrawList) {
    let (area, map) = (area, map())
    for band in panel.bands {
      let color = color(of: band.color).opacity(band.opacity)
      if band.axis == .x {
        guard let start = map.x(band.range.lowerBound), let end = map.x(band.range.upperBound)
        else { continue }
        let (left, right) = (max(area.minX, start), min(area.maxX, end))
        guard left < right else { continue }
        list.rectangle(
          Rect(x: left, y: area.minY, width: right - left, height: area.height),
          fill: color
        )
      } else {
        guard let start = map.y(band.range.upperBound), let end = map.y(band.range.lowerBound)
        else { continue }
        let (top, bottom) = (max(area.minY, start), min(area.maxY, end))
        guard top < bottom else { continue }
        list.rectangle(
          Rect(x: area.minX, y: top, width: area.width, height: bottom - top),
          fill: color
        )
      }
    }
  }

  /// Draws all series, faint ones below the others; lines are clipped at the axes.
  func drawSeries(_ shapes: [SeriesShape], on list: inout DrawList) {
    let looks = looks
    let indices = panel.series.indices
    drawSpreadBands(shapes, on: &list)
    let faint = indices.filter { panel.series[$0].opacity < 0.5 }
    for index in faint + indices.filter({ panel.series[$0].opacity >= 0.5 }) {
      let (series, shape, look) = (panel.series[index], shapes[index], looks[index])
      let color = look.color.opacity(series.opacity)
      list.clipped(to: area.inset(by: -series.width / 2)) { list in
        for bar in shape.bars { draw(bar: bar, color, look, as: .data, on: &list) }
        for box in shape.boxes {
          draw(box, as: .data, color, series, look.dash, on: &list)
        }
        for line in shape.lines {
          let stroke = Self.stroke(color, width: series.width, dash: look.dash)
          list.polyline(line, stroke, as: .data)
        }
      }
      drawWhiskers(shape, of: series, look, on: &list)
      for dot in shape.dots {
        let radius = max(2.2, series.width * 1.4)
        list.circle(dot, radius: radius, fill: color, as: .marker(.circle))
      }
      for centre in shape.markers {
        let hasRim = !panel.variesRhythms || shape.markers.count <= Self.mostRims
        draw(
          look.marker,
          at: centre,
          size: series.markerSize,
          color: color,
          hasRim: hasRim,
          on: &list
        )
      }
    }
  }

  /// Draws a bar, hatched if the style requires it.
  func draw(bar: Rect, _ color: Color, _ look: Look, as role: DrawRole, on list: inout DrawList) {
    list.rectangle(bar, fill: color, as: role)
    let lines = min(bar.width, bar.height) > 3 ? Hatching.lines(in: bar, index: look.hatching) : []
    guard !lines.isEmpty else { return }
    let stroke = Stroke(theme.ground.opacity(0.8), width: 0.9)
    list.clipped(to: bar) { list in
      for line in lines { list.line(from: line.start, to: line.end, stroke) }
    }
  }

  /// Draws a series box with a thin rim in the background colour, or its outline, within its edges; small ones
  /// without a rim or filled.
  func draw(
    _ box: Rect,
    as role: DrawRole,
    _ color: Color,
    _ series: Series,
    _ dash: Dash,
    on list: inout DrawList
  ) {
    let extent = min(box.width, box.height)
    if series.form == .boxes {
      let rim = extent > 3 ? Stroke(theme.ground.opacity(series.opacity), width: 0.5) : nil
      list.rectangle(box, fill: color, stroke: rim, as: role)
    } else if extent > 1.5 * series.width {
      let stroke = Stroke(
        color,
        width: series.width,
        dash: dash.lengths(width: series.width),
        roundCaps: dash != .solid
      )
      list.rectangle(box.inset(by: series.width / 2), fill: nil, stroke: stroke, as: role)
    } else {
      list.rectangle(box, fill: color, as: role)
    }
  }

  /// The maximum number of markers with rims in a panel of varied series; with more, the rims would hide the colour.
  private static let mostRims = 60

  /// Draws a marker, by default with a thin rim in the background colour that sets it apart from its line.
  func draw(
    _ marker: Marker,
    at centre: Point,
    size: Double,
    color: Color,
    hasRim: Bool = true,
    on list: inout DrawList
  ) {
    let rim =
      hasRim ? Stroke(theme.ground.opacity(Double(color.alpha) / 255), width: 0.6) : nil
    let radius = size / 2
    func polygon(_ corners: [(x: Double, y: Double)]) {
      let points = corners.map { Point(centre.x + $0.x * radius, centre.y + $0.y * radius) }
      list.polygon(points, fill: color, stroke: rim, as: .marker(marker))
    }
    switch marker {
    case .circle:
      list.circle(centre, radius: radius, fill: color, stroke: rim, as: .marker(marker))
    case .square: polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .triangle: polygon([(0, -1.2), (1.1, 0.8), (-1.1, 0.8)])
    case .diamond: polygon([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)])
    }
  }

  /// Returns the stroke of a data line.
  static func stroke(_ color: Color, width: Double, dash: Dash) -> Stroke {
    Stroke(color, width: width, dash: dash.lengths(width: width), roundCaps: true)
  }
}
