import Tensors
import Testing

/// Of the C library kissfft takes sines and cosines alone, which it rounds to floats.
@Suite("Tables of Fourier transforms")
struct FourierTableTests {
  /// Whether all doubles within four units in the last place round to one float.
  private func isFixed(_ value: Double) -> Bool {
    Float(value - 4 * value.ulp) == Float(value + 4 * value.ulp)
  }

  @Test(
    "are the same with every library whose sine is right to four units in the last place",
    arguments: (7...16).map { 1 << $0 }
  )
  func factors(span: Int) {
    // A real transform is a complex one of half the span, whose halves are put together with
    // factors of their own.
    let half = Double(span / 2)
    for index in 0..<span / 2 {
      let turn = -2 * Double.pi * Double(index) / half
      #expect(isFixed(Real.cos(turn)) && isFixed(Real.sin(turn)), "factor \(index)")
      let halfTurn = -Double.pi * (Double(index + 1) / half + 0.5)
      #expect(isFixed(Real.cos(halfTurn)) && isFixed(Real.sin(halfTurn)), "second factor \(index)")
    }
  }
}
