/// Formats a whole number with thousands separators: 742,756.
package func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// Formats a number with the noun that it counts: 1 note, 2,000 notes.
///
/// - Parameters:
///   - one: the noun in the singular.
///   - many: the noun in the plural; nil for `one` with an s.
package func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
}
