import Numerics

/// The number of switches of each network, and of the permutations that they can perform.
package struct NetworkCounts: Hashable, Sendable {
  private let levels: Int

  /// - Parameter levels: b of n = 2^b elements.
  package init(levels: Int) {
    self.levels = levels
  }

  private var n: Double { Real.exp2(Double(levels)) }

  /// The number of switches of a Beneš network, n/2 (2b − 1).
  package var benes: Double { n / 2 * Double(2 * levels - 1) }
  /// The number of switches of Waksman's network, n b − n + 1.
  package var waksman: Double { n * Double(levels) - n + 1 }
  /// The number of switches of an omega network, n/2 b; it performs 2 to the power of this number of permutations.
  package var omega: Double { n / 2 * Double(levels) }
  /// log2 n!, a lower bound for the number of switches of a network that performs every permutation.
  package var bits: Double {
    if levels <= 4 { return Real.log2((1...(1 << levels)).reduce(1) { $0 * Double($1) }) }
    // Stirling's series; the next term is below 2e-14.
    let (bitsPerNat, perNumber) = (1 / Real.log(2), 1 / n)
    let small =
      perNumber * (1 / 12 - perNumber * perNumber * (1 / 360 - perNumber * perNumber / 1260))
    return n * Double(levels) + 0.5 * (Double(levels) + Real.log2(2 * .pi))
      - bitsPerNat * (n - small)
  }
}
