import Files

/// The style of a line.
package struct Stroke: Sendable, Hashable {
  /// The colour.
  package var color: Color
  /// The width in points.
  package var width: Double
  /// The lengths of dashes and gaps in points, alternating; empty for a solid line.
  package var dash: [Double]
  /// True if line ends are round instead of flat.
  package var roundCaps: Bool

  /// Creates a stroke; widths and dashes are in points.
  package init(_ color: Color, width: Double, dash: [Double] = [], roundCaps: Bool = false) {
    precondition(width > 0, "a stroke has a positive width")
    self.color = color
    self.width = width
    self.dash = dash
    self.roundCaps = roundCaps
  }
}

/// A text with its position and style.
package struct TextItem: Sendable, Hashable {
  /// The text, on one line.
  package var text: String
  /// The position of the anchor.
  package var position: Point
  /// The size, weight and colour.
  package var style: TextStyle
  /// The point of the text at the position.
  package var anchor: TextAnchor
  /// The number of 90-degree turns counter-clockwise about the anchor.
  package var quarterTurns: Int

  /// The bounding box of the text, from the embedded metrics.
  package var bounds: Rect {
    TextMetrics.bounds(
      of: text,
      at: position,
      style: style,
      anchor: anchor,
      quarterTurns: quarterTurns
    )
  }
}

/// A rectangle of pixels.
package struct Bitmap: Sendable, Hashable {
  /// The number of pixels per row.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// The pixels in row-major order without padding, the upper left one first.
  package let pixels: [Color]

  /// Creates a bitmap of `width` times `height` pixels.
  package init(width: Int, height: Int, pixels: [Color]) {
    precondition(width > 0 && height > 0, "a bitmap has pixels")
    precondition(pixels.count == width * height, "a bitmap has width times height pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The digest of the red, green, blue and alpha channels of all pixels.
  package var digest: Digest {
    Digest(of: pixels.flatMap { [$0.red, $0.green, $0.blue, $0.alpha] })
  }
}

/// A drawing command.
package enum DrawCommand: Sendable, Hashable {
  /// An open line through at least two points.
  case polyline([Point], Stroke)
  /// A closed shape through at least three points.
  case polygon([Point], fill: Color?, stroke: Stroke?)
  /// An upright rectangle, with rounded corners if the radius is positive.
  case rectangle(Rect, radius: Double, fill: Color?, stroke: Stroke?)
  /// A circle.
  case circle(Point, radius: Double, fill: Color?, stroke: Stroke?)
  /// A text.
  case text(TextItem)
  /// A bitmap stretched over a rectangle; pixels remain sharp squares.
  case image(Bitmap, Rect)
  /// Clips what follows to a rectangle, until the matching `popClip`.
  case pushClip(Rect)
  /// Ends the latest clip.
  case popClip
}
