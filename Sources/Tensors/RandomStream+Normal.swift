import Numerics

extension RandomStream {
  /// Returns a normally distributed number with mean 0 and standard deviation 1 (Box–Muller method).
  package mutating func normal() -> Double {
    let radius = (-2 * Real.log(1 - uniformDouble())).squareRoot()
    return radius * Real.cos(2 * .pi * uniformDouble())
  }

  /// Returns a normally distributed number, redrawn until it is within two standard deviations of 0.
  package mutating func truncatedNormal() -> Double {
    while true {
      let number = normal()
      if abs(number) <= 2 { return number }
    }
  }
}
