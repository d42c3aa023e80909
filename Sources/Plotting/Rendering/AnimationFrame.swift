/// A picture of an animation and how long it is shown.
package struct AnimationFrame: Sendable, Hashable {
  /// The picture; all of an animation have one size.
  package let drawing: DrawList
  /// How long it is shown.
  package let milliseconds: Int

  /// Creates a frame of 1 to 65,535 milliseconds.
  package init(drawing: DrawList, milliseconds: Int) {
    precondition((1...65_535).contains(milliseconds), "a frame is shown for a while")
    self.drawing = drawing
    self.milliseconds = milliseconds
  }
}

extension Sequence<AnimationFrame> {
  /// Draws pictures of one size and encodes them as an animation.
  ///
  /// - Parameters:
  ///   - format: one of `PictureFormat.animated`.
  ///   - scale: pixels per point.
  ///   - provenance: what the file says about how it was made, as that of a still picture.
  ///   - checkpoint: called before each frame; what it throws ends the work.
  /// - Returns: the bytes of the file.
  /// - Throws: `PlotError` where the picture is too large or a library fails.
  package func file(
    as format: PictureFormat,
    scale: Double = 1.5,
    provenance: [String: String] = [:],
    checkpoint: () throws -> Void
  ) throws -> [UInt8] {
    switch format {
    case .gif:
      var encoder = GIFEncoder()
      for frame in self {
        try checkpoint()
        let raster = try Raster(frame.drawing, scale: scale)
        encoder.add(raster, milliseconds: frame.milliseconds, provenance: provenance)
      }
      return encoder.finish()
    case .png:
      var encoder = APNGEncoder()
      for frame in self {
        try checkpoint()
        try encoder.add(
          Raster(frame.drawing, scale: scale),
          milliseconds: frame.milliseconds,
          pixelsPerMetre: scale * PNGRenderer.pointsPerMetre,
          provenance: provenance
        )
      }
      return encoder.finish()
    case .svg, .pdf: preconditionFailure("an animation is written as PNG or GIF")
    }
  }
}
