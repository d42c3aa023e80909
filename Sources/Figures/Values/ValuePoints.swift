/// The spread drawn around the mean of several values.
package enum ValueError: String, CaseIterable {
  /// The standard deviation of the sample.
  case std
  /// The standard error of the mean.
  case sem
  /// The range from the smallest to the largest value.
  case range
  case none

  /// The description in a figure.
  var caption: String {
    switch self {
    case .std: "mean ± standard deviation"
    case .sem: "mean ± standard error"
    case .range: "mean, least and largest"
    case .none: "mean"
    }
  }
}

/// The points of a series: a mean for each place, with the spread of the values around it.
struct ValuePoints {
  /// The places in ascending order, each once.
  private(set) var x: [Double] = []
  /// The means; NaN at a place without values.
  private(set) var y: [Double] = []
  /// The lower ends of the values' spread; NaN if there are fewer than two values and thus no spread.
  private(set) var lower: [Double] = []
  /// The upper ends of the values' spread.
  private(set) var upper: [Double] = []
  /// The number of values of each mean.
  private(set) var counts: [Int] = []

  /// Averages the values of some rows at equal places; skips rows without a place.
  init(rows: [Int], places: [Double], values: [Double], error: ValueError) {
    var rows = rows.filter { !places[$0].isNaN }
    let isAscending = zip(rows, rows.dropFirst()).allSatisfy { places[$0] <= places[$1] }
    if !isAscending { rows.sort { (places[$0], $0) < (places[$1], $1) } }
    var start = 0
    while start < rows.count {
      let place = places[rows[start]]
      var end = start + 1
      while end < rows.count, places[rows[end]] == place { end += 1 }
      if end == start + 1 {
        add(values[rows[start]], at: place)
      } else {
        add(rows[start..<end].map { values[$0] }.filter { !$0.isNaN }, at: place, error)
      }
      start = end
    }
  }

  /// Creates a series without points.
  init() {}

  /// Creates a point for each of some rows that has a place and a value, in order.
  init(single rows: [Int], places: [Double], values: [Double]) {
    for row in rows where !places[row].isNaN && !values[row].isNaN {
      add(values[row], at: places[row])
    }
  }

  /// Averages the values at each of some places.
  init(x: [Double], samples: [[Double]], error: ValueError) {
    for (place, values) in zip(x, samples) { add(values, at: place, error) }
  }

  private mutating func add(_ value: Double, at place: Double) {
    x.append(place)
    y.append(value)
    counts.append(value.isNaN ? 0 : 1)
    lower.append(.nan)
    upper.append(.nan)
  }

  private mutating func add(_ values: [Double], at place: Double, _ error: ValueError) {
    let count = Double(values.count)
    let mean = values.isEmpty ? .nan : values.reduce(0, +) / count
    x.append(place)
    y.append(mean)
    counts.append(values.count)
    guard values.count > 1, error != .none else {
      lower.append(.nan)
      upper.append(.nan)
      return
    }
    if error == .range {
      lower.append(values.min() ?? .nan)
      upper.append(values.max() ?? .nan)
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = squares / (count - 1)
    let reach = (error == .sem ? variance / count : variance).squareRoot()
    lower.append(mean - reach)
    upper.append(mean + reach)
  }

  /// True if some mean has several values.
  var isAveraged: Bool { counts.contains { $0 > 1 } }

  /// True if any point has a spread.
  var hasSpread: Bool { upper.contains { !$0.isNaN } }

  /// Drops means that have no place on a logarithmic axis; returns their number.
  mutating func dropNotPositive() -> Int {
    var count = 0
    for index in y.indices where y[index] <= 0 {
      y[index] = .nan
      count += 1
    }
    return count
  }

  /// Returns the number of values of a mean, such as `n = 3` or `n = 2 to 5`; nil if no mean has several values.
  static func countText(_ points: [ValuePoints]) -> String? {
    let counts = points.flatMap(\.counts).filter { $0 > 0 }
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return nil }
    return least == most ? "n = \(least)" : "n = \(least) to \(most)"
  }
}
