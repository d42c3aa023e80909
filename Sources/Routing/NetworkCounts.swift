import Numerics

/// How many switches networks have, and how many rearrangements they can make.
package struct NetworkCounts: Hashable, Sendable {
  private let levels: Int

  /// - Parameter levels: b of n = 2^b elements.
  package init(levels: Int) {
    self.levels = levels
  }

  private var n: Double { Real.exp2(Double(levels)) }

  /// Switches of a Beneš network, n/2 (2b − 1).
  package var benes: Double { n / 2 * Double(2 * levels - 1) }
  /// Switches of Waksman's network, n b − n + 1.
  package var waksman: Double { n * Double(levels) - n + 1 }
  /// Switches of an omega network, n/2 b: as many as the logarithm of the rearrangements that it can make.
  package var omega: Double { n / 2 * Double(levels) }
  /// log2 n!: a network needs at least as many switches to make every rearrangement.
  package var bits: Double {
    if levels <= 4 { return Real.log2((1...(1 << levels)).reduce(1) { $0 * Double($1) }) }
    // Stirling's series, of which the next term is below 2e-14.
    let (bitsPerNat, perNumber) = (1 / Real.log(2), 1 / n)
    let small =
      perNumber * (1 / 12 - perNumber * perNumber * (1 / 360 - perNumber * perNumber / 1260))
    return n * Double(levels) + 0.5 * (Double(levels) + Real.log2(2 * .pi))
      - bitsPerNat * (n - small)
  }
}
