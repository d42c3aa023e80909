/// The weight of a typeface.
package enum FontWeight: String, Sendable, Hashable {
  /// Regular weight.
  case regular
  /// Bold weight.
  case bold
}

/// The point of a text that is placed at its position.
package struct TextAnchor: Sendable, Hashable {
  /// The horizontal part of an anchor.
  package enum Horizontal: String, Sendable {
    /// The start of the text.
    case left
    /// The middle of the text.
    case centre
    /// The end of the text.
    case right
  }

  /// The vertical part of an anchor.
  package enum Vertical: String, Sendable {
    /// The top of the capitals.
    case top
    /// Half the height of the capitals.
    case middle
    /// The baseline.
    case baseline
    /// The bottom of the descenders.
    case bottom
  }

  /// The horizontal part.
  package var horizontal: Horizontal
  /// The vertical part.
  package var vertical: Vertical

  /// Creates an anchor from its parts.
  package init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }
}

/// The size, weight and colour of a text.
package struct TextStyle: Sendable, Hashable {
  /// The em size in points.
  package var size: Double
  /// The weight.
  package var weight: FontWeight
  /// The colour.
  package var color: Color

  /// Creates a style; the size is in points.
  package init(size: Double, weight: FontWeight = .regular, color: Color) {
    precondition(size > 0, "a text has a positive size")
    self.size = size
    self.weight = weight
    self.color = color
  }
}
