import Plotting

extension Axis {
  /// Returns an axis of shares that spans some values with a margin, so that close ones can be told apart, extended to
  /// zero if that is near.
  static func accuracy(_ label: String, spanning values: [Double]) -> Axis {
    var (lower, upper) = (-0.03, 1.04)
    if let least = values.min(), let most = values.max() {
      let room = 0.15 * max(0.05, most - least)
      lower = least - 2 * room < 0 ? -0.03 : least - room
      upper = min(1.04, most + room)
    }
    return Axis(label, lower: lower, upper: upper, format: .percent)
  }
}
