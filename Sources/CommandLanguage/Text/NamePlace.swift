/// A name at a place in a text, regardless of the text around it.
package struct NamePlace: Equatable, Sendable {
  /// The name.
  package let name: String

  /// The range of the name, without a `$`.
  package let range: SourceRange

  /// True if `$` or `${` precedes the name.
  package let isReference: Bool

  /// Finds the name; fails if there is none.
  ///
  /// - Parameters:
  ///   - offset: the offset of a byte of the name, of its `$`, or of the end of the name.
  ///   - text: the text, with or without errors.
  package init?(at offset: Int, in text: String) {
    let bytes = Array(text.utf8)
    var cursor = Cursor(bytes)
    var start = min(max(offset, 0), bytes.count)
    if start < bytes.count, bytes[start] == ASCII.dollar { start += 1 }
    if start < bytes.count, bytes[start] == ASCII.openBrace { start += 1 }
    while start > 0 {
      var before = start - 1
      while before > 0, bytes[before] & 0xC0 == 0x80 { before -= 1 }
      guard cursor.isNamePart(at: before, inside: true) else { break }
      start = before
    }
    cursor.offset = start
    let first = cursor.offset
    guard let name = cursor.takeName(), offset <= cursor.offset else {
      return nil
    }
    self.name = name
    range = SourceRange(first, cursor.offset)
    var sign = first - 1
    if sign > 0, bytes[sign] == ASCII.openBrace { sign -= 1 }
    isReference = sign >= 0 && bytes[sign] == ASCII.dollar
  }
}
