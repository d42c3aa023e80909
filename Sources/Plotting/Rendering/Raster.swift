/// A drawing as pixels: red, green and blue with 8 bits each, in row-major order without padding.
package struct Raster: Sendable, Hashable {
  /// The number of pixels per row.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// The pixels, three bytes each.
  package let rgb: [UInt8]

  /// The maximum number of pixels per side.
  package static let largestSide = 16_384

  /// Draws a drawing with as many pixels as its size requires.
  ///
  /// - Parameters:
  ///   - drawing: The drawing.
  ///   - scale: The number of pixels per point.
  ///   - isSmooth: True if edges are antialiased; otherwise every pixel has one of the colours drawn.
  /// - Throws: `PlotError` if the picture is too large or the library fails.
  package init(_ drawing: DrawList, scale: Double, isSmooth: Bool = true) throws(PlotError) {
    precondition(scale > 0 && scale.isFinite, "a scale is positive")
    let width = max(1, (drawing.size.width * scale).rounded(.up))
    let height = max(1, (drawing.size.height * scale).rounded(.up))
    guard max(width, height) <= Double(Self.largestSide) else {
      throw .tooLarge(width: width, height: height, limit: Self.largestSide)
    }
    try self.init(
      drawing,
      scale: scale,
      width: Int(width),
      height: Int(height),
      isSmooth: isSmooth
    )
  }

  /// Draws the upper left part of a drawing, as much as fits a number of pixels.
  ///
  /// - Throws: `PlotError` if the library fails.
  package init(
    _ drawing: DrawList,
    scale: Double,
    width: Int,
    height: Int,
    isSmooth: Bool = true
  ) throws(PlotError) {
    precondition(scale > 0 && scale.isFinite, "a scale is positive")
    let sides = 1...Self.largestSide
    precondition(sides.contains(width) && sides.contains(height), "a raster has a sensible size")
    self.width = width
    self.height = height
    rgb = try CairoSurface.draw(
      drawing,
      width: width,
      height: height,
      scale: scale,
      isSmooth: isSmooth
    )
  }

  /// Returns the pixels as a PNG file.
  ///
  /// - Parameters:
  ///   - pixelsPerMetre: The resolution in print.
  ///   - provenance: Text chunks by keyword; a keyword has 1 to 79 printable ASCII characters.
  /// - Throws: `PlotError` if the library fails.
  package func png(
    pixelsPerMetre: Double = 72 / 0.0254,
    provenance: [String: String] = [:]
  ) throws(PlotError) -> [UInt8] {
    try PNGEncoder.encode(
      rgb: rgb,
      width: width,
      height: height,
      pixelsPerMetre: pixelsPerMetre,
      texts: provenance
    )
  }

  /// Returns the colour of a pixel.
  package func color(x: Int, y: Int) -> Color {
    precondition((0..<width).contains(x) && (0..<height).contains(y), "a pixel of the raster")
    let start = (y * width + x) * 3
    return Color(red: rgb[start], green: rgb[start + 1], blue: rgb[start + 2])
  }
}
