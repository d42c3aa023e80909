/// A strip between the left axis of a panel and its labels that shows ranges of the axis, such as keys.
package struct AxisStrip: Sendable, Hashable {
  /// A rectangle.
  package struct Part: Sendable, Hashable {
    /// The axis values at its lower and upper edge.
    package var values: ClosedRange<Double>
    /// Its width as a fraction of the strip's, from the left edge.
    package var reach: Double
    /// The colour.
    package var color: Color

    /// Creates a rectangle.
    package init(_ values: ClosedRange<Double>, reach: Double = 1, color: Color) {
      self.values = values
      self.reach = reach
      self.color = color
    }
  }

  /// The width in points.
  package var width: Double
  /// The rectangles, each with a thin frame, later ones on top.
  package var parts: [Part]

  /// Creates a strip.
  package init(width: Double, parts: [Part]) {
    precondition(width > 0, "a strip has a width")
    self.width = width
    self.parts = parts
  }
}
