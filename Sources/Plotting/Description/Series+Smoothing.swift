extension Series {
  /// Returns a noisy curve as two series of one colour: all values faintly, their running mean on top.
  ///
  /// The mean is centred, with as many values on each side, so that the bold curve neither lags nor leads; towards
  /// the ends there are fewer. Values that are not finite do not count.
  ///
  /// - Parameters:
  ///   - name: The name of the mean in the legend.
  ///   - x: Horizontal values.
  ///   - y: Vertical values.
  ///   - index: The index of the colour in the theme's palette.
  ///   - span: The number of values in the mean; with 1 or less there is only the curve.
  /// - Returns: The faint curve and the mean, or the curve alone.
  package static func smoothed(
    _ name: String,
    x: [Double],
    y: [Double],
    index: Int,
    span: Double
  ) -> [Series] {
    guard span > 1 else { return [Series(name, x: x, y: y, color: .palette(index))] }
    return [
      Series(x: x, y: y, color: .palette(index), width: 0.9, opacity: 0.28),
      Series(
        name,
        x: x,
        y: runningMean(y, reach: Int(span / 2)),
        color: .palette(index),
        width: 1.8
      ),
    ]
  }

  /// Returns the mean of the finite values within `reach` indices, NaN where the value itself is not finite.
  package static func runningMean(_ values: [Double], reach: Int) -> [Double] {
    var sums = [0.0]
    var counts = [0.0]
    for (place, value) in values.enumerated() {
      sums.append(sums[place] + (value.isFinite ? value : 0))
      counts.append(counts[place] + (value.isFinite ? 1 : 0))
    }
    return values.indices.map { place in
      guard values[place].isFinite else { return .nan }
      let side = min(reach, place, values.count - 1 - place)
      let (first, end) = (place - side, place + side + 1)
      return (sums[end] - sums[first]) / (counts[end] - counts[first])
    }
  }
}
