/// A finished drawing as a plain value: commands and coordinates, in points.
///
/// Coordinates are rounded to hundredths of a point, so that equal figures give equal lists on every machine.
package struct DrawList: Sendable, Hashable {
  /// The size of the canvas in points.
  package let size: Size
  /// The background colour of the canvas.
  package let ground: Color
  /// The steps in drawing order; later ones cover earlier ones.
  package private(set) var steps: [DrawStep] = []

  /// Starts an empty drawing of a size in points.
  package init(size: Size, ground: Color = Color(0xFFFFFF)) {
    precondition(size.width > 0 && size.height > 0, "a drawing has a positive size")
    self.size = Size(Self.rounded(size.width), Self.rounded(size.height))
    self.ground = ground
  }

  /// The commands of the steps.
  package var commands: [DrawCommand] { steps.map(\.command) }

  /// The texts of the drawing.
  package var texts: [TextItem] {
    commands.compactMap { if case .text(let item) = $0 { item } else { nil } }
  }

  /// Returns the drawing with each command replaced or removed; clips are unchanged.
  package func replacing(_ replacement: (_ step: DrawStep) -> DrawCommand?) -> DrawList {
    var copy = self
    copy.steps = steps.compactMap { step in
      switch step.command {
      case .pushClip, .popClip: step
      default: replacement(step).map { DrawStep(command: $0, role: step.role) }
      }
    }
    return copy
  }

  /// Adds an open line; with fewer than two points, nothing.
  package mutating func polyline(
    _ points: [Point],
    _ stroke: Stroke,
    as role: DrawRole = .plain
  ) {
    guard points.count > 1 else { return }
    add(.polyline(points.map(Self.rounded), Self.rounded(stroke)), role)
  }

  /// Adds a straight line.
  package mutating func line(
    from start: Point,
    to end: Point,
    _ stroke: Stroke,
    as role: DrawRole = .plain
  ) {
    polyline([start, end], stroke, as: role)
  }

  /// Adds a closed shape; with fewer than three points, nothing.
  package mutating func polygon(
    _ points: [Point],
    fill: Color?,
    stroke: Stroke? = nil,
    as role: DrawRole = .plain
  ) {
    guard points.count > 2 else { return }
    add(.polygon(points.map(Self.rounded), fill: fill, stroke: stroke.map(Self.rounded)), role)
  }

  /// Adds an upright rectangle, with rounded corners if the radius (in points) is positive.
  package mutating func rectangle(
    _ rect: Rect,
    radius: Double = 0,
    fill: Color?,
    stroke: Stroke? = nil,
    as role: DrawRole = .plain
  ) {
    add(
      .rectangle(
        Self.rounded(rect),
        radius: Self.rounded(radius),
        fill: fill,
        stroke: stroke.map(Self.rounded)
      ),
      role
    )
  }

  /// Adds a circle of a radius in points.
  package mutating func circle(
    _ centre: Point,
    radius: Double,
    fill: Color?,
    stroke: Stroke? = nil,
    as role: DrawRole = .plain
  ) {
    add(
      .circle(
        Self.rounded(centre),
        radius: Self.rounded(radius),
        fill: fill,
        stroke: stroke.map(Self.rounded)
      ),
      role
    )
  }

  /// Adds a line of text; control characters become spaces, an empty text draws nothing.
  package mutating func text(
    _ text: String,
    at position: Point,
    _ style: TextStyle,
    anchor: TextAnchor = TextAnchor(.left, .baseline),
    quarterTurns: Int = 0
  ) {
    guard !text.isEmpty else { return }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      visible.append(isControl ? " " : scalar)
    }
    var style = style
    style.size = max(0.01, Self.rounded(style.size))
    add(
      .text(
        TextItem(
          text: String(visible),
          position: Self.rounded(position),
          style: style,
          anchor: anchor,
          quarterTurns: quarterTurns
        )
      )
    )
  }

  /// Adds a bitmap stretched over a rectangle.
  package mutating func image(_ bitmap: Bitmap, in rect: Rect) {
    add(.image(bitmap, Self.rounded(rect)))
  }

  /// Clips what `body` draws to a rectangle.
  package mutating func clipped(to rect: Rect, _ body: (inout DrawList) -> Void) {
    pushClip(rect)
    body(&self)
    popClip()
  }

  /// Clips what follows to a rectangle, until the matching `popClip`.
  mutating func pushClip(_ rect: Rect) {
    add(.pushClip(Self.rounded(rect)))
  }

  /// Ends the latest clip.
  mutating func popClip() {
    add(.popClip)
  }

  private mutating func add(_ command: DrawCommand, _ role: DrawRole = .plain) {
    steps.append(DrawStep(command: command, role: role))
  }

  /// Rounds a finite coordinate to hundredths and clamps it to a million points.
  static func rounded(_ value: Double) -> Double {
    precondition(value.isFinite, "a coordinate is a finite number")
    let hundredths = (min(1e6, max(-1e6, value)) * 100).rounded()
    return hundredths == 0 ? 0 : hundredths / 100
  }

  private static func rounded(_ point: Point) -> Point {
    Point(rounded(point.x), rounded(point.y))
  }

  private static func rounded(_ rect: Rect) -> Rect {
    Rect(
      x: rounded(rect.minX),
      y: rounded(rect.minY),
      width: rounded(rect.width),
      height: rounded(rect.height)
    )
  }

  private static func rounded(_ stroke: Stroke) -> Stroke {
    Stroke(
      stroke.color,
      width: max(0.01, rounded(stroke.width)),
      dash: stroke.dash.map(rounded),
      roundCaps: stroke.roundCaps
    )
  }
}
