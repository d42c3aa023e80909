/// Draws a draw list and encodes it as a PNG file.
package struct PNGRenderer: Sendable {
  /// Pixels per point.
  package let scale: Double

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
    try Raster(drawing, scale: scale)
      .png(pixelsPerMetre: scale * Self.pointsPerMetre, provenance: provenance)
  }

  /// Draws pictures of one size and encodes them as an animated PNG file.
  ///
  /// - Parameters:
  ///   - frames: At least one.
  ///   - provenance: Text chunks as those of a still picture.
  ///   - checkpoint: Called before each frame; what it throws ends the work.
  /// - Returns: The bytes of the file.
  /// - Throws: `PlotError` where the picture is too large or a library fails.
  package func render(
    animation frames: some Sequence<AnimationFrame>,
    provenance: [String: String] = [:],
    checkpoint: () throws -> Void
  ) throws -> [UInt8] {
    var encoder = AnimationEncoder()
    for frame in frames {
      try checkpoint()
      try encoder.add(
        Raster(frame.drawing, scale: scale),
        milliseconds: frame.milliseconds,
        pixelsPerMetre: scale * Self.pointsPerMetre,
        provenance: provenance
      )
    }
    return encoder.finish()
  }
}
