/// The number of columns that text takes in a terminal.
package enum DisplayWidth {
  /// Returns the number of columns of a text without tabs and line breaks.
  package static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  /// Returns the beginning of a text that fits into a number of columns.
  package static func prefix(_ text: String, columns limit: Int) -> String {
    var width = 0
    return String(
      text.prefix { character in
        width += columns(of: character)
        return width <= limit
      }
    )
  }

  /// Returns the number of columns of a character: 0 for marks alone, 2 for wide characters, otherwise 1.
  package static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.isASCII { return 1 }
    if character.unicodeScalars.contains("\u{FE0F}") || first.properties.isEmojiPresentation {
      return 2
    }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return wideRanges.contains { $0.contains(first.value) } ? 2 : 1
    }
  }

  /// Blocks that East Asian typography sets in double width (Unicode Annex 11).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
