extension DrawList {
  /// Adds another drawing, scaled to fit a rectangle and centred in it, without its background.
  package mutating func place(_ drawing: DrawList, in rect: Rect) {
    let scale = min(rect.width / drawing.size.width, rect.height / drawing.size.height)
    guard scale > 0 else { return }
    let origin = Point(
      rect.midX - drawing.size.width * scale / 2,
      rect.midY - drawing.size.height * scale / 2
    )
    let placement = Placement(origin: origin, scale: scale)
    for step in drawing.steps { place(step, placement) }
  }

  private mutating func place(_ step: DrawStep, _ placement: Placement) {
    let role = step.role
    switch step.command {
    case .polyline(let points, let stroke):
      polyline(points.map(placement.point), placement.stroke(stroke), as: role)
    case .polygon(let points, let fill, let stroke):
      polygon(
        points.map(placement.point),
        fill: fill,
        stroke: stroke.map(placement.stroke),
        as: role
      )
    case .rectangle(let rect, let radius, let fill, let stroke):
      rectangle(
        placement.rect(rect),
        radius: radius * placement.scale,
        fill: fill,
        stroke: stroke.map(placement.stroke),
        as: role
      )
    case .circle(let centre, let radius, let fill, let stroke):
      circle(
        placement.point(centre),
        radius: radius * placement.scale,
        fill: fill,
        stroke: stroke.map(placement.stroke),
        as: role
      )
    case .text(let item):
      var style = item.style
      style.size *= placement.scale
      text(
        item.text,
        at: placement.point(item.position),
        style,
        anchor: item.anchor,
        quarterTurns: item.quarterTurns
      )
    case .image(let bitmap, let rect): image(bitmap, in: placement.rect(rect))
    case .pushClip(let rect): pushClip(placement.rect(rect))
    case .popClip: popClip()
    }
  }

  /// A change of position and size.
  private struct Placement {
    let origin: Point
    let scale: Double

    func point(_ point: Point) -> Point {
      Point(origin.x + point.x * scale, origin.y + point.y * scale)
    }

    func rect(_ rect: Rect) -> Rect {
      let corner = point(Point(rect.minX, rect.minY))
      return Rect(
        x: corner.x,
        y: corner.y,
        width: rect.width * scale,
        height: rect.height * scale
      )
    }

    func stroke(_ stroke: Stroke) -> Stroke {
      Stroke(
        stroke.color,
        width: max(0.01, stroke.width * scale),
        dash: stroke.dash.map { $0 * scale },
        roundCaps: stroke.roundCaps
      )
    }
  }
}
