import Foundation
import Numerics
import Testing

/// The elementary functions against correctly rounded values, and at the ends of their domains.
@Suite("Elementary functions")
struct RealTests {
  /// A function, and the greatest error in units in the last place that `rse_real.h` states.
  struct Function: CustomTestStringConvertible, Sendable {
    let name: String
    let bound: Double
    let value: @Sendable ([Double]) -> Double

    init(_ name: String, _ bound: Double, _ value: @escaping @Sendable (Double) -> Double) {
      self.init(name: name, bound: bound) { value($0[0]) }
    }

    init(name: String, bound: Double, value: @escaping @Sendable ([Double]) -> Double) {
      (self.name, self.bound, self.value) = (name, bound, value)
    }

    var testDescription: String { name }
  }

  static let functions = [
    Function("exp", 0.51, Real.exp), Function("exp2", 0.51, Real.exp2),
    Function("expm1", 0.53, Real.expm1), Function("log", 0.65, Real.log),
    Function("log1p", 0.68, Real.log1p), Function("log2", 0.501, Real.log2),
    Function("log10", 0.501, Real.log10), Function("sin", 0.8, Real.sin),
    Function("cos", 0.8, Real.cos), Function("tanh", 0.53, Real.tanh),
    Function(name: "pow", bound: 0.51) { Real.pow($0[0], $0[1]) },
  ]

  /// The lines of the values of a function, in words.
  private static let lines: [Substring: [[Substring]]] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("RealValues.txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [:] }
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return Dictionary(grouping: lines.map { $0.split(separator: " ") }) { $0[0] }
  }()

