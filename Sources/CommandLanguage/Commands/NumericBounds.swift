/// The numbers that an argument may be.
package struct NumericBounds: Equatable, Sendable {
  private struct Limit: Equatable {
    let value: Double
    let isIncluded: Bool
  }

  private let lower: Limit?
  private let upper: Limit?

  /// All numbers.
  package static let any = NumericBounds(lower: nil, upper: nil)

  /// Numbers of at least a limit.
  package static func atLeast(_ limit: Double) -> NumericBounds {
    NumericBounds(lower: Limit(value: limit, isIncluded: true), upper: nil)
  }

  /// Numbers of at most a limit.
  package static func atMost(_ limit: Double) -> NumericBounds {
    NumericBounds(lower: nil, upper: Limit(value: limit, isIncluded: true))
  }

  /// Numbers above a limit.
  package static func above(_ limit: Double) -> NumericBounds {
    NumericBounds(lower: Limit(value: limit, isIncluded: false), upper: nil)
  }

  /// Numbers from one limit to another, both included.
  package static func from(_ lower: Double, through upper: Double) -> NumericBounds {
    NumericBounds(
      lower: Limit(value: lower, isIncluded: true),
      upper: Limit(value: upper, isIncluded: true)
    )
  }

  /// Numbers above one limit up to another, which is included.
  package static func above(_ lower: Double, through upper: Double) -> NumericBounds {
    NumericBounds(
      lower: Limit(value: lower, isIncluded: false),
      upper: Limit(value: upper, isIncluded: true)
    )
  }

  /// Numbers from one limit, which is included, to below another.
  package static func from(_ lower: Double, below upper: Double) -> NumericBounds {
    NumericBounds(
      lower: Limit(value: lower, isIncluded: true),
      upper: Limit(value: upper, isIncluded: false)
    )
  }

  /// Whether a number lies between the limits.
  package func contains(_ number: Double) -> Bool {
    if let lower, lower.isIncluded ? number < lower.value : number <= lower.value { return false }
    if let upper, upper.isIncluded ? number > upper.value : number >= upper.value { return false }
    return !number.isNaN
  }

  /// What stands behind the noun in a message: `≥ 1`, `> 0 and ≤ 1`, `from 1 to 8`; may be empty.
  package var description: String {
    if let lower, let upper, lower.isIncluded, upper.isIncluded {
      return "from \(NumberFormat.short(lower.value)) to \(NumberFormat.short(upper.value))"
    }
    let lowerText = lower.map { ($0.isIncluded ? "≥ " : "> ") + NumberFormat.short($0.value) }
    let upperText = upper.map { ($0.isIncluded ? "≤ " : "< ") + NumberFormat.short($0.value) }
    return [lowerText, upperText].compactMap { $0 }.joined(separator: " and ")
  }
}
