/// Text in Markdown.
enum MarkdownText {
  /// Returns a code block; its fence is longer than any run of backticks in the text.
  static func fenced(_ text: String, info: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
    return "\(fence)\(info)\n\(text)\n\(fence)\n"
  }

  /// Returns an inline code span.
  static func code(_ text: String) -> String {
    let mark = String(repeating: "`", count: longestRun(in: text) + 1)
    let needsBlank = text.isEmpty || text.first == "`" || text.last == "`"
    return needsBlank ? "\(mark) \(text) \(mark)" : mark + text + mark
  }

  /// Returns the text with all markup escaped.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let value = UInt8(truncatingIfNeeded: scalar.value)
      let isMark = scalar.isASCII && value > .space && !value.isLetter && !value.isDigit
      let isPlain = "-.,:;/()'".unicodeScalars.contains(scalar)
      if isMark, !isPlain, value != 0x7F { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Returns a path as the address of a picture or a link.
  static func address(_ path: String) -> String {
    let plain = Set("-._~/".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in path.utf8 {
      if byte < 0x80, byte.isLetter || byte.isDigit || plain.contains(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
