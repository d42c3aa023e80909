import Numerics
import Wording

/// Formats numbers as figures show them.
package enum NumberText {
  /// The powers of ten that a double represents exactly.
  private static let powersOfTen = (1...15).reduce(into: [1.0]) { powers, _ in
    powers.append((powers.last ?? 1) * 10)
  }

  /// Returns a power of ten.
  static func powerOfTen(_ exponent: Int) -> Double {
    if exponent < -300 { return 1e-300 / powerOfTen(-300 - exponent) }
    var power = 1.0
    var rest = min(abs(exponent), 330)
    while rest > 0 {
      let step = min(rest, 15)
      power *= powersOfTen[step]
      rest -= step
    }
    return exponent < 0 ? 1 / power : power
  }

  /// Formats a number with a fixed number of decimals, at most 15, and optionally commas between thousands.
  static func decimal(_ value: Double, places: Int, grouped: Bool) -> String {
    let places = min(15, max(0, places))
    let scaled = (abs(value) * powersOfTen[places]).rounded()
    guard scaled < 9e15 else { return scientific(value, decimals: 3) }
    let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: Int(powersOfTen[places]))
    var text = grouped ? Wording.grouped(whole) : String(whole)
    if places > 0 {
      let digits = String(rest)
      text += "." + String(repeating: "0", count: places - digits.count) + digits
    }
    return value < 0 && scaled > 0 ? "−" + text : text
  }

  /// Formats a number with as many decimals as it needs, at most six, and commas from 10,000 on.
  static func plain(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞" }
    let size = abs(value)
    if size > 0, size < 1e-4 || size >= 1e12 { return scientific(value, decimals: 3) }
    let places =
      (0...6).first { places in
        let scaled = size * powersOfTen[places]
        return abs(scaled - scaled.rounded()) <= 1e-9 * max(1, scaled)
      } ?? 6
    return decimal(value, places: places, grouped: size >= 10_000)
  }

  /// Formats a number with at most two decimals, without trailing zeros, in machine-readable form.
  static func hundredths(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return sign + String(whole) }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Formats a number as mantissa and power of ten; trailing zeros of the mantissa are omitted.
  static func scientific(_ value: Double, decimals: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : plain(value) }
    var exponent = Self.exponent(of: value)
    var mantissa = value / powerOfTen(exponent)
    if !mantissa.isFinite { mantissa = value * 1e10 / powerOfTen(exponent + 10) }
    let unit = powersOfTen[decimals]
    mantissa = (mantissa * unit).rounded() / unit
    if abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    let power = "10" + superscript(exponent)
    if mantissa == 1 { return power }
    if mantissa == -1 { return "−" + power }
    return plain(mantissa) + "×" + power
  }

  /// Returns the exponent of the largest power of ten not above the magnitude of a number; −324 for zero.
  static func exponent(of value: Double) -> Int {
    let size = min(abs(value), .greatestFiniteMagnitude)
    guard size > 0 else { return -324 }
    var exponent = Int(Real.log10(size).rounded(.down))
    while powerOfTen(exponent + 1) <= size { exponent += 1 }
    while exponent > -324, powerOfTen(exponent) > size { exponent -= 1 }
    return exponent
  }

  /// Formats an integer in superscript digits.
  static func superscript(_ number: Int) -> String {
    let figures: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let digits = String(abs(number)).compactMap(\.wholeNumberValue).map { figures[$0] }
    return (number < 0 ? "⁻" : "") + String(digits)
  }
}
