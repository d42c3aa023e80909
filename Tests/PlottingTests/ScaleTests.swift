import Testing

@testable import Plotting

@Suite("Scales and domains")
struct ScaleTests {
  @Test("powers have whole places", arguments: -30...30)
  func wholePlaces(exponent: Int) {
    #expect(Scale.log10.forward(NumberText.powerOfTen(exponent)) == Double(exponent))
    #expect(Scale.log2.forward(Scale.log2.backward(Double(exponent))) == Double(exponent))
  }

  @Test(
    "values without a place are told",
    arguments: [0.0, -1, Double.nan, Double.infinity, -Double.infinity]
  )
  func noPlace(value: Double) {
    #expect(Scale.log10.forward(value) == nil)
    #expect(Scale.log2.forward(value) == nil)
    #expect((Scale.linear.forward(value) == nil) == !value.isFinite)
  }

  @Test("a domain maps its ends to 0 and 1", arguments: [Scale.linear, .log10, .log2])
  func ends(scale: Scale) {
    let domain = domain(Axis(scale: scale, lower: 1, upper: 16), [])
    #expect(domain.fraction(of: 1) == 0)
    #expect(domain.fraction(of: 16) == 1)
    #expect(domain.fraction(of: 4) == (scale == .linear ? 0.2 : 0.5))
    #expect(!domain.contains(17))
  }

  @Test("a domain shows all data with some room and starts at zero where that is near")
  func automaticEnds() {
    let wide = domain(Axis(), [0.5, 10])
    #expect(wide.lower == 0)
    #expect(wide.upper > 10)
    let narrow = domain(Axis(), [9, 10])
    #expect(narrow.lower < 9)
    #expect(narrow.lower > 8.5)
  }

  @Test("a single value gets a domain around it")
  func singleValue() {
    #expect(domain(Axis(), [5]).contains(5))
    #expect(domain(Axis(), [0]) == AxisDomain(scale: .linear, lowerPlace: 0, upperPlace: 1))
    #expect(domain(Axis(scale: .log10), [5]).contains(5))
    #expect(domain(Axis(format: .percent), [1]).upper == 1.05)
  }

  @Test("given ends are kept, and senseless ones set right")
  func givenEnds() {
    #expect(domain(Axis(lower: 2, upper: 1), []).lower == 1)
    #expect(domain(Axis(lower: 10), [1, 2]).lower == 10)
    #expect(domain(Axis(upper: 0), [1, 2]).upper == 0)
    #expect(domain(Axis(upper: -3), [1, 2]).upper == -3)
    #expect(domain(Axis(scale: .log10, lower: -1), [1, 100]).lower > 0.5)
    #expect(domain(Axis(lower: .nan, upper: .infinity), [1, 3]).contains(2))
    #expect(domain(Axis(lower: 4, upper: 4), []).contains(4))
  }

  private func domain(_ axis: Axis, _ values: [Double]) -> AxisDomain {
    var contents = Axis.Contents(scale: axis.scale)
    contents.padding = 0.05
    for value in values { contents.add(value) }
    return axis.domain(for: contents)
  }
}
