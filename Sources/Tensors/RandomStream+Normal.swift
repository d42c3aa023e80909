import Numerics

extension RandomStream {
  /// A normally distributed number, mean 0 and deviation 1 (Box and Muller's method).
  package mutating func normal() -> Double {
    let radius = (-2 * Real.log(1 - uniformDouble())).squareRoot()
    return radius * Real.cos(2 * .pi * uniformDouble())
  }

  /// A normally distributed number, drawn again until it lies within two deviations of 0.
  package mutating func truncatedNormal() -> Double {
    while true {
      let number = normal()
      if abs(number) <= 2 { return number }
    }
  }
}
