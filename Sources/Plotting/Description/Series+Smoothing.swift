extension Series {
  /// A noisy curve as two series of one colour: all values faintly, their running mean on top.
  ///
  /// The mean at a value is that of the values around it, as many on each side, so that the bold curve
  /// neither lags nor leads; towards the ends there are fewer. Values that are not finite do not count.
  ///
  /// - Parameters:
  ///   - name: The name of the mean in the legend.
  ///   - x: Horizontal values.
  ///   - y: Vertical values.
  ///   - index: The index of the colour in the theme's palette.
  ///   - span: Over how many values the mean goes; 1 or less gives the curve alone.
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

  /// The mean of the finite values within `reach` places, NaN where the value itself is not finite.
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
