import CCairo

/// Draws a draw list into a single-page PDF file: shapes stay shapes, and texts stay texts with an embedded font.
enum PDFRenderer {
  /// Returns the file of a drawing; its page has the drawing's size in points.
  ///
  /// - Parameter provenance: texts by keyword: `Software` becomes the creator and `Script` the subject; the others are
  ///   keywords.
  /// - Throws: `PlotError` if the page is too large or the library fails.
  static func render(
    _ drawing: DrawList,
    provenance: [String: String]
  ) throws(PlotError) -> [UInt8] {
    let size = drawing.size
    guard max(size.width, size.height) <= largestSide else {
      throw .drawingFailed(reason: "a page has at most \(Int(largestSide)) points on a side")
    }
    let sink = Sink()
    let closure = Unmanaged.passUnretained(sink).toOpaque()
    let surface = cairo_pdf_surface_create_for_stream(append, closure, size.width, size.height)
    // The sink is written until the surface is finished.
    defer { withExtendedLifetime(sink) { cairo_surface_destroy(surface) } }
    try CairoSurface.check(cairo_surface_status(surface))
    describe(surface, provenance)
    guard let context = cairo_create(surface) else {
      throw .drawingFailed(reason: "no drawing context")
    }
    defer { cairo_destroy(context) }
    let pen = CairoPen(context: context)
    pen.paint(drawing.ground)
    for command in drawing.commands { pen.draw(command) }
    try CairoSurface.check(cairo_status(context))
    cairo_surface_finish(surface)
    try CairoSurface.check(cairo_surface_status(surface))
    return sink.bytes
  }

  /// The limit of PDF 1.5 in points: 200 inches.
  private static let largestSide = 14_400.0

  private final class Sink {
    var bytes: [UInt8] = []
  }

  private static let append: cairo_write_func_t = { closure, data, count in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
    sink.bytes += UnsafeBufferPointer(start: data, count: Int(count))
    return CAIRO_STATUS_SUCCESS
  }

  private static func describe(_ surface: OpaquePointer?, _ provenance: [String: String]) {
    func set(_ field: cairo_pdf_metadata_t, _ text: String) {
      cairo_pdf_surface_set_metadata(surface, field, text.replacing("\0", with: "\u{FFFD}"))
    }
    // Without a date, equal drawings give equal files.
    set(CAIRO_PDF_METADATA_CREATE_DATE, "")
    if let software = provenance["Software"] { set(CAIRO_PDF_METADATA_CREATOR, software) }
    if let script = provenance["Script"] { set(CAIRO_PDF_METADATA_SUBJECT, script) }
    let others = provenance.filter { !["Software", "Script"].contains($0.key) && $0.value != "" }
    if !others.isEmpty {
      let texts = others.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      set(CAIRO_PDF_METADATA_KEYWORDS, texts.joined(separator: "; "))
    }
  }
}
