/// Statistics of numbers.
enum Statistics {
  /// Returns the value of a function of any number of values.
  ///
  /// - Throws: `LanguageError` if there are too few numbers.
  static func value(
    of function: BuiltinFunction,
    _ numbers: [Double]
  ) throws(LanguageError) -> Double {
    if function == .sum { return numbers.reduce(0, +) }
    guard let first = numbers.first else { throw .noElements(function: function) }
    switch function {
    case .min: return numbers.reduce(first, Swift.min)
    case .max: return numbers.reduce(first, Swift.max)
    case .median: return try percentile(50, of: numbers)
    case .std:
      guard numbers.count > 1 else { throw .oneElement(function: function) }
      let mean = mean(numbers)
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(numbers.count - 1)).squareRoot()
    default: return mean(numbers)
    }
  }

  private static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  /// Returns the value below which a percentage of the numbers falls, interpolated linearly between neighbours.
  static func percentile(_ percent: Double, of numbers: [Double]) throws(LanguageError) -> Double {
    guard !numbers.isEmpty else { throw .noElements(function: .percentile) }
    guard (0...100).contains(percent) else { throw .notAPercentage(percent) }
    let sorted = numbers.sorted()
    let place = percent / 100 * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return sorted[low] }
    let part = place - Double(low)
    return part == 0 ? sorted[low] : sorted[low] + part * (sorted[low + 1] - sorted[low])
  }
}
