import Plotting

/// A layer that draws lines with the dots of braille patterns, two by four in each cell.
struct LineLayer {
  private let layout: BlockLayout
  private let ink: Ink
  private let isASCII: Bool

  /// The distance between dots in points.
  private static let dot = 4.0
  /// The fraction of a cell's strongest contrast that a dot must have to be shown.
  private static let share = 0.5

  /// Creates the layer of a drawing's lines.
  init(layout: BlockLayout, ink: Ink, style: BlockStyle) {
    self.layout = layout
    self.ink = ink
    isASCII = style.characters == .ascii
  }

  /// Draws the lines.
  ///
  /// - Throws: `PlotError` if they cannot be drawn.
  func draw(on grid: inout BlockGrid) throws(PlotError) {
    let raster = try Raster(
      lines,
      scale: 1 / Self.dot,
      width: layout.columns * 2,
      height: layout.rows * 4,
      isSmooth: false
    )
    for row in 0..<layout.rows {
      for column in 0..<layout.columns {
        guard let dots = dots(raster, column, row) else { continue }
        grid.write(isASCII ? dots.pattern.ascii : dots.pattern.braille, dots.color, at: column, row)
      }
    }
  }

  /// Returns the dots of a cell and the colour of most of them; nil if there are none.
  ///
  /// A cell has only one colour; beside strong lines, faint ones are left out.
  private func dots(_ raster: Raster, _ column: Int, _ row: Int) -> (
    pattern: DotPattern, color: Color
  )? {
    var found: [(x: Int, y: Int, color: Color, contrast: Double)] = []
    for y in 0..<4 {
      for x in 0..<2 {
        let color = raster.color(x: column * 2 + x, y: row * 4 + y)
        let contrast = ink.contrast(color)
        if contrast >= ink.leastOfLines { found.append((x, y, color, contrast)) }
      }
    }
    guard let strongest = found.map(\.contrast).max() else { return nil }
    var pattern = DotPattern()
    var counts: [(color: Color, count: Int)] = []
    for dot in found where dot.contrast >= strongest * Self.share {
      pattern.insert(x: dot.x, y: dot.y)
      if let index = counts.firstIndex(where: { $0.color == dot.color }) {
        counts[index].count += 1
      } else {
        counts.append((dot.color, 1))
      }
    }
    return counts.max { $0.count < $1.count }.map { (pattern, $0.color) }
  }

  /// The drawing reduced to lines one dot wide; areas still cover lines.
  private var lines: DrawList {
    layout.drawing.replacing { step in
      switch (step.command, step.role) {
      case (.polyline, .axis), (.polyline, .tick), (.polyline, .minorTick), (.polyline, .grid),
        (.text, _):
        return nil
      case (.polyline(let points, let stroke), let role):
        return .polyline(points.map { moved($0, role) }, dotted(stroke, role))
      case (.image(_, let rect), _):
        return .rectangle(rect, radius: 0, fill: ink.ground, stroke: nil)
      case (.circle, _), (.polygon, _), (.rectangle, _):
        return MarkerLayer.marker(step) == nil ? outlined(step) : nil
      case (.pushClip, _), (.popClip, _): return step.command
      }
    }
  }

  /// Returns an area in the background colour, with its edge unless the edge only sets the area off.
  private func outlined(_ step: DrawStep) -> DrawCommand {
    func cover(_ fill: Color?) -> Color? {
      fill.map { ink.ground.opacity(Double($0.alpha) / 255) }
    }
    func line(_ stroke: Stroke?) -> Stroke? {
      guard let stroke, step.role != .framed, ink.contrast(stroke.color) >= ink.leastOfLines
      else { return nil }
      return dotted(stroke, step.role)
    }
    return switch step.command {
    case .circle(let centre, let radius, let fill, let stroke):
      .circle(centre, radius: radius, fill: cover(fill), stroke: line(stroke))
    case .polygon(let points, let fill, let stroke):
      .polygon(points, fill: cover(fill), stroke: line(stroke))
    case .rectangle(let rect, let radius, let fill, let stroke):
      .rectangle(rect, radius: radius, fill: cover(fill), stroke: line(stroke))
    default: step.command
    }
  }

  /// Moves a point slightly, so that a horizontal line between two rows of dots falls on the lower one.
  private func moved(_ point: Point, _ role: DrawRole) -> Point {
    role == .data ? point : Point(point.x + 0.05, point.y + 0.05)
  }

  /// Returns a stroke one dot wide, with dashes in proportion.
  ///
  /// Data strokes, which end at the axes, are a little wider, so that one along an axis reaches the dots inside.
  private func dotted(_ stroke: Stroke, _ role: DrawRole) -> Stroke {
    let width = max(stroke.width, role == .data ? Self.dot * 1.05 : Self.dot)
    let scale = Self.dot / stroke.width
    let cap = stroke.roundCaps ? stroke.width : 0
    let dash = stroke.dash.enumerated().map { index, length in
      max(Self.dot / 2, (index % 2 == 0 ? length + cap : length - cap) * scale)
    }
    return Stroke(stroke.color, width: width, dash: dash)
  }
}

/// The dots of a cell, two by four.
struct DotPattern {
  /// Bits from left to right and from top to bottom.
  private var bits = 0

  /// Sets a dot.
  mutating func insert(x: Int, y: Int) {
    bits |= 1 << (y * 2 + x)
  }

  private func has(_ x: Int, _ y: Int) -> Bool { bits >> (y * 2 + x) & 1 == 1 }

  /// The pattern as a braille character.
  var braille: Character {
    // The code's bits run down the left column, down the right one, and then along the last row.
    let order = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    var code: UInt32 = 0x2800
    for (bit, place) in order.enumerated() where has(place.0, place.1) { code |= 1 << UInt32(bit) }
    return Unicode.Scalar(code).map { Character($0) } ?? " "
  }

  /// The ASCII character that most resembles the dots.
  var ascii: Character {
    let rows = (0..<4).filter { has(0, $0) || has(1, $0) }
    if bits.nonzeroBitCount >= 7 { return "#" }
    if rows.count >= 3 {
      guard let left = height(0), let right = height(1), abs(left - right) >= 0.5 else {
        return "|"
      }
      return left < right ? "\\" : "/"
    }
    let mean = Double(rows.reduce(0, +)) / Double(max(1, rows.count))
    if mean < 0.75 { return "'" }
    return mean < 2.25 ? "-" : bits.nonzeroBitCount == 1 ? "." : "_"
  }

  /// Returns the mean row of a column's dots, counted from the top; nil if it has none.
  private func height(_ x: Int) -> Double? {
    let rows = (0..<4).filter { has(x, $0) }
    return rows.isEmpty ? nil : Double(rows.reduce(0, +)) / Double(rows.count)
  }
}
