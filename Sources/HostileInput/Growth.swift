import Foundation

/// The growth of a cost with the size of an input.
///
/// Costs from the same run are compared with each other, so that neither the machine nor its other
/// load matters.
package struct Growth: Sendable {
  /// The cost, in any unit, of reading an input of a given size.
  package struct Point: Sendable {
    /// The size in bytes.
    package let size: Int
    package let cost: Double

    package init(size: Int, cost: Double) {
      self.size = size
      self.cost = cost
    }
  }

  /// The points, by increasing size.
  package let points: [Point]

  /// The exponent above which the growth is too steep: a linear cost grows like the size to the
  /// power of 1, a quadratic one to the power of 2.
  package static let steepest = 1.5

  /// The exponent of the growth: the smaller of the exponents from the smallest and from the middle size
  /// to the largest, so that neither a constant cost nor a single odd size decides; nil without three
  /// points.
  package var exponent: Double? {
    guard points.count == 3 else { return nil }
    return min(Self.exponent(points[0], points[2]), Self.exponent(points[1], points[2]))
  }

  /// True if the cost grows much faster than the size.
  package var isTooSteep: Bool { exponent.map { $0 > Self.steepest } ?? false }

  /// Returns the exponent; 0 if the size hardly grows, as for kinds of files that cannot be larger.
  private static func exponent(_ first: Point, _ second: Point) -> Double {
    let growth = Double(second.size) / Double(first.size)
    return growth < 1.5 ? 0 : log(second.cost / first.cost) / log(growth)
  }
}

extension Growth {
  /// The ratio between consecutive sizes.
  private static let step = 4
  /// The numbers of rounds after which medians are examined; each round measures each size once.
  private static let rounds = [1, 3, 5]

  /// Measures the largest size, and two smaller ones if the largest costs at least `floor`.
  /// Growth that is too steep is measured again before it is accepted.
  ///
  /// - Parameters:
  ///   - largest: the largest size, in bytes.
  ///   - floor: the cost below which growth does not matter, and costs of smaller sizes are noise.
  ///   - measure: reads an input of about a given size.
  package init(largest: Int, floor: Double, measure: (Int) throws -> Point) rethrows {
    let sizes = [largest / Self.step / Self.step, largest / Self.step, largest]
    let first = try measure(largest)
    var samples: [[Point]] = [[], [], [first]]
    var medians = [first]
    for count in Self.rounds where medians[medians.count - 1].cost >= floor {
      for round in 1...count {
        for (index, size) in sizes.enumerated() where samples[index].count < round {
          samples[index].append(try measure(size))
        }
      }
      medians = samples.map(Self.median)
      guard Growth(points: medians).isTooSteep else { break }
    }
    let isWorthALook = medians[medians.count - 1].cost >= floor
    points = isWorthALook ? medians : medians.suffix(1)
  }

  private static func median(_ points: [Point]) -> Point {
    points.sorted { $0.cost < $1.cost }[points.count / 2]
  }
}
