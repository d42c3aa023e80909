import Figures
import Plotting
import Routing
import Sessions

/// An animation of the elements of a route on their way.
struct RouteAnimation {
  /// The largest number of elements that is animated.
  static let largest = 16

  private let drawing: RouteDrawing
  private let paths: [[Point]]

  /// The distance that elements move from frame to frame, in points.
  private static let step = 6.0

  /// The radius of the balls that represent elements, in points.
  private static let radius = 8.0

  init(_ route: Route, theme: Theme) {
    let drawing = RouteDrawing(route, theme: theme)
    self.drawing = drawing
    paths = (0..<route.wiring.count).map(drawing.path)
  }

  /// The frames: a short pause at the start, the way, and a longer pause at the end.
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
    // Whole paths clipped at a moving edge, so that the part to the left of it stays the same to the pixel.
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

  /// Returns the point of a path at a distance from the left, or the path's end if it is shorter.
  private static func place(on path: [Point], at x: Double) -> Point? {
    guard let index = path.firstIndex(where: { $0.x > x }), index > 0 else { return path.last }
    let (start, end) = (path[index - 1], path[index])
    let share = (x - start.x) / (end.x - start.x)
    return Point(x, start.y + (end.y - start.y) * share)
  }
}
