extension Axis {
  /// The extent of an axis's data, and the room around it.
  struct Contents {
    /// The smallest and the largest place on the scale, after `Scale.forward`; nil without data.
    private(set) var extent: (lower: Double, upper: Double)?
    /// The room at both ends, as a fraction of the extent.
    var padding = 0.0
    /// The room at both ends in places of the scale, for bars that extend beyond their positions.
    var overhang = 0.0
    private let scale: Scale

    /// Starts without data.
    init(scale: Scale) {
      self.scale = scale
    }

    /// Includes a value; one that has no place on the scale is ignored.
    mutating func add(_ value: Double) {
      guard let place = scale.forward(value) else { return }
      let bounded = min(1e300, max(-1e300, place))
      guard let old = extent else {
        extent = (bounded, bounded)
        return
      }
      if bounded < old.lower { extent = (bounded, old.upper) }
      if bounded > old.upper { extent = (old.lower, bounded) }
    }
  }

  /// Returns the domain that shows the contents, with the given ends where they are usable.
  func domain(for contents: Contents) -> AxisDomain {
    let fixedLower = lower.flatMap(scale.forward).map { min(1e300, max(-1e300, $0)) }
    let fixedUpper = upper.flatMap(scale.forward).map { min(1e300, max(-1e300, $0)) }
    var (low, high) = contents.extent ?? (fixedLower ?? fixedUpper ?? 0, fixedUpper ?? 1)
    let smallest = 1e-9 * max(abs(low), abs(high), 1e-290)
    if high - low <= smallest {
      (low, high) = widened(around: low + (high - low) / 2)
    } else {
      let room = (high - low) * contents.padding + contents.overhang
      let reach = (high - low) * (contents.padding > 0 ? 0.25 : 0.05)
      let touchesZero = scale == .linear && low >= 0 && low <= reach
      low = touchesZero && contents.overhang == 0 ? min(low, 0) : low - room
      high += room
    }
    low = fixedLower ?? low
    high = fixedUpper ?? high
    if low > high, fixedLower != nil, fixedUpper != nil { swap(&low, &high) }
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-290) {
      let room = roomAround(fixedLower ?? high)
      if fixedLower == nil || fixedUpper != nil { low = high - room }
      if fixedLower != nil { high = low + 2 * room }
    }
    return AxisDomain(scale: scale, lowerPlace: low, upperPlace: high)
  }

  /// Returns a domain around a single place.
  private func widened(around place: Double) -> (Double, Double) {
    if scale == .linear, format == .percent, (0...1).contains(place) { return (0, 1.05) }
    if scale == .linear, abs(place) < 1e-290 { return (0, 1) }
    return (place - roomAround(place), place + roomAround(place))
  }

  /// Returns the distance from a single place to either end of its domain.
  private func roomAround(_ place: Double) -> Double {
    scale.isLogarithmic || abs(place) < 1e-290 ? 1 : abs(place)
  }
}
