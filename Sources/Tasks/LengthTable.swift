import Tensors

/// The lengths of one bin with their probabilities.
struct LengthTable: Sendable {
  private var lengths: [Int] = []
  private var cumulative: [Double] = []

  /// - Parameter weights: the weights, in ascending order of the lengths.
  init(_ weights: ArraySlice<LengthWeight>) {
    var sum = 0.0
    lengths.reserveCapacity(weights.count)
    cumulative.reserveCapacity(weights.count)
    for row in weights {
      sum += row.weight
      lengths.append(row.length)
      cumulative.append(sum)
    }
  }

  var isEmpty: Bool { lengths.isEmpty }

  func draw(using stream: inout RandomStream) -> Int {
    let point = stream.uniformDouble() * (cumulative.last ?? 1)
    // The first length whose cumulative weight is above the point.
    var (low, high) = (0, lengths.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if point < cumulative[middle] { high = middle } else { low = middle + 1 }
    }
    return lengths[low]
  }
}
