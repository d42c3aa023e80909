/// The spread of values around those that a series shows, such as their standard deviation.
package struct Spread: Sendable, Hashable {
  /// The style in which a spread is drawn.
  package enum Form: String, Sendable, Hashable {
    /// A faint band along the line.
    case band
    /// A vertical line with a bar at either end.
    case whiskers
  }

  /// The lower ends, one for each value; NaN if there is none.
  package var lower: [Double]
  /// The upper ends.
  package var upper: [Double]
  /// The style in which it is drawn.
  package var form: Form

  /// Creates a spread from equally many lower and upper ends.
  package init(lower: [Double], upper: [Double], form: Form) {
    precondition(lower.count == upper.count, "a spread has as many lower as upper ends")
    self.lower = lower
    self.upper = upper
    self.form = form
  }
}
