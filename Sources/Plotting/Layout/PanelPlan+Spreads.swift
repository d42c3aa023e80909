extension PanelPlan {
  /// The opacity of bands around lines.
  private static let bandOpacity = 0.17
  /// Half the length of the bars at the ends of whiskers, in points.
  private static let capReach = 2.5

  /// Draws the bands of all series, below their lines.
  func drawSpreadBands(_ shapes: [SeriesShape], on list: inout DrawList) {
    for (shape, look) in zip(shapes, looks) {
      list.clipped(to: area, unlessEmpty: shape.spread.bands) { list, band in
        list.polygon(band, fill: look.color.opacity(Self.bandOpacity), as: .data)
      }
    }
  }

  /// Draws the whiskers of a series in its colour, those of bars in the text colour.
  func drawWhiskers(_ shape: SeriesShape, of series: Series, _ look: Look, on list: inout DrawList)
  {
    let color = series.form == .bars ? theme.text : look.color.opacity(series.opacity)
    let stroke = Stroke(color, width: 0.9)
    list.clipped(to: area.inset(by: -0.5), unlessEmpty: shape.spread.whiskers) { list, ends in
      list.line(from: ends.top, to: ends.bottom, stroke, as: .data)
      for end in [ends.top, ends.bottom] {
        let (left, right) = (end.x - Self.capReach, end.x + Self.capReach)
        list.line(from: Point(left, end.y), to: Point(right, end.y), stroke, as: .data)
      }
    }
  }

  /// Draws the sample of a band behind that of its line in a legend.
  func drawBandSample(at start: Point, color: Color, on list: inout DrawList) {
    list.rectangle(
      Rect(x: start.x, y: start.y - 3.5, width: Legend.sampleWidth, height: 7),
      fill: color.opacity(Self.bandOpacity),
      as: .data
    )
  }
}

extension DrawList {
  /// Draws shapes, clipped to a rectangle; without shapes, nothing.
  fileprivate mutating func clipped<Shape>(
    to rect: Rect,
    unlessEmpty shapes: [Shape],
    _ draw: (inout DrawList, Shape) -> Void
  ) {
    guard !shapes.isEmpty else { return }
    clipped(to: rect) { list in
      for shape in shapes { draw(&list, shape) }
    }
  }
}
