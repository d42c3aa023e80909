/// The Beneš network of the textbooks: a column of switches, two networks of half the size one above the other, and
/// another column. The upper outputs of the switches lead to the upper network.
package indirect enum RecursiveBenes: Hashable, Sendable {
  /// A single switch for two elements.
  case single(crosses: Bool)
  /// The switches of the first and the last column (true if they cross), and the networks between them.
  case nested(first: [Bool], upper: RecursiveBenes, lower: RecursiveBenes, last: [Bool])

  /// Creates the network with the same switches as one wired by shuffles, and so with the same permutation.
  package init(_ settings: BenesNetwork.Settings, of network: BenesNetwork) {
    self = Self.part(settings, network, depth: 0, prefix: 0)
  }

  /// - Parameters:
  ///   - depth: the number of columns outside on either side.
  ///   - prefix: the lowest `depth` index bits of the places that this part routes.
  private static func part(
    _ settings: BenesNetwork.Settings,
    _ network: BenesNetwork,
    depth: Int,
    prefix: Int
  ) -> RecursiveBenes {
    let levels = network.levels
    // Switch k of this part is between the places (2k + bit, prefix); the first of them identifies it.
    func column(_ column: Int) -> [Bool] {
      (0..<1 << (levels - depth - 1)).map { number in
        let place = number << (depth + 1) | prefix
        return settings.crosses[column][network.position(of: place, before: column) / 2]
      }
    }
    guard depth < levels - 1 else { return .single(crosses: column(depth)[0]) }
    return .nested(
      first: column(depth),
      upper: part(settings, network, depth: depth + 1, prefix: prefix),
      lower: part(settings, network, depth: depth + 1, prefix: prefix | 1 << depth),
      last: column(network.columns - 1 - depth)
    )
  }

  /// Returns the elements after a pass through the network.
  package func applied<Element>(to elements: [Element]) -> [Element] {
    switch self {
    case .single(let crosses): return crosses ? elements.reversed() : elements
    case .nested(let first, let upper, let lower, let last):
      var (top, bottom): ([Element], [Element]) = ([], [])
      for (number, crosses) in first.enumerated() {
        top.append(elements[2 * number + (crosses ? 1 : 0)])
        bottom.append(elements[2 * number + (crosses ? 0 : 1)])
      }
      top = upper.applied(to: top)
      bottom = lower.applied(to: bottom)
      return last.enumerated().flatMap { number, crosses in
        crosses ? [bottom[number], top[number]] : [top[number], bottom[number]]
      }
    }
  }
}
