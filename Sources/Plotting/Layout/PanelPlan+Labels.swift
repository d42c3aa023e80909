extension PanelPlan {
  private var labelStyle: TextStyle {
    TextStyle(size: theme.typeSizes.legend, color: theme.mutedText)
  }

  /// Draws the reference lines.
  func drawLines(on list: inout DrawList) {
    let (area, map) = (area, map())
    for line in panel.lines {
      let stroke = Self.stroke(color(of: line.color), width: 1.1, dash: line.dash)
      if line.axis == .x, xDomain.contains(line.value), let x = map.x(line.value) {
        list.line(from: Point(x, area.maxY), to: Point(x, area.minY), stroke)
      }
      if line.axis == .y, yDomain.contains(line.value), let y = map.y(line.value) {
        list.line(from: Point(area.minX, y), to: Point(area.maxX, y), stroke)
      }
    }
  }

  /// Draws the labels of reference lines where they cover the least.
  func drawLineLabels(covered: inout CoveredPlaces, on list: inout DrawList) {
    let (area, map) = (area, map())
    for line in panel.lines where !line.label.isEmpty {
      let label = TextMetrics.truncated(line.label, to: area.width - 8, size: labelStyle.size)
      let size = TextMetrics.bounds(
        of: label,
        at: Point(0, 0),
        style: labelStyle,
        anchor: TextAnchor(.left, .top)
      ).size
      var candidates: [Point] = []
      if line.axis == .y, yDomain.contains(line.value), let y = map.y(line.value) {
        let (right, left) = (area.maxX - size.width - 4, area.minX + 4)
        candidates = [right, left].flatMap { [Point($0, y - size.height - 1.5), Point($0, y + 2)] }
      } else if line.axis == .x, xDomain.contains(line.value), let x = map.x(line.value) {
        let (top, bottom) = (area.minY + 2, area.maxY - size.height - 2)
        candidates = [top, bottom].flatMap { [Point(x + 4, $0), Point(x - size.width - 4, $0)] }
      }
      place(label, size: size, at: candidates, covered: &covered, on: &list)
    }
  }

  /// Draws the annotations beside their positions, where they cover the least.
  func drawAnnotations(covered: inout CoveredPlaces, on list: inout DrawList) {
    let (area, map) = (area, map())
    for annotation in panel.annotations {
      guard let point = map.point(annotation.x, annotation.y),
        xDomain.contains(annotation.x), yDomain.contains(annotation.y)
      else { continue }
      if annotation.hasDot {
        let rim = Stroke(theme.ground, width: 0.6)
        list.circle(point, radius: 2.2, fill: theme.text, stroke: rim, as: .marker(.circle))
      }
      let text = TextMetrics.truncated(annotation.text, to: area.width - 8, size: labelStyle.size)
      let size = TextMetrics.bounds(
        of: text,
        at: Point(0, 0),
        style: labelStyle,
        anchor: TextAnchor(.left, .top)
      ).size
      let (right, left, centre) = (point.x + 6, point.x - size.width - 6, point.x - size.width / 2)
      let (above, below) = (point.y - size.height - 5, point.y + 5)
      place(
        text,
        size: size,
        at: [
          Point(right, above), Point(right, below), Point(left, above), Point(left, below),
          Point(centre, above - 2), Point(centre, below + 2),
        ],
        covered: &covered,
        on: &list
      )
    }
  }

  /// Draws a text at the emptiest of several places, given by upper left corners; a text that would overlap other
  /// texts at all of them is left out.
  private func place(
    _ text: String,
    size: Size,
    at corners: [Point],
    covered: inout CoveredPlaces,
    on list: inout DrawList
  ) {
    let boxes = corners.map { corner in
      Rect(
        x: min(area.maxX - size.width, max(area.minX, corner.x)),
        y: min(area.maxY - size.height, max(area.minY, corner.y)),
        width: size.width,
        height: size.height
      )
    }
    guard let (box, coverage) = covered.emptiest(of: boxes), coverage < CoveredPlaces.taken else {
      return
    }
    covered.add(text: box)
    list.text(
      text,
      at: Point(box.minX, box.minY + labelStyle.size * TextMetrics.ascent),
      labelStyle
    )
  }
}
