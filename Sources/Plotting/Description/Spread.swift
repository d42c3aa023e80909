/// How far values lie around those that a series shows, such as their standard deviation.
package struct Spread: Sendable, Hashable {
  /// How it is drawn.
  package enum Form: String, Sendable, Hashable {
    /// A faint stretch along the line.
    case band
    /// An upright line with a bar at either end.
    case whiskers
  }

  /// The lower ends, one for each value; NaN where there is none.
  package var lower: [Double]
  /// The upper ends.
  package var upper: [Double]
  /// How it is drawn.
  package var form: Form

  /// Creates a spread of as many lower as upper ends.
  package init(lower: [Double], upper: [Double], form: Form) {
    precondition(lower.count == upper.count, "a spread has as many lower as upper ends")
    self.lower = lower
    self.upper = upper
    self.form = form
  }
}
