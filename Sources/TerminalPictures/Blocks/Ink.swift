import Plotting

/// The contrasts from which on colours are distinguishable from the background.
struct Ink {
  /// The background colour.
  let ground: Color
  /// The minimum contrast of lines.
  let leastOfLines: Double
  /// The minimum contrast of areas.
  let leastOfAreas: Double

  /// Creates the minimum contrasts for a style; with few colours, faint ones would look as strong as others and are
  /// left out.
  init(ground: Color, style: BlockStyle) {
    self.ground = ground
    let isRich = style.colors == .truecolor || style.colors == .indexed
    leastOfLines = isRich ? 0.16 : 0.42
    leastOfAreas = isRich ? 0.03 : 0.3
  }

  /// Returns the contrast of a colour with the background, from 0 to 1.
  func contrast(_ color: Color) -> Double {
    let (red, green, blue) = (
      abs(Int(color.red) - Int(ground.red)), abs(Int(color.green) - Int(ground.green)),
      abs(Int(color.blue) - Int(ground.blue))
    )
    return Double(max(red, green, blue)) / 255 * Double(color.alpha) / 255
  }

  /// Returns the difference in brightness between an opaque colour and the background, from 0 to 1.
  func darkness(_ color: Color) -> Double {
    abs(Self.brightness(color) - Self.brightness(ground))
  }

  private static func brightness(_ color: Color) -> Double {
    (0.299 * Double(color.red) + 0.587 * Double(color.green) + 0.114 * Double(color.blue)) / 255
  }

  /// Returns the opaque colour that results from a colour on the background.
  func blended(_ color: Color) -> Color {
    var opaque = color
    opaque.alpha = 255
    return ground.mixed(with: opaque, fraction: Double(color.alpha) / 255)
  }
}

extension BlockStyle.Characters {
  /// Returns the character that covers a fraction of its cell, from 0 to 1.
  func shade(_ share: Double) -> Character {
    let shades: [Character] = Array(self == .ascii ? " .:-=+*#%@" : " ░▒▓█")
    return shades[Int((min(1, max(0, share)) * Double(shades.count - 1)).rounded())]
  }
}
