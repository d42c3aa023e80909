/// The extents of texts in DejaVu Sans, from embedded advance widths.
package enum TextMetrics {
  /// The height of capitals and digits, in em.
  package static let capHeight = 0.729
  /// The height of the tallest ordinary letters above the baseline, in em.
  package static let ascent = 0.76
  /// The depth of the descenders below the baseline, in em.
  package static let descent = 0.236

  /// Returns the width of a text in points.
  package static func width(
    of text: String,
    size: Double,
    weight: FontWeight = .regular
  ) -> Double {
    let units = text.unicodeScalars.reduce(0) { $0 + advance(of: $1, weight: weight) }
    return Double(units) * size / GlyphAdvances.unitsPerEm
  }

  /// Returns the advance of a character in 1/2048 em; a character not in the table has a plausible one.
  static func advance(of scalar: Unicode.Scalar, weight: FontWeight) -> Int {
    if let advance = GlyphAdvances.of(weight).advance(of: scalar) { return advance }
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    case 0x1100...0x115F, 0x2E80...0xFFDC, 0x1F000...: return 2048
    default: return 1300
    }
  }

  /// Returns the bounding box of a text with its anchor at a position, turned about the anchor.
  ///
  /// - Parameters:
  ///   - text: The text, on one line.
  ///   - position: The position of the anchor.
  ///   - style: The size and weight.
  ///   - anchor: The point of the text at the position.
  ///   - quarterTurns: The number of 90-degree turns counter-clockwise.
  /// - Returns: The box from ascenders to descenders.
  package static func bounds(
    of text: String,
    at position: Point,
    style: TextStyle,
    anchor: TextAnchor,
    quarterTurns: Int = 0
  ) -> Rect {
    let width = width(of: text, size: style.size, weight: style.weight)
    let left = -width * share(of: anchor.horizontal)
    let baseline = style.size * baselineOffset(of: anchor.vertical)
    let (top, bottom) = (baseline - ascent * style.size, baseline + descent * style.size)
    let turned: (x: Double, y: Double, width: Double, height: Double) =
      switch ((quarterTurns % 4) + 4) % 4 {
      case 1: (top, -left - width, bottom - top, width)
      case 2: (-left - width, -bottom, width, bottom - top)
      case 3: (-bottom, left, bottom - top, width)
      default: (left, top, width, bottom - top)
      }
    return Rect(
      x: position.x + turned.x,
      y: position.y + turned.y,
      width: turned.width,
      height: turned.height
    )
  }

  /// Returns the fraction of the width to the left of the anchor.
  static func share(of anchor: TextAnchor.Horizontal) -> Double {
    switch anchor {
    case .left: 0
    case .centre: 0.5
    case .right: 1
    }
  }

  /// Returns the distance of the baseline below the anchor, in em.
  static func baselineOffset(of anchor: TextAnchor.Vertical) -> Double {
    switch anchor {
    case .top: capHeight
    case .middle: capHeight / 2
    case .baseline: 0
    case .bottom: -descent
    }
  }
}
