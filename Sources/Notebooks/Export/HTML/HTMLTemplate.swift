import Foundation

/// A page with names in double braces, such as `{{title}}`, in place of what it is filled with.
package enum HTMLTemplate {
  /// The text with the names replaced; what is put in is not looked at again, and unknown names stay.
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
