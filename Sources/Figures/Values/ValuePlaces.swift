import CommandLanguage
import Numerics
import Plotting
import Wording

/// The places of a table's rows on a horizontal axis: numbers, or categories side by side.
struct ValuePlaces {
  /// The name of the axis.
  let name: String
  /// The place of each row, for a category its number from 0; NaN if there is none.
  private(set) var values: [Double]
  /// The names of categories in order; nil for numbers.
  private(set) var categories: [String]?
  /// The number of rows without a place.
  private(set) var missing = 0

  /// Creates the places of rows by their numbers from 0.
  init(count: Int, name: String) {
    self.name = name
    values = (0..<count).map(Double.init)
  }

  /// Creates the places that a column gives; one with texts or truth values has categories.
  ///
  /// - Parameter isCategorical: true if numbers are categories too, in ascending order.
  init(column: [Value], name: String, isCategorical: Bool) {
    self.name = name
    values = []
    values.reserveCapacity(column.count)
    let hasNumbers = column.allSatisfy(\.isNumberOrNothing)
    if hasNumbers, !isCategorical {
      for cell in column {
        if case .number(let number) = cell, number.isFinite {
          values.append(number)
        } else {
          missing += 1
          values.append(.nan)
        }
      }
      return
    }
    var keys = Array(Set(column.filter(\.isPresent)))
    if hasNumbers {
      keys.sort { $0.number ?? 0 < $1.number ?? 0 }
    } else {
      var seen: Set<Value> = []
      keys = column.filter { $0.isPresent && seen.insert($0).inserted }
    }
    let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    for cell in column {
      let place = places[cell]
      if place == nil { missing += 1 }
      values.append(place.map(Double.init) ?? .nan)
    }
    categories = keys.map(\.inlineDescription)
  }

  /// Returns the horizontal axis.
  ///
  /// - Parameter isLogarithmic: true if equal ratios take equal space; powers of two have ticks at powers of two.
  func axis(isLogarithmic: Bool) -> Axis {
    if let categories {
      let last = Double(categories.count - 1)
      return Axis(name, lower: -0.5, upper: last + 0.5, ticks: .categories(categories))
    }
    let isBinary = isLogarithmic && values.allSatisfy { $0.isNaN || $0.isPowerOfTwo }
    let scale = isBinary ? Scale.log2 : isLogarithmic ? .log10 : .linear
    return Axis(name, scale: scale, ticks: fewPlaces(on: scale).map(TickRule.values) ?? .automatic)
  }

  /// The maximum number of places that have a tick each.
  private static let mostTicks = 8
  /// The minimum distance of two such places, as a share of the axis.
  private static let leastGap = 0.07

  /// Returns the places if they are so few and far apart that each has a tick.
  private func fewPlaces(on scale: Scale) -> [Double]? {
    var places: Set<Double> = []
    for value in values where !value.isNaN {
      places.insert(value)
      if places.count > Self.mostTicks { return nil }
    }
    let sorted = places.sorted()
    let positions = scale == .linear ? sorted : sorted.map(Real.log2)
    guard let first = positions.first, let last = positions.last, first < last else { return nil }
    let isClear = zip(positions, positions.dropFirst()).allSatisfy {
      $1 - $0 >= Self.leastGap * (last - first)
    }
    return isClear ? sorted : nil
  }

  /// Drops rows that have no place on a logarithmic axis; returns their number.
  mutating func dropNotPositive() -> Int {
    var count = 0
    for index in values.indices where values[index] <= 0 {
      values[index] = .nan
      count += 1
    }
    return count
  }
}

extension Value {
  fileprivate var isNumberOrNothing: Bool {
    switch self {
    case .number, .nothing: true
    default: false
    }
  }

  /// True if it can name a category.
  fileprivate var isPresent: Bool {
    switch self {
    case .nothing: false
    case .number(let number): number.isFinite
    default: true
    }
  }

  fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension Double {
  /// True if it is an integer power of two, or the reciprocal of one.
  fileprivate var isPowerOfTwo: Bool { self > 0 && significand == 1 }
}
