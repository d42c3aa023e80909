import Foundation

extension String {
  /// The text in ASCII only: symbols as they are usually typed, letters without accents, a question mark for all else.
  package var inASCII: String {
    var result = ""
    var isRaised = false
    for character in self {
      let raised = Self.raised[character]
      if let raised {
        result += isRaised ? raised : "^" + raised
      } else if let sign = Self.signs[character] {
        result += sign
      } else if character.isASCII {
        result.append(character)
      } else {
        let plain = String(character).decomposedStringWithCompatibilityMapping
          .unicodeScalars.filter(\.isASCII)
        result += plain.isEmpty ? "?" : String(String.UnicodeScalarView(plain))
      }
      isRaised = raised != nil
    }
    return result
  }

  private static let raised: [Character: String] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-",
  ]

  private static let signs: [Character: String] = [
    "…": "...", "·": "-", "×": "x", "−": "-", "–": "-", "—": "-", "→": "->", "←": "<-", "≥": ">=",
    "≤": "<=", "≈": "~", "±": "+-", "∞": "inf", "µ": "u", "‘": "'", "’": "'", "“": "\"", "”": "\"",
    "ß": "ss", "─": "-", "│": "|", "┬": "+", "┴": "+", "╲": "\\", "╱": "/",
  ]
}
