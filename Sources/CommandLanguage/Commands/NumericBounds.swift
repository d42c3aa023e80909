/// The range of numbers that an argument may take.
package struct NumericBounds: Equatable, Sendable {
  private struct Lower: Equatable {
    let value: Double
    let isIncluded: Bool
  }

  private let lower: Lower?
  /// The largest number, inclusive.
  private let upper: Double?

  /// All numbers.
  package static let any = NumericBounds(lower: nil, upper: nil)

  /// Numbers of at least a limit.
  package static func atLeast(_ limit: Double) -> NumericBounds {
    NumericBounds(lower: Lower(value: limit, isIncluded: true), upper: nil)
  }

  /// Numbers from one limit to another, both included.
  package static func from(_ lower: Double, through upper: Double) -> NumericBounds {
    NumericBounds(lower: Lower(value: lower, isIncluded: true), upper: upper)
  }

  /// Numbers above one limit, up to and including another.
  package static func above(_ lower: Double, through upper: Double) -> NumericBounds {
    NumericBounds(lower: Lower(value: lower, isIncluded: false), upper: upper)
  }

  /// Returns true if a number is within the limits.
  package func contains(_ number: Double) -> Bool {
    if let lower, lower.isIncluded ? number < lower.value : number <= lower.value { return false }
    if let upper, number > upper { return false }
    return !number.isNaN
  }

  /// The bounds in words, to follow a noun in a message: `≥ 1`, `> 0 and ≤ 1`, `from 1 to 8`; may be empty.
  package var description: String {
    if let lower, let upper, lower.isIncluded {
      return "from \(NumberFormat.short(lower.value)) to \(NumberFormat.short(upper))"
    }
    let lowerText = lower.map { ($0.isIncluded ? "≥ " : "> ") + NumberFormat.short($0.value) }
    let upperText = upper.map { "≤ " + NumberFormat.short($0) }
    return [lowerText, upperText].compactMap { $0 }.joined(separator: " and ")
  }
}
