import Glibc

extension Series {
  /// A noisy curve as two series of one colour: all values faintly, their running mean on top.
  ///
  /// The mean weighs values by exp(−distance/span) in numbers of values, looking back only, and
  /// corrects for the missing past at the start. Values that are not finite are passed over.
  ///
  /// - Parameters:
  ///   - name: The name of the mean in the legend.
  ///   - x: Horizontal values.
  ///   - y: Vertical values.
  ///   - index: The index of the colour in the theme's palette.
  ///   - span: Over how many values the weight falls to 1/e; 1 or less gives the curve alone.
  /// - Returns: The faint curve and the mean, or the curve alone.
  package static func smoothed(
    _ name: String,
    x: [Double],
    y: [Double],
    index: Int,
    span: Double
  ) -> [Series] {
    guard span > 1 else { return [Series(name, x: x, y: y, color: .palette(index))] }
    let keep = exp(-1 / span)
    var (sum, weight) = (0.0, 0.0)
    let mean = y.map { value -> Double in
      guard value.isFinite else { return .nan }
      sum = keep * sum + (1 - keep) * value
      weight = keep * weight + (1 - keep)
      return sum / weight
    }
    return [
      Series(x: x, y: y, color: .palette(index), width: 0.9, opacity: 0.28),
      Series(name, x: x, y: mean, color: .palette(index), width: 1.8),
    ]
  }
}
