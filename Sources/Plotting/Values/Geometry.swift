/// A position in points; x grows to the right, y downwards.
package struct Point: Sendable, Hashable {
  /// The horizontal position.
  package var x: Double
  /// The vertical position, growing downwards.
  package var y: Double

  /// Creates a position.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A width and a height in points.
package struct Size: Sendable, Hashable {
  /// The horizontal extent.
  package var width: Double
  /// The vertical extent.
  package var height: Double

  /// Creates a size.
  package init(_ width: Double, _ height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle in points.
package struct Rect: Sendable, Hashable {
  /// The left edge.
  package var minX: Double
  /// The upper edge.
  package var minY: Double
  /// The horizontal extent.
  package var width: Double
  /// The vertical extent.
  package var height: Double

  /// Creates a rectangle from its upper left corner and its size.
  package init(x: Double, y: Double, width: Double, height: Double) {
    self.minX = x
    self.minY = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  package var maxX: Double { minX + width }
  /// The lower edge.
  package var maxY: Double { minY + height }
  /// The horizontal centre.
  package var midX: Double { minX + width / 2 }
  /// The vertical centre.
  package var midY: Double { minY + height / 2 }
  /// The horizontal and vertical extent.
  package var size: Size { Size(width, height) }

  /// Returns the rectangle with every edge moved inwards, or outwards for a negative distance.
  package func inset(by distance: Double) -> Rect {
    Rect(
      x: minX + distance,
      y: minY + distance,
      width: max(0, width - 2 * distance),
      height: max(0, height - 2 * distance)
    )
  }

  /// Returns true if the two rectangles share more than an edge.
  package func overlaps(_ other: Rect) -> Bool {
    minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
  }

  /// Returns true if the other rectangle is within this one; edges may touch.
  package func contains(_ other: Rect) -> Bool {
    other.minX >= minX && other.maxX <= maxX && other.minY >= minY && other.maxY <= maxY
  }

  /// Returns the length of the part of a line that is within the rectangle.
  func coveredLength(from start: Point, to end: Point) -> Double {
    let step = Point(end.x - start.x, end.y - start.y)
    var (enter, leave) = (0.0, 1.0)
    func clip(_ origin: Double, _ delta: Double, _ low: Double, _ high: Double) {
      if delta == 0 {
        if origin < low || origin > high { leave = -1 }
        return
      }
      let (first, second) = ((low - origin) / delta, (high - origin) / delta)
      enter = max(enter, min(first, second))
      leave = min(leave, max(first, second))
    }
    clip(start.x, step.x, minX, maxX)
    clip(start.y, step.y, minY, maxY)
    guard enter < leave else { return 0 }
    return (leave - enter) * (step.x * step.x + step.y * step.y).squareRoot()
  }
}
