/// The expansion of ranges into their elements.
enum RangeExpansion {
  /// The maximum number of elements of a list.
  static let limit = 1_000_000

  /// The share of a step by which rounding may miss the last element.
  private static let tolerance = 1e-9

  /// Returns `first`, `first + step`, … up to `last`.
  static func numbers(
    from first: Double,
    through last: Double,
    by step: Double
  ) throws(LanguageError) -> [Double] {
    if first == last { return [first] }
    if step == 0 || first + step == first {
      throw .rangeNeverAdvances(step: NumberFormat.short(step))
    }
    let steps = (last - first) / step
    if steps < 0 { throw wrongDirection(first, last, step: step) }
    if steps >= Double(limit) { throw .rangeTooLong(limit: limit) }
    return (0...Int(steps + tolerance)).map { first + Double($0) * step }
  }

  /// Returns `first`, `first · factor`, … up to `last`.
  static func numbers(
    from first: Double,
    through last: Double,
    times factor: Double
  ) throws(LanguageError) -> [Double] {
    if first == last { return [first] }
    let isAscending = last > first
    let advances = first > 0 && last > 0 && (isAscending ? factor > 1 : factor > 0 && factor < 1)
    if !advances { throw .rangeNeverAdvances(step: "*" + NumberFormat.short(factor)) }
    var numbers: [Double] = []
    var number = first
    while isAscending ? number <= last * (1 + tolerance) : number >= last * (1 - tolerance) {
      if numbers.count == limit { throw .rangeTooLong(limit: limit) }
      numbers.append(number)
      let next = number * factor
      if next == number { throw .rangeNeverAdvances(step: "*" + NumberFormat.short(factor)) }
      number = next
    }
    return numbers
  }

  private static func wrongDirection(
    _ first: Double,
    _ last: Double,
    step: Double
  ) -> LanguageError {
    step == 1
      ? .emptyRange(first: NumberFormat.short(first), last: NumberFormat.short(last))
      : .rangeNeverAdvances(step: NumberFormat.short(step))
  }
}
