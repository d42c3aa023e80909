/// The formats of picture files, by the extension of their names.
package enum PictureFormat: String, Sendable, CaseIterable {
  /// Pixels, optionally animated.
  case png
  /// Shapes and texts, for web pages.
  case svg
  /// Shapes and texts, for print.
  case pdf
  /// Pixels of at most 256 colours, animated.
  case gif

  /// The formats for still pictures.
  package static let still: [PictureFormat] = [.png, .svg, .pdf]
  /// The formats for animations.
  package static let animated: [PictureFormat] = [.png, .gif]

  /// Creates the format for the extension of a file name; nil for other extensions.
  package init?(ofFile name: String) {
    let name = name.lowercased()
    guard let format = Self.allCases.first(where: { name.hasSuffix($0.ending) }) else { return nil }
    self = format
  }

  /// The extension of file names, with its dot.
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
  /// Returns the drawing as a file; equal arguments give equal bytes with the same libraries and fonts.
  ///
  /// - Parameters:
  ///   - format: one of `PictureFormat.still`.
  ///   - provenance: information in the file on how it was made, by keyword; a keyword has 1 to 79 printable ASCII
  ///     characters.
  /// - Throws: `PlotError` if the picture is too large or a library fails.
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
