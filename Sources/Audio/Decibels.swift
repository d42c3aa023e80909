import Tensors

/// Levels in dB as factors of amplitude.
package enum Decibels {
  /// Returns the amplitude factor of a level: 1 for 0 dB, 10 for 20 dB.
  package static func factor(_ level: Double) -> Double { Real.pow(10, level / 20) }

  /// Returns the level of a positive factor in dB.
  package static func level(_ factor: Double) -> Double { 20 * Real.log10(factor) }
}
