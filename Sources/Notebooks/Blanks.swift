/// Bytes and strings in the notebook format: only space, tab and carriage return are blank.
extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  var isBlank: Bool { self == .space || self == UInt8(ascii: "\t") || self == .carriageReturn }
  var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
  var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
  var isHexDigit: Bool {
    isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self | 0x20
  }
}

extension String {
  /// The text without blanks at its end.
  var withoutTrailingBlanks: String {
    guard utf8.last?.isBlank ?? false else { return self }
    let end = utf8.lastIndex { !$0.isBlank }.map { utf8.index(after: $0) } ?? utf8.startIndex
    return String(decoding: utf8[..<end], as: UTF8.self)
  }

  /// The text without blanks at either end.
  var withoutOuterBlanks: String {
    guard utf8.first?.isBlank ?? false else { return withoutTrailingBlanks }
    let start = utf8.firstIndex { !$0.isBlank } ?? utf8.endIndex
    return String(decoding: utf8[start...], as: UTF8.self).withoutTrailingBlanks
  }

  /// The text's lines, whatever their line ending; a final newline does not start another line.
  var textLines: [String] {
    var lines: [String] = []
    var start = utf8.startIndex
    while let end = utf8[start...].firstIndex(where: { $0 == .lineFeed || $0 == .carriageReturn }) {
      lines.append(String(self[start..<end]))
      start = utf8.index(after: end)
      if utf8[end] == .carriageReturn, start < utf8.endIndex, utf8[start] == .lineFeed {
        start = utf8.index(after: start)
      }
    }
    if start < utf8.endIndex || lines.isEmpty { lines.append(String(self[start...])) }
    return lines
  }
}
