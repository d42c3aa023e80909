import Numerics

/// The mapping of values to lengths along an axis.
package enum Scale: String, Sendable, Hashable {
  /// Equal differences have equal lengths.
  case linear
  /// Equal ratios have equal lengths; ticks at powers of ten.
  case log10
  /// Equal ratios have equal lengths; ticks at powers of two.
  case log2

  /// True if only positive values have a place.
  var isLogarithmic: Bool { self != .linear }

  /// Returns the place of a value on the scale, before it is mapped to the axis; nil if it has none.
  func forward(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch self {
    case .linear: return value
    case .log10: return value > 0 ? Real.log10(value) : nil
    case .log2: return value > 0 ? Real.log2(value) : nil
    }
  }

  /// Returns the value at a place.
  func backward(_ place: Double) -> Double {
    switch self {
    case .linear: place
    case .log10: Real.pow(10, place)
    case .log2: Real.exp2(place)
    }
  }
}

/// The range of values along an axis.
struct AxisDomain: Hashable {
  /// The scale.
  let scale: Scale
  /// The place of the lower end, after `Scale.forward`.
  let lowerPlace: Double
  /// The place of the upper end.
  let upperPlace: Double

  /// Creates a domain between two places, the second of which is larger.
  init(scale: Scale, lowerPlace: Double, upperPlace: Double) {
    precondition(lowerPlace < upperPlace, "a domain has an extent")
    self.scale = scale
    self.lowerPlace = lowerPlace
    self.upperPlace = upperPlace
  }

  /// The value at the lower end.
  var lower: Double { scale.backward(lowerPlace) }
  /// The value at the upper end.
  var upper: Double { scale.backward(upperPlace) }

  /// Returns the position of a value, 0 at the lower and 1 at the upper end; nil if it has no place.
  func fraction(of value: Double) -> Double? {
    guard let place = scale.forward(value) else { return nil }
    return (place - lowerPlace) / (upperPlace - lowerPlace)
  }

  /// Returns true if a value is between the ends, with a small tolerance for rounding.
  func contains(_ value: Double) -> Bool {
    guard let fraction = fraction(of: value) else { return false }
    return (-1e-9...1 + 1e-9).contains(fraction)
  }
}
