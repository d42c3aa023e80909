/// Maps a fraction from 0 to 1 to a colour.
package struct ColorMap: Sendable, Hashable {
  /// Equidistant colours from fraction 0 to fraction 1; between them channels are mixed.
  package let stops: [Color]

  /// Creates a map from at least two equidistant colours.
  package init(stops: [Color]) {
    precondition(stops.count >= 2, "a colour map needs two colours")
    self.stops = stops
  }

  /// Dark blue through green to yellow with evenly increasing lightness (matplotlib's viridis).
  package static let viridis = ColorMap(
    rgb: [
      0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725,
    ]
  )

  /// Blue through near-white to red, for signed values in a range symmetric about zero.
  package static let diverging = ColorMap(
    rgb: [
      0x1F4E8C, 0x3E7EBB, 0x7FB0D8, 0xC3DBEC, 0xF6F6F4, 0xF6CDBA, 0xE8967A, 0xCB5043, 0x98182B,
    ]
  )

  /// Returns a map from transparent to a colour, so that what is behind a sparse matrix shows through.
  package static func veil(_ color: Color) -> ColorMap {
    ColorMap(stops: [color.opacity(0), color])
  }

  private init(rgb: [UInt32]) {
    self.init(stops: rgb.map { Color($0) })
  }

  /// Returns the colour at a fraction, which is clamped to 0 to 1.
  package func color(at fraction: Double) -> Color {
    let position = min(1, max(0, fraction)) * Double(stops.count - 1)
    let index = min(stops.count - 2, Int(position))
    return stops[index].mixed(with: stops[index + 1], fraction: position - Double(index))
  }
}
