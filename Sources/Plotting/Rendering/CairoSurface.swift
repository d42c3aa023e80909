import CCairo

/// Draws a draw list with cairo.
enum CairoSurface {
  /// Draws into 8-bit RGB pixels, in row-major order without padding.
  static func draw(
    _ drawing: DrawList,
    width: Int,
    height: Int,
    scale: Double,
    isSmooth: Bool
  ) throws(PlotError) -> [UInt8] {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    defer { cairo_surface_destroy(surface) }
    try check(cairo_surface_status(surface))
    guard let context = cairo_create(surface) else {
      throw .drawingFailed(reason: "no drawing context")
    }
    defer { cairo_destroy(context) }
    cairo_scale(context, scale, scale)
    if !isSmooth { cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE) }
    let pen = CairoPen(context: context)
    pen.paint(drawing.ground)
    for command in drawing.commands { pen.draw(command) }
    try check(cairo_status(context))
    return try pixels(of: surface, width: width, height: height)
  }

  /// Throws the library's message if it failed.
  static func check(_ status: cairo_status_t) throws(PlotError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .drawingFailed(reason: String(cString: cairo_status_to_string(status)))
  }

  private static func pixels(
    of surface: OpaquePointer?,
    width: Int,
    height: Int
  ) throws(PlotError) -> [UInt8] {
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .drawingFailed(reason: "the surface has no pixels")
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    return [UInt8](unsafeUninitializedCapacity: width * height * 3) { rgb, count in
      var next = 0
      for row in 0..<height {
        // A surface of this format has `height` rows of `stride` bytes that start with `width` pixels of four bytes,
        // so every read is in bounds; each writes three bytes of `rgb`.
        let line = UnsafeRawPointer(data + row * stride)
        for column in 0..<width {
          let pixel = line.load(fromByteOffset: column * 4, as: UInt32.self)
          rgb[next] = UInt8(truncatingIfNeeded: pixel >> 16)
          rgb[next + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
          rgb[next + 2] = UInt8(truncatingIfNeeded: pixel)
          next += 3
        }
      }
      count = next
    }
  }
}
