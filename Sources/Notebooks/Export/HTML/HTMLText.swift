/// Text in HTML.
package enum HTMLText {
  /// Returns the text escaped for elements and quoted attributes.
  ///
  /// Control characters, which HTML does not allow, become their control pictures (␛ for ESC) or �.
  package static func escaped(_ text: some StringProtocol) -> String {
    if text.utf8.allSatisfy({ isPlain($0) && !marks.contains($0) }) { return String(text) }
    var result = ""
    result.reserveCapacity(text.utf8.count + text.utf8.count / 8)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(printable(scalar))
      }
    }
    return result
  }

  /// Returns the text with control characters shown as by ``escaped(_:)``, and otherwise unchanged.
  static func printable(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.lazy.map(printable))
    return String(result)
  }

  private static let marks = Array("&<>\"'".utf8)

  /// Returns true if the byte is a character that is shown unchanged, markup characters aside.
  private static func isPlain(_ byte: UInt8) -> Bool {
    0x20..<0x7F ~= byte || byte == 0x09 || byte == 0x0A
  }

  private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A, 0x20..<0x7F: scalar
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0xFDD0...0xFDEF: "\u{FFFD}"
    default: scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar
    }
  }
}
