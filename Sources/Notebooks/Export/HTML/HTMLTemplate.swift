import Foundation

/// A page with placeholders in double braces, such as `{{title}}`.
package enum HTMLTemplate {
  /// Returns the text with its placeholders replaced; inserted values are not scanned again, unknown placeholders stay.
  package static func filled(_ text: String, _ values: [String: String]) -> String {
    var result = ""
    for (index, part) in text.components(separatedBy: "{{").enumerated() {
      guard index > 0, let end = part.range(of: "}}"),
        let value = values[String(part[..<end.lowerBound])]
      else {
        result += index > 0 ? "{{\(part)" : part
        continue
      }
      result += value + part[end.upperBound...]
    }
    return result
  }
}
