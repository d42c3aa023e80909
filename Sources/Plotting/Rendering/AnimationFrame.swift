/// A picture of an animation with its duration.
package struct AnimationFrame: Sendable, Hashable {
  /// The picture; all pictures of an animation have the same size.
  package let drawing: DrawList
  /// The duration.
  package let milliseconds: Int

  /// Creates a frame with a duration of 1 to 65,535 milliseconds.
  package init(drawing: DrawList, milliseconds: Int) {
    precondition((1...65_535).contains(milliseconds), "a frame is shown for a while")
    self.drawing = drawing
    self.milliseconds = milliseconds
  }
}

extension Sequence<AnimationFrame> {
  /// Draws pictures of the same size and encodes them as an animation.
  ///
  /// - Parameters:
  ///   - format: one of `PictureFormat.animated`.
  ///   - scale: the number of pixels per point.
  ///   - provenance: information in the file on how it was made, as for a still picture.
  ///   - checkpoint: called before each frame; an error it throws ends the work.
  /// - Returns: the bytes of the file.
  /// - Throws: `PlotError` if the picture is too large or a library fails, or whatever `checkpoint` throws.
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
