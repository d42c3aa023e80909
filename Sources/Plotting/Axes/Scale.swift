import Numerics

/// How values are spread along an axis.
package enum Scale: String, Sendable, Hashable {
  /// Equal differences take equal room.
  case linear
  /// Equal ratios take equal room; ticks at powers of ten.
  case log10
  /// Equal ratios take equal room; ticks at powers of two.
  case log2

  /// Whether only positive values have a place.
  var isLogarithmic: Bool { self != .linear }

  /// The place of a value before it is mapped to the axis; nil where it has none.
  func forward(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch self {
    case .linear: return value
    case .log10: return value > 0 ? Real.log10(value) : nil
    case .log2: return value > 0 ? Real.log2(value) : nil
    }
  }

  /// The value at a place.
  func backward(_ place: Double) -> Double {
    switch self {
    case .linear: place
    case .log10: Real.pow(10, place)
    case .log2: Real.exp2(place)
    }
  }
}

/// The values an axis spans.
struct AxisDomain: Hashable {
  /// How values are spread.
  let scale: Scale
  /// The place of the lower end, after `Scale.forward`.
  let lowerPlace: Double
  /// The place of the upper end.
  let upperPlace: Double

  /// Creates a domain between two places of which the second is larger.
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

  /// Where a value lies, 0 at the lower and 1 at the upper end; nil where it has no place.
  func fraction(of value: Double) -> Double? {
    guard let place = scale.forward(value) else { return nil }
    return (place - lowerPlace) / (upperPlace - lowerPlace)
  }

  /// Whether a value lies between the ends, with a little tolerance for rounding.
  func contains(_ value: Double) -> Bool {
    guard let fraction = fraction(of: value) else { return false }
    return (-1e-9...1 + 1e-9).contains(fraction)
  }
}
