/// Text inside of HTML.
package enum HTMLText {
  /// The text as content of elements and of quoted attributes.
  ///
  /// Control characters, which HTML does not have, are shown by their pictures (␛ for ESC) or as �.
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

  /// The text without control characters, as ``escaped(_:)`` shows them, and otherwise as it is.
  static func printable(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.lazy.map(printable))
    return String(result)
  }

  private static let marks = Array("&<>\"'".utf8)

  /// Whether the byte is a character that is shown as it is, marks apart.
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
