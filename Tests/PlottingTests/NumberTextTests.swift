import Testing

@testable import Plotting

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(
    "numbers are written with the decimals they need",
    arguments: [
      (0, "0"), (1, "1"), (-2.5, "−2.5"), (1234, "1234"), (12_345, "12,345"),
      (1_234_567.25, "1,234,567.25"), (0.1 + 0.2, "0.3"), (1 / 3, "0.333333"), (0.0005, "0.0005"),
      (2.5e-5, "2.5×10⁻⁵"), (1e-9, "10⁻⁹"), (3e12, "3×10¹²"), (-1e20, "−10²⁰"),
      (9.9999e-5, "10⁻⁴"), (.nan, "not a number"), (.infinity, "∞"), (-.infinity, "−∞"),
      (.leastNonzeroMagnitude, "4.941×10⁻³²⁴"),
    ] as [(Double, String)]
  )
  func plain(value: Double, text: String) {
    #expect(NumberText.plain(value) == text)
  }

  @Test(
    "a fixed number of decimals is kept and minus zero is zero",
    arguments: [
      (1.005, 1, "1.0"), (-0.001, 2, "0.00"), (0.05, 2, "0.05"), (12.5, 0, "13"), (7, -2, "7"),
    ]
  )
  func decimal(value: Double, places: Int, text: String) {
    #expect(NumberText.decimal(value, places: places, grouped: false) == text)
  }

  @Test(
    "the exponent of a number is that of its leading digit",
    arguments: [
      (1, 0), (9.99, 0), (10, 1), (0.1, -1), (0.0999, -2), (-1e5, 5), (1e308, 308), (0, -324),
      (1000, 3),
    ]
  )
  func exponent(value: Double, exponent: Int) {
    #expect(NumberText.exponent(of: value) == exponent)
  }
}
