/// What is drawn around the mean of several values.
package enum ValueError: String, CaseIterable {
  /// The standard deviation of the sample.
  case std
  /// The standard error of the mean.
  case sem
  /// From the least to the largest value.
  case range
  case none

  /// What a figure says that it shows.
  var caption: String {
    switch self {
    case .std: "mean ± standard deviation"
    case .sem: "mean ± standard error"
    case .range: "mean, least and largest"
    case .none: "mean"
    }
  }
}

/// The points of a series: a mean for each place, with how far the values lie around it.
struct ValuePoints {
  /// The places in ascending order, each once.
  private(set) var x: [Double] = []
  /// The means; NaN where a place has no value.
  private(set) var y: [Double] = []
  /// The lower ends of the values' spread; NaN where fewer than two values have none.
  private(set) var lower: [Double] = []
  /// The upper ends.
  private(set) var upper: [Double] = []
  /// How many values each mean is of.
  private(set) var counts: [Int] = []

  /// Puts together the values of some rows at equal places; rows without a place are passed over.
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

  /// No points.
  init() {}

  /// A point for each of some rows that has a place and a value, in their order.
  init(single rows: [Int], places: [Double], values: [Double]) {
    for row in rows where !places[row].isNaN && !values[row].isNaN {
      add(values[row], at: places[row])
    }
  }

  /// Puts together the values of each of some places.
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

  /// Whether a mean is of several values.
  var isAveraged: Bool { counts.contains { $0 > 1 } }

  /// Whether any point has a spread.
  var hasSpread: Bool { upper.contains { !$0.isNaN } }

  /// Leaves out the means that have no place on a logarithmic axis; tells how many those are.
  mutating func dropNotPositive() -> Int {
    var count = 0
    for index in y.indices where y[index] <= 0 {
      y[index] = .nan
      count += 1
    }
    return count
  }

  /// How many values a mean is of, such as `n = 3` or `n = 2 to 5`; nothing where no mean is of several.
  static func countText(_ points: [ValuePoints]) -> String? {
    let counts = points.flatMap(\.counts).filter { $0 > 0 }
    guard let least = counts.min(), let most = counts.max(), most > 1 else { return nil }
    return least == most ? "n = \(least)" : "n = \(least) to \(most)"
  }
}
