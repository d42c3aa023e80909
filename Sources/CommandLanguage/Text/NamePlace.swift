/// A name that stands at a place of a text, whatever the text around it says.
package struct NamePlace: Equatable, Sendable {
  /// The name.
  package let name: String

  /// Where it stands, without a `$`.
  package let range: SourceRange

  /// Whether a `$` or `${` stands before it.
  package let isReference: Bool

  /// Finds the name; nothing where there is none.
  ///
  /// - Parameters:
  ///   - offset: of a byte of the name, of its `$`, or of the end of the name.
  ///   - text: with or without errors.
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
