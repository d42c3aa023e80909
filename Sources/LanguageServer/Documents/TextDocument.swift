/// The text of an open file, in lines.
///
/// Lines end in a newline, with or without a preceding carriage return. A carriage return alone does not end a line:
/// editors do not send such text.
struct TextDocument {
  /// The lines without their endings; at least one.
  private(set) var lines: [String]

  /// The encoding in which the client counts columns.
  let encoding: PositionEncoding

  init(_ text: String, encoding: PositionEncoding) {
    lines = Self.lines(of: text)
    self.encoding = encoding
  }

  /// Replaces a range by a text; positions past the end of a line or the document are clamped.
  mutating func replace(_ range: TextRange, with text: String) {
    let start = place(of: range.start)
    let end = max(start, place(of: range.end))
    let before = lines[start.line].utf8.prefix(start.byte)
    let after = lines[end.line].utf8.dropFirst(end.byte)
    var new = Self.lines(of: text)
    new[0] = String(decoding: Array(before) + Array(new[0].utf8), as: UTF8.self)
    let last = new.count - 1
    new[last] = String(decoding: Array(new[last].utf8) + Array(after), as: UTF8.self)
    lines.replaceSubrange(start.line...end.line, with: new)
  }

  /// Returns the place of a client's position.
  func place(of position: Position) -> LinePlace {
    let last = lines.count - 1
    guard position.line >= 0 else { return LinePlace(line: 0, byte: 0) }
    guard position.line <= last else { return LinePlace(line: last, byte: lines[last].utf8.count) }
    var counter = ColumnCounter(lines[position.line], encoding: encoding)
    return LinePlace(line: position.line, byte: counter.byte(ofColumn: position.character))
  }

  /// Returns the lines of a text; a newline at its end is followed by an empty line.
  private static func lines(of text: String) -> [String] {
    let newline = UInt8(ascii: "\n")
    return text.utf8.split(separator: newline, omittingEmptySubsequences: false).map { line in
      let hasReturn = line.last == UInt8(ascii: "\r")
      return String(decoding: hasReturn ? line.dropLast() : line, as: UTF8.self)
    }
  }
}

/// A place in a document.
struct LinePlace: Comparable {
  /// The line, from 0.
  let line: Int
  /// The number of UTF-8 bytes before the place on its line.
  let byte: Int

  static func < (first: LinePlace, second: LinePlace) -> Bool {
    (first.line, first.byte) < (second.line, second.byte)
  }
}

/// Converts byte offsets on a line to the client's columns and back; continues from the last place, so that nearby
/// places cost little on a long line.
struct ColumnCounter {
  private let bytes: [UInt8]
  private let encoding: PositionEncoding
  private var byte = 0
  private var column = 0

  init(_ line: String, encoding: PositionEncoding) {
    bytes = Array(line.utf8)
    self.encoding = encoding
  }

  /// Returns the column of a byte; inside a character, the column of that character.
  mutating func column(ofByte wanted: Int) -> Int {
    while byte > 0, byte > wanted { stepBack() }
    while byte < bytes.count, byte + length <= wanted { step() }
    return column
  }

  /// Returns the byte at a column; inside a character, its first byte.
  mutating func byte(ofColumn wanted: Int) -> Int {
    while byte > 0, column > wanted { stepBack() }
    while byte < bytes.count, column + units <= wanted { step() }
    return byte
  }

  private mutating func step() {
    (byte, column) = (byte + length, column + units)
  }

  private mutating func stepBack() {
    byte -= 1
    while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
    column -= units
  }

  /// The number of bytes of the character at the current place.
  private var length: Int {
    switch bytes[byte] {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
  }

  /// The number of code units of the character at the current place.
  private var units: Int {
    switch encoding {
    case .utf8: length
    case .utf16: length == 4 ? 2 : 1
    }
  }
}
