import CCairo

/// Draws a draw list and encodes it as a PNG file.
package struct PNGRenderer: Sendable {
  /// Pixels per point.
  package let scale: Double

  /// The largest number of pixels on a side.
  package static let largestSide = 16_384
  private static let pointsPerMetre = 72 / 0.0254

  /// Creates a renderer; the default of two pixels per point is crisp on screens and in print.
  package init(scale: Double = 2) {
    precondition(scale > 0 && scale.isFinite, "a scale is positive")
    self.scale = scale
  }

  /// Draws and encodes; equal arguments give equal bytes with the same libraries and fonts.
  ///
  /// - Parameters:
  ///   - drawing: What to draw.
  ///   - provenance: Text chunks by keyword, such as `Software` or `Source`; a keyword has 1 to 79
  ///     printable ASCII characters.
  /// - Returns: The bytes of the file.
  /// - Throws: `PlotError` where the picture is too large or a library fails.
  package func render(
    _ drawing: DrawList,
    provenance: [String: String] = [:]
  ) throws(PlotError) -> [UInt8] {
    let width = try pixels(drawing.size.width, of: drawing)
    let height = try pixels(drawing.size.height, of: drawing)
    let rgb = try CairoSurface.draw(drawing, width: width, height: height, scale: scale)
    return try PNGEncoder.encode(
      rgb: rgb,
      width: width,
      height: height,
      pixelsPerMetre: scale * Self.pointsPerMetre,
      texts: provenance
    )
  }

  private func pixels(_ points: Double, of drawing: DrawList) throws(PlotError) -> Int {
    let count = (points * scale).rounded(.up)
    guard count <= Double(Self.largestSide) else {
      throw .tooLarge(
        width: (drawing.size.width * scale).rounded(.up),
        height: (drawing.size.height * scale).rounded(.up),
        limit: Self.largestSide
      )
    }
    return max(1, Int(count))
  }
}
