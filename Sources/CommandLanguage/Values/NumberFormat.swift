import Foundation

/// Formats numbers for people to read.
package enum NumberFormat {
  private static let largestWhole = 1e15

  /// Formats whole numbers without a point, others with at most six significant digits; from 100,000 on with all
  /// digits, so that none before the point is rounded away.
  package static func short(_ number: Double) -> String {
    if let special = special(number) { return special }
    if abs(number) >= 1e5, abs(number) < largestWhole { return exact(number) }
    if abs(number) < largestWhole, number == number.rounded() { return String(Int(number)) }
    return tidied(String(format: "%.6g", number))
  }

  /// Returns the shortest form that reads back as the same number.
  package static func exact(_ number: Double) -> String {
    if let special = special(number) { return special }
    if number == number.rounded(), abs(number) < largestWhole { return String(Int(number)) }
    return tidied("\(number)")
  }

  private static func special(_ number: Double) -> String? {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return nil
  }

  /// Removes the sign `+` and leading zeros from an exponent.
  private static func tidied(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...])
    else { return text }
    return text[..<mark] + "e" + String(exponent)
  }
}
