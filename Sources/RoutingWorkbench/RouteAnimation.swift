import Figures
import Plotting
import Routing
import Sessions

/// The elements of a route on their way, as the frames of an animation.
struct RouteAnimation {
  /// More elements are not animated.
  static let largest = 16

  private let drawing: RouteDrawing
  private let paths: [[Point]]

  /// How far elements move from frame to frame, in points.
  private static let step = 6.0

  /// The radius of the balls that elements are, in points.
  private static let radius = 8.0

  init(_ route: Route, theme: Theme) {
    let drawing = RouteDrawing(route, theme: theme)
    self.drawing = drawing
    paths = (0..<route.wiring.count).map(drawing.path)
  }

  /// The frames: at first for a moment at rest, then on the way, and a while at the end.
  var frames: some Sequence<AnimationFrame> {
    let end = paths.compactMap { $0.last?.x }.max() ?? 0
    let start = drawing.span.lowerBound
    let count = max(1, Int(((end - start) / Self.step).rounded(.up)))
    return (0...count).lazy.map { index in
      let x = min(end, start + Double(index) * Self.step)
      let isLast = index == count
      return AnimationFrame(
        drawing: frame(at: x, isLast: isLast),
        milliseconds: isLast ? 2500 : index == 0 ? 700 : 40
      )
    }
  }

  private func frame(at x: Double, isLast: Bool) -> DrawList {
    var list = DrawList(size: drawing.size, ground: drawing.theme.ground)
    drawing.drawWires(on: &list)
    drawing.drawBoxes(on: &list)
    // Whole paths behind a moving edge, so that what is left of it stays the same to the pixel.
    list.clipped(to: Rect(x: 0, y: 0, width: x, height: drawing.size.height)) { list in
      for (element, path) in paths.enumerated() { drawing.drawPath(path, of: element, on: &list) }
    }
    if isLast { drawing.drawBlocked(on: &list) }
    // Beside the balls, which start at the ends of the paths.
    drawing.drawLabels(on: &list, hasExits: false, distance: Self.radius + 3)
    for (element, path) in paths.enumerated() {
      guard let place = Self.place(on: path, at: x) else { continue }
      let color = drawing.color(of: element)
      let isLight = Int(color.red) * 3 + Int(color.green) * 6 + Int(color.blue) > 1400
      list.circle(
        place,
        radius: Self.radius,
        fill: color,
        stroke: Stroke(drawing.theme.ground, width: 1.2)
      )
      list.text(
        String(element),
        at: place,
        TextStyle(size: 8.5, weight: .bold, color: isLight ? Color(0x16191E) : Color(0xFFFFFF)),
        anchor: TextAnchor(.centre, .middle)
      )
    }
    return list
  }

  /// Where a path is at a distance from the left; its end where it does not go so far.
  private static func place(on path: [Point], at x: Double) -> Point? {
    guard let index = path.firstIndex(where: { $0.x > x }), index > 0 else { return path.last }
    let (start, end) = (path[index - 1], path[index])
    let share = (x - start.x) / (end.x - start.x)
    return Point(x, start.y + (end.y - start.y) * share)
  }
}
