import Tensors

extension Padding {
  /// Returns an example with its blanks, except for those at the end of both sides, which are added anyway.
  ///
  /// `front`: input and target are shifted by the same number of blanks, from 0 to as many as fit. `dispersed`: both
  /// are expanded to the same length, from that of the longer one to `length`, by blanks at the same random
  /// positions. All numbers and positions are equally frequent.
  func applied(to example: Example, length: Int, using random: inout RandomStream) -> Example {
    let size = max(example.input.count, example.target.count)
    guard self != .end, size < length, size > 0 else { return example }
    let added = random.index(below: length - size + 1)
    switch self {
    case .end: return example
    case .front:
      let blanks = [Int32](repeating: 0, count: added)
      return Example(input: blanks + example.input, target: blanks + example.target)
    case .dispersed:
      let places = Self.places(size, among: size + added, using: &random)
      return Example(
        input: Self.spread(example.input, to: places, of: size + added),
        target: Self.spread(example.target, to: places, of: size + added)
      )
    }
  }

  /// Returns a random choice of `count` of the first `total` positions, in ascending order.
  private static func places(
    _ count: Int,
    among total: Int,
    using random: inout RandomStream
  ) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(count)
    for place in 0..<total where random.index(below: total - place) < count - places.count {
      places.append(place)
    }
    return places
  }

  private static func spread(_ symbols: [Int32], to places: [Int], of total: Int) -> [Int32] {
    var result = [Int32](repeating: 0, count: total)
    for (symbol, place) in zip(symbols, places) { result[place] = symbol }
    return result
  }
}