  @Test("results lie within the stated errors", arguments: functions)
  func errors(of function: Function) throws {
    let lines = Self.lines[function.name[...]] ?? []
    #expect(lines.count == 250)
    for line in lines {
      let patterns = try line.dropFirst().dropLast().map { try #require(UInt64($0, radix: 16)) }
      let rest = try #require(line.last.flatMap { Double($0) })
      let result = function.value(patterns.dropLast().map(Double.init(bitPattern:)))
      // The patterns of numbers of one sign are in the order of their sizes.
      let steps =
        Int64(bitPattern: result.bitPattern) - Int64(bitPattern: try #require(patterns.last))
      let error = abs(Double(steps) - (result < 0 ? -rest : rest))
      #expect(error < function.bound, "\(line.joined(separator: " "))")
    }
  }

  @Test("whole powers, roots and logarithms are exact where they are whole")
  func exactValues() {
    for base in 1...400 {
      var power = 1
      for exponent in 0...52 {
        #expect(Real.pow(Double(base), Double(exponent)) == Double(power))
        let (next, isTooLarge) = power.multipliedReportingOverflow(by: base)
        if isTooLarge || next > 1 << 53 { break }
        power = next
      }
      #expect(Real.pow(Double(base * base), 0.5) == Double(base))
    }
    for exponent in -1074...1023 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(Real.exp2(Double(exponent)) == power)
      #expect(Real.pow(2, Double(exponent)) == power)
      #expect(Real.log2(power) == Double(exponent))
    }
    var power = 1.0
    for exponent in 0...22 {
      #expect(Real.pow(10, Double(exponent)) == power)
      #expect(Real.log10(power) == Double(exponent))
      power *= 10
    }
  }

  /// Annex F of C99, one case a row: function, arguments, result.
  private static let ends: [(String, [Double], Double)] = [
    ("exp", [0], 1), ("exp", [-0.0], 1), ("exp", [.infinity], .infinity), ("exp", [-.infinity], 0),
    ("exp", [709.79], .infinity), ("exp", [-745.14], 0), ("exp", [1e300], .infinity),
    ("exp", [-1e300], 0), ("exp", [.nan], .nan),
    ("exp2", [-0.0], 1), ("exp2", [.infinity], .infinity), ("exp2", [-.infinity], 0),
    ("exp2", [1024], .infinity), ("exp2", [-1075], 0), ("exp2", [-1e300], 0),
    ("exp2", [.nan], .nan),
    ("expm1", [0], 0), ("expm1", [-0.0], -0.0), ("expm1", [.infinity], .infinity),
    ("expm1", [-.infinity], -1), ("expm1", [710], .infinity), ("expm1", [-1e300], -1),
    ("expm1", [.nan], .nan),
    ("log", [1], 0), ("log", [0], -.infinity), ("log", [-0.0], -.infinity), ("log", [-1], .nan),
    ("log", [.infinity], .infinity), ("log", [-.infinity], .nan), ("log", [.nan], .nan),
    ("log1p", [0], 0), ("log1p", [-0.0], -0.0), ("log1p", [-1], -.infinity), ("log1p", [-2], .nan),
    ("log1p", [.infinity], .infinity), ("log1p", [-.infinity], .nan), ("log1p", [.nan], .nan),
    ("log2", [1], 0), ("log2", [0], -.infinity), ("log2", [-0.0], -.infinity), ("log2", [-1], .nan),
    ("log2", [.infinity], .infinity), ("log2", [.nan], .nan),
    ("log10", [1], 0), ("log10", [0], -.infinity), ("log10", [-1], .nan),
    ("log10", [.infinity], .infinity), ("log10", [.nan], .nan),
    ("sin", [0], 0), ("sin", [-0.0], -0.0), ("sin", [.infinity], .nan), ("sin", [-.infinity], .nan),
    ("sin", [.nan], .nan), ("cos", [0], 1), ("cos", [-0.0], 1), ("cos", [.infinity], .nan),
    ("cos", [.nan], .nan), ("tanh", [0], 0), ("tanh", [-0.0], -0.0), ("tanh", [.infinity], 1),
    ("tanh", [-.infinity], -1), ("tanh", [1e300], 1), ("tanh", [.nan], .nan),
    ("pow", [0, 3], 0), ("pow", [-0.0, 3], -0.0), ("pow", [-0.0, 2], 0), ("pow", [-0.0, 0.5], 0),
    ("pow", [0, -3], .infinity), ("pow", [-0.0, -3], -.infinity), ("pow", [-0.0, -2], .infinity),
    ("pow", [-0.0, -0.5], .infinity), ("pow", [-0.0, -.infinity], .infinity),
    ("pow", [-1, .infinity], 1), ("pow", [-1, -.infinity], 1), ("pow", [1, .nan], 1),
    ("pow", [.nan, 0], 1), ("pow", [.nan, -0.0], 1), ("pow", [.nan, 1], .nan),
    ("pow", [2, .nan], .nan),
    ("pow", [-2, 0.5], .nan), ("pow", [-2, 3], -8), ("pow", [-2, 2], 4), ("pow", [-2, -1], -0.5),
    ("pow", [0.5, -.infinity], .infinity), ("pow", [2, -.infinity], 0),
    ("pow", [0.5, .infinity], 0),
    ("pow", [-2, .infinity], .infinity), ("pow", [-.infinity, -3], -0.0),
    ("pow", [-.infinity, -2], 0), ("pow", [-.infinity, 3], -.infinity),
    ("pow", [-.infinity, 2], .infinity), ("pow", [-.infinity, 0.5], .infinity),
    ("pow", [.infinity, -1], 0), ("pow", [.infinity, 1], .infinity),
    ("pow", [2, -5000], 0), ("pow", [0.5, 1e10], 0), ("pow", [0.5, -1e10], .infinity),
    ("pow", [10, 309], .infinity), ("pow", [-10, 309], -.infinity), ("pow", [10, -330], 0),
    ("pow", [-10, -331], -0.0), ("pow", [2, 1e300], .infinity), ("pow", [0.5, 1e300], 0),
    ("pow", [1.0000000000000002, 1e300], .infinity), ("pow", [3, 1e-300], 1),
    ("pow", [-1, 0x1p53], 1), ("pow", [-1, 0x1.fffffffffffffp52], -1),
    ("pow", [-3, 1e300], .infinity),
  ]

  @Test("zeros, infinities and arguments outside of a domain are treated as C99 says")
  func endsOfDomains() throws {
    for (name, arguments, result) in Self.ends {
      let function = try #require(Self.functions.first { $0.name == name })
      let value = function.value(arguments)
      #expect(value.bitPattern == result.bitPattern, "\(name)\(arguments) = \(value)")
    }
    let payload = Double(bitPattern: 0xFFF8_0000_0000_1234)
    for function in Self.functions {
      let value = function.value([payload, payload])
      #expect(value.bitPattern == 0x7FF8_0000_0000_0000, "\(function.name)")
    }
  }

  @Test("the sigmoid is a half at 0 and reaches its limits")
  func sigmoid() {
    #expect(Real.sigmoid(0) == 0.5)
    #expect(Real.sigmoid(-800) == 0)
    #expect(Real.sigmoid(800) == 1)
    #expect(abs(Real.sigmoid(-2) - 0.11920292202211755) < 2e-17)
  }
}
