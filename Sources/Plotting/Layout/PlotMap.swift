/// Maps data to the canvas.
struct PlotMap {
  /// The area between the axes, in points.
  let area: Rect
  /// The range of values along the horizontal axis.
  let x: AxisDomain
  /// The range of values along the vertical axis.
  let y: AxisDomain

  /// Returns the horizontal position of a value, or nil if it has none.
  func x(_ value: Double) -> Double? {
    x.fraction(of: value).map { area.minX + Self.bounded($0) * area.width }
  }

  /// Returns the vertical position of a value, or nil if it has none.
  func y(_ value: Double) -> Double? {
    y.fraction(of: value).map { area.maxY - Self.bounded($0) * area.height }
  }

  /// Returns the position of a pair of values, or nil if one has none.
  func point(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let x = x(xValue), let y = y(yValue) else { return nil }
    return Point(x, y)
  }

  /// Returns the horizontal position of a place after `Scale.forward`.
  func x(place: Double) -> Double {
    let fraction = (place - x.lowerPlace) / (x.upperPlace - x.lowerPlace)
    return area.minX + Self.bounded(fraction) * area.width
  }

  /// Clamps far-off points to a distance at which lines to them still look right.
  private static func bounded(_ fraction: Double) -> Double {
    min(500, max(-500, fraction))
  }
}
