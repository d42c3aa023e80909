/// Draws a draw list and encodes it as a PNG file.
package struct PNGRenderer: Sendable {
  /// The number of pixels per point.
  package let scale: Double

  static let pointsPerMetre = 72 / 0.0254

  /// Creates a renderer; the default of two pixels per point is crisp on screens and in print.
  package init(scale: Double = 2) {
    precondition(scale > 0 && scale.isFinite, "a scale is positive")
    self.scale = scale
  }

  /// Draws and encodes; equal arguments give equal bytes with the same libraries and fonts.
  ///
  /// - Parameters:
  ///   - drawing: The drawing.
  ///   - provenance: Text chunks by keyword, such as `Software` or `Source`; a keyword has 1 to 79
  ///     printable ASCII characters.
  /// - Returns: The bytes of the file.
  /// - Throws: `PlotError` if the picture is too large or a library fails.
  package func render(
    _ drawing: DrawList,
    provenance: [String: String] = [:]
  ) throws(PlotError) -> [UInt8] {
    try Raster(drawing, scale: scale)
      .png(pixelsPerMetre: scale * Self.pointsPerMetre, provenance: provenance)
  }
}
