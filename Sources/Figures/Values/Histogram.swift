import Numerics

/// The number of values in each of some bins of equal width.
struct Histogram {
  /// The edges, one more than bins, in ascending order; at equal ratios on a logarithmic axis.
  let edges: [Double]

  /// The maximum number of bins chosen by default.
  static let mostBins = 100

  /// Divides the range of some finite values into bins.
  ///
  /// - Parameters:
  ///   - bins: the number of bins; nil for the number from `usualCount`.
  ///   - isLogarithmic: true if bins have equal ratios; the values are positive then.
  init(of values: [Double], bins: Int?, isLogarithmic: Bool) {
    let places = isLogarithmic ? values.map(Real.log10) : values
    var (low, high) = (places.min() ?? 0, places.max() ?? 1)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let count = bins ?? Self.usualCount(places.sorted())
    let width = (high - low) / Double(count)
    edges = (0...count).map { index in
      let place = index == count ? high : low + Double(index) * width
      return isLogarithmic ? Real.pow(10, place) : place
    }
  }

  /// Returns the number of values in each bin; a value on an edge, except for rounding, belongs to the bin above it,
  /// the largest value to the last bin.
  func counts(of values: [Double]) -> [Int] {
    var counts = Array(repeating: 0, count: edges.count - 1)
    for value in values { counts[bin(of: value)] += 1 }
    return counts
  }

  private func bin(of value: Double) -> Int {
    var (low, high) = (0, edges.count - 2)
    let value = value + 1e-9 * (edges[1] - edges[0])
    while low < high {
      let middle = (low + high + 1) / 2
      if edges[middle] <= value { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Returns the number of bins for the narrower of two widths: that of Sturges, for log2(n) + 1 bins, and that of
  /// Freedman and Diaconis, twice the interquartile range over the cube root of n.
  ///
  /// - Parameter sorted: values in ascending order.
  private static func usualCount(_ sorted: [Double]) -> Int {
    guard let first = sorted.first, let last = sorted.last, first < last else { return 1 }
    let count = Double(sorted.count)
    let sturges = (last - first) / (Real.log2(count) + 1)
    let quartiles = quantile(0.75, of: sorted) - quantile(0.25, of: sorted)
    let diaconis = 2 * quartiles / Real.pow(count, 1.0 / 3)
    let width = diaconis > 0 ? min(sturges, diaconis) : sturges
    return Int(min(Double(mostBins), max(1, ((last - first) / width - 1e-9).rounded(.up))))
  }

  /// Returns a quantile of some sorted values, interpolated linearly.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return sorted[low] }
    return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
  }
}
