/// A place in the bytes of a source, with the grammar's character classes.
struct Cursor {
  let bytes: [UInt8]
  var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The byte at the cursor; nil at the end.
  var byte: UInt8? { byte(ahead: 0) }

  func byte(ahead distance: Int) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  mutating func advance(by count: Int = 1) { offset = min(offset + count, bytes.count) }

  /// Skips the byte at the cursor if it is the wanted one; returns true if it was.
  mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    offset += 1
    return true
  }

  func text(from start: Int) -> String {
    String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  // MARK: Whitespace

  /// Skips whitespace other than line breaks, and line continuations; returns true if there were any.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    let start = offset
    while true {
      let length = max(blankLength(at: offset), continuationLength)
      if length == 0 { return offset > start }
      offset += length
    }
  }

  /// Returns the number of bytes of a whitespace character other than a line break; 0 if there is none.
  func blankLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case ASCII.space, ASCII.tab, ASCII.carriageReturn, 0x0B, 0x0C: return 1
    case 0x80...:
      guard let (scalar, length) = scalar(at: offset) else { return 0 }
      let isInvisible = scalar == "\u{FEFF}" || scalar == "\u{200B}"
      return isInvisible || scalar.properties.isWhitespace ? length : 0
    default: return 0
    }
  }

  /// The number of bytes of a backslash with the line break after it; 0 if no line follows.
  var continuationLength: Int {
    guard byte == ASCII.backslash else { return 0 }
    var length = 1
    if byte(ahead: length) == ASCII.carriageReturn { length += 1 }
    guard byte(ahead: length) == ASCII.newline, byte(ahead: length + 1) != nil else { return 0 }
    return length + 1
  }

  /// True if a comment starts here: a `#` at the start of a line or after whitespace.
  var isAtComment: Bool {
    guard byte == ASCII.hash else { return false }
    var start = offset - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 || bytes[start] == ASCII.newline || blankLength(at: start) > 0
  }

  mutating func skipToLineEnd() {
    while let byte, byte != ASCII.newline { offset += 1 }
  }

  // MARK: Names and words

  /// Returns true if a letter, an underscore or, `inside` a name, a digit is at an offset.
  func isNamePart(at offset: Int, inside: Bool) -> Bool {
    nameLength(at: offset, inside: inside) > 0
  }

  private func nameLength(at offset: Int, inside: Bool) -> Int {
    guard offset < bytes.count else { return 0 }
    let byte = bytes[offset]
    if byte < 0x80 {
      let matches =
        ASCII.isLetter(byte) || byte == ASCII.underscore || (inside && ASCII.isDigit(byte))
      return matches ? 1 : 0
    }
    guard let (scalar, length) = scalar(at: offset) else { return 0 }
    let properties = scalar.properties
    let isMark = inside && properties.generalCategory == .nonspacingMark
    return properties.isAlphabetic || isMark ? length : 0
  }

  /// Reads a name of letters, digits and underscores; with `hyphens`, also hyphens after the first character.
  mutating func takeName(hyphens: Bool = false) -> String? {
    let start = offset
    while true {
      let length = nameLength(at: offset, inside: offset > start)
      if length > 0 {
        offset += length
      } else if hyphens, offset > start, byte == ASCII.minus {
        offset += 1
      } else {
        return offset > start ? text(from: start) : nil
      }
    }
  }

  /// Returns the number of bytes of a character that may appear in a bare word; 0 for any other.
  func wordLength(at offset: Int, inside: Bool) -> Int {
    guard offset < bytes.count else { return 0 }
    let byte = bytes[offset]
    if byte >= 0x80 {
      return blankLength(at: offset) > 0 ? 0 : scalar(at: offset)?.length ?? 1
    }
    if ASCII.isLetter(byte) || ASCII.isDigit(byte) || Self.wordSigns.contains(byte) { return 1 }
    return inside && byte == ASCII.hash ? 1 : 0
  }

  private static let wordSigns = Set("/.-_~:@%+*?!".utf8)

  /// Returns the character at an offset, with its length in bytes.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard offset < bytes.count else { return nil }
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  // MARK: Numbers

  /// Reads a number with an optional suffix `k`, `M`, `Ki` or `Mi`.
  ///
  /// A sign is part of it only if `signed`. Nothing is consumed if no number starts here.
  mutating func takeNumber(signed: Bool) -> NumberLiteral? {
    let start = offset
    if signed, byte == ASCII.minus { offset += 1 }
    let whole = takeDigits()
    var fraction = 0
    if byte == ASCII.point, let next = byte(ahead: 1), ASCII.isDigit(next) {
      offset += 1
      fraction = takeDigits()
    }
    guard whole + fraction > 0 else {
      offset = start
      return nil
    }
    takeExponent()
    guard let value = Double(text(from: start)) else {
      offset = start
      return nil
    }
    let factor = takeFactor()
    return NumberLiteral(value: value * factor, spelling: text(from: start))
  }

  private mutating func takeDigits() -> Int {
    let start = offset
    while let byte, ASCII.isDigit(byte) { offset += 1 }
    return offset - start
  }

  private mutating func takeExponent() {
    guard let byte, byte | 0x20 == UInt8(ascii: "e") else { return }
    let start = offset
    offset += 1
    if self.byte == ASCII.minus || self.byte == ASCII.plus { offset += 1 }
    if takeDigits() == 0 { offset = start }
  }

  private mutating func takeFactor() -> Double {
    let factors: [(suffix: String, factor: Double)] = [
      ("Ki", 1024), ("Mi", 1_048_576), ("k", 1000), ("M", 1_000_000),
    ]
    for (suffix, factor) in factors where bytes[offset...].starts(with: suffix.utf8) {
      let end = offset + suffix.utf8.count
      if isNamePart(at: end, inside: true) { continue }
      offset = end
      return factor
    }
    return 1
  }
}
