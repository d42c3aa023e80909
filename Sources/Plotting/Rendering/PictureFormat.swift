/// The formats of picture files, by the ending of their names.
package enum PictureFormat: String, Sendable, CaseIterable {
  /// Pixels, which may be animated.
  case png
  /// Shapes and texts, for pages of the web.
  case svg
  /// Shapes and texts, for print.
  case pdf
  /// Pixels of at most 256 colours, animated.
  case gif

  /// Those that hold a still picture.
  package static let still: [PictureFormat] = [.png, .svg, .pdf]
  /// Those that hold an animation.
  package static let animated: [PictureFormat] = [.png, .gif]

  /// The format that the ending of a file's name tells; nil for other endings.
  package init?(ofFile name: String) {
    let name = name.lowercased()
    guard let format = Self.allCases.first(where: { name.hasSuffix($0.ending) }) else { return nil }
    self = format
  }

  /// What the names of such files end in, with its dot.
  package var ending: String { "." + rawValue }

  /// The media type.
  package var mediaType: String {
    switch self {
    case .png: "image/png"
    case .svg: "image/svg+xml"
    case .pdf: "application/pdf"
    case .gif: "image/gif"
    }
  }
}

extension DrawList {
  /// The drawing as a file; equal arguments give equal bytes with the same libraries and fonts.
  ///
  /// - Parameters:
  ///   - format: one of `PictureFormat.still`.
  ///   - provenance: what the file says about how it was made, by keyword; a keyword has 1 to 79 printable ASCII
  ///     characters.
  /// - Throws: `PlotError` where the picture is too large or a library fails.
  package func file(
    as format: PictureFormat,
    provenance: [String: String] = [:]
  ) throws(PlotError) -> [UInt8] {
    switch format {
    case .png: return try PNGRenderer().render(self, provenance: provenance)
    case .svg: return try SVGRenderer.render(self, provenance: provenance)
    case .pdf: return try PDFRenderer.render(self, provenance: provenance)
    case .gif: preconditionFailure("a still picture is not written as GIF")
    }
  }
}
