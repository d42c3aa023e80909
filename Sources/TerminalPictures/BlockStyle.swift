/// The colours and characters that a picture made of characters may use.
package struct BlockStyle: Sendable, Hashable {
  /// The number of colours a terminal can show.
  package enum Colors: String, Sendable, Hashable, CaseIterable {
    /// 8 bits each of red, green and blue.
    case truecolor
    /// The 256 colours of xterm.
    case indexed = "256"
    /// The 16 colours of the terminal's own palette.
    case basic = "16"
    /// None: no escape sequence at all.
    case none
  }

  /// The set of characters a terminal can show.
  package enum Characters: String, Sendable, Hashable, CaseIterable {
    /// Blocks, braille patterns and box drawing.
    case unicode
    /// Nothing beyond ASCII.
    case ascii
  }

  /// The number of colours that may be used.
  package var colors: Colors
  /// The set of characters that may be used.
  package var characters: Characters

  /// Creates a style.
  package init(colors: Colors, characters: Characters = .unicode) {
    self.colors = colors
    self.characters = characters
  }
}
