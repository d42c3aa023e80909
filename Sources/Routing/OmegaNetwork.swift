import Foundation

/// Half of a Beneš network: b columns of switches with shuffles to the left between them, an omega network.
///
/// Between an entrance and an exit there is one path only, so most rearrangements of more than two elements are
/// blocked. D. H. Lawrie, "Access and Alignment of Data in an Array Processor" (1975).
package struct OmegaNetwork: Hashable, Sendable {
  /// b, the logarithm of the number of elements.
  package let levels: Int

  package init(levels: Int) {
    precondition((1...30).contains(levels), "from 2 to 2^30 elements")
    self.levels = levels
  }

  package var count: Int { 1 << levels }

  /// Two elements that want to leave a switch by the same output.
  package struct Conflict: Hashable, Sendable {
    /// The column, and the switch in it.
    package let column: Int
    package let number: Int
    /// The places of both at the entrance of the network.
    package let elements: [Int]
    /// The output that both want, 0 or 1.
    package let output: Int
  }

  /// Whether each switch crosses, column by column, or the first conflict.
  ///
  /// Exits are told as places without shuffles.
  package func route(_ permutation: Permutation) -> Result<[[Bool]], Blocked> {
    precondition(permutation.count == count, "a rearrangement of as many elements")
    var crosses = [[Bool]](
      repeating: [Bool](repeating: false, count: count / 2),
      count: levels
    )
    // The element at each place without shuffles.
    var elements = Array(0..<count)
    for column in 0..<levels {
      let mask = 1 << ((levels - column) % levels)
      for place in 0..<count where place & mask == 0 {
        let pair = [elements[place], elements[place | mask]]
        let outputs = pair.map { permutation.targets[$0] & mask == 0 ? 0 : 1 }
        let number = rotatedLeft(place, levels: levels, by: column) / 2
        guard outputs[0] != outputs[1] else {
          return .failure(
            Blocked(
              conflict: Conflict(
                column: column,
                number: number,
                elements: pair,
                output: outputs[0]
              )
            )
          )
        }
        guard outputs[0] == 1 else { continue }
        crosses[column][number] = true
        elements.swapAt(place, place | mask)
      }
    }
    return .success(crosses)
  }

  /// Why a rearrangement cannot be routed.
  package struct Blocked: Error, Hashable {
    package let conflict: Conflict
  }
}

/// How many switches networks have, and how many rearrangements they can make.
package struct NetworkCounts: Hashable, Sendable {
  private let levels: Int

  /// - Parameter levels: b of n = 2^b elements.
  package init(levels: Int) {
    self.levels = levels
  }

  private var n: Double { exp2(Double(levels)) }

  /// Switches of a Beneš network, n/2 (2b − 1).
  package var benes: Double { n / 2 * Double(2 * levels - 1) }
  /// Switches of Waksman's network, n b − n + 1.
  package var waksman: Double { n * Double(levels) - n + 1 }
  /// Switches of an omega network, n/2 b: as many as the logarithm of the rearrangements that it can make.
  package var omega: Double { n / 2 * Double(levels) }
  /// log2 n!: a network needs at least as many switches to make every rearrangement.
  package var bits: Double { lgamma(n + 1) / log(2) }
}
