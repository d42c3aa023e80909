/// A whole number with its thousands apart: 742,756.
package func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// A number and what it counts: 1 note, 2,000 notes.
///
/// - Parameters:
///   - one: what is counted, in the singular.
///   - many: its plural; nil for `one` with an s.
package func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
}
