import Foundation
import Plotting
import Sessions

/// Ticks of logarithmic axes whose labels have units.
enum UnitTicks {
  /// Returns ticks in decimal units of bytes.
  package static func bytes(_ values: [Double]) -> TickRule {
    ticks(values, [("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)])
  }

  /// Returns ticks in units of time up to seconds.
  package static func seconds(_ values: [Double]) -> TickRule {
    ticks(values, [("µs", 1e-6), ("ms", 1e-3), ("s", 1)])
  }

  /// Returns ticks at powers of ten, and at 2 and 5 times these if the values span few of them.
  private static func ticks(_ values: [Double], _ units: [(name: String, size: Double)]) -> TickRule
  {
    let ratio = (values.max() ?? 1) / (values.min() ?? 1)
    let digits = ratio < 1000 ? [1, 2, 5] : [1]
    return .labelled(
      units.flatMap { name, size in
        [1, 10, 100].flatMap { power in
          digits.map { Tick(Double($0 * power) * size, "\($0 * power) \(name)") }
        }
      }
    )
  }
}
