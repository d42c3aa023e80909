import Foundation

/// How a cost grows with the size of what is read.
///
/// Costs of one run are compared with each other, so that neither the machine nor what else it does
/// decides.
package struct Growth: Sendable {
  /// What reading an input of a size costs, in any unit.
  package struct Point: Sendable {
    /// In bytes.
    package let size: Int
    package let cost: Double

    package init(size: Int, cost: Double) {
      self.size = size
      self.cost = cost
    }
  }

  /// The points from the smallest to the largest size.
  package let points: [Point]

  /// The exponent from which on the growth is too steep: a linear cost grows like the size to the
  /// power of 1, a quadratic one to that of 2.
  package static let steepest = 1.5

  /// The exponent of the growth: the smaller one of those from the first and from the second
  /// largest size to the largest, so that neither a cost that all sizes have nor a single odd size
  /// makes it; nil without three points.
  package var exponent: Double? {
    guard points.count == 3 else { return nil }
    return min(Self.exponent(points[0], points[2]), Self.exponent(points[1], points[2]))
  }

  /// Whether the cost grows much faster than the size.
  package var isTooSteep: Bool { exponent.map { $0 > Self.steepest } ?? false }

  /// 0 where the size hardly grows, as with kinds of files that cannot be larger.
  private static func exponent(_ first: Point, _ second: Point) -> Double {
    let growth = Double(second.size) / Double(first.size)
    return growth < 1.5 ? 0 : log(second.cost / first.cost) / log(growth)
  }
}

extension Growth {
  /// Each size is so many times the one before.
  private static let step = 4
  /// After so many rounds, in each of which each size is measured once, medians are looked at.
  private static let rounds = [1, 3, 5]

  /// Measures three sizes, the second and third if the largest costs enough to be worth a look.
  /// Growth that is too steep is measured again before it is believed.
  ///
  /// - Parameters:
  ///   - largest: the largest size, in bytes.
  ///   - floor: a cost below which the growth does not matter, and that of smaller sizes is noise.
  ///   - measure: reads an input of about a size.
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
