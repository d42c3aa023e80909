/// The Beneš network as textbooks draw it: a column of switches, two networks of half the size above each other, and
/// another column. The upper outputs of the switches lead to the upper network.
package indirect enum RecursiveBenes: Hashable, Sendable {
  /// One switch for two elements.
  case single(crosses: Bool)
  /// Whether the switches of the first and of the last column cross, and what lies between.
  case nested(first: [Bool], upper: RecursiveBenes, lower: RecursiveBenes, last: [Bool])

  /// The same switches as in the network that is wired by shuffles, and so the same permutation.
  package init(_ settings: BenesNetwork.Settings, of network: BenesNetwork) {
    self = Self.part(settings, network, depth: 0, prefix: 0)
  }

  /// - Parameters:
  ///   - depth: how many columns lie outside on either side.
  ///   - prefix: the lowest `depth` index bits of the places that this part routes.
  private static func part(
    _ settings: BenesNetwork.Settings,
    _ network: BenesNetwork,
    depth: Int,
    prefix: Int
  ) -> RecursiveBenes {
    let levels = network.levels
    // Switch k of this part is between the places (2k + bit, prefix), of which the first is told.
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

  /// Sends elements through the network.
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
