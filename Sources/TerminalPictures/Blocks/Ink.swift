import Plotting

/// Which colours can be told from the ground.
struct Ink {
  /// The colour of the ground.
  let ground: Color
  /// The least contrast of lines.
  let leastOfLines: Double
  /// The least contrast of areas.
  let leastOfAreas: Double

  /// With few colours, faint ones would turn out as strong as others, so they are left out.
  init(ground: Color, style: BlockStyle) {
    self.ground = ground
    let isRich = style.colors == .truecolor || style.colors == .indexed
    leastOfLines = isRich ? 0.16 : 0.42
    leastOfAreas = isRich ? 0.03 : 0.3
  }

  /// How far a colour is from the ground, from 0 to 1.
  func contrast(_ color: Color) -> Double {
    let (red, green, blue) = (
      abs(Int(color.red) - Int(ground.red)), abs(Int(color.green) - Int(ground.green)),
      abs(Int(color.blue) - Int(ground.blue))
    )
    return Double(max(red, green, blue)) / 255 * Double(color.alpha) / 255
  }

  /// How far an opaque colour is from the ground in brightness, from 0 to 1.
  func darkness(_ color: Color) -> Double {
    abs(Self.brightness(color) - Self.brightness(ground))
  }

  private static func brightness(_ color: Color) -> Double {
    (0.299 * Double(color.red) + 0.587 * Double(color.green) + 0.114 * Double(color.blue)) / 255
  }

  /// The opaque colour that a colour gives on the ground.
  func blended(_ color: Color) -> Color {
    var opaque = color
    opaque.alpha = 255
    return ground.mixed(with: opaque, fraction: Double(color.alpha) / 255)
  }
}

extension BlockStyle.Characters {
  /// The character that covers a share of its place, from 0 to 1.
  func shade(_ share: Double) -> Character {
    let shades: [Character] = Array(self == .ascii ? " .:-=+*#%@" : " ░▒▓█")
    return shades[Int((min(1, max(0, share)) * Double(shades.count - 1)).rounded())]
  }
}
