import CCairo

/// Executes drawing commands on a cairo context.
struct CairoPen {
  /// The context; its unit is the point.
  let context: OpaquePointer

  /// Fills the canvas with a colour.
  func paint(_ color: Color) {
    use(color)
    cairo_paint(context)
  }

  /// Executes a command.
  func draw(_ command: DrawCommand) {
    switch command {
    case .polyline(let points, let stroke):
      trace(points)
      self.stroke(stroke)
    case .polygon(let points, let fill, let stroke):
      trace(points)
      cairo_close_path(context)
      finish(fill: fill, stroke: stroke)
    case .rectangle(let rect, let radius, let fill, let stroke):
      trace(rect, radius: radius)
      finish(fill: fill, stroke: stroke)
    case .circle(let centre, let radius, let fill, let stroke):
      cairo_new_path(context)
      cairo_arc(context, centre.x, centre.y, radius, 0, 2 * .pi)
      cairo_close_path(context)
      finish(fill: fill, stroke: stroke)
    case .text(let item): show(item)
    case .image(let bitmap, let rect): stretch(bitmap, over: rect)
    case .pushClip(let rect):
      cairo_save(context)
      cairo_rectangle(context, rect.minX, rect.minY, rect.width, rect.height)
      cairo_clip(context)
    case .popClip: cairo_restore(context)
    }
  }

  private func use(_ color: Color) {
    cairo_set_source_rgba(
      context,
      Double(color.red) / 255,
      Double(color.green) / 255,
      Double(color.blue) / 255,
      Double(color.alpha) / 255
    )
  }

  private func trace(_ points: [Point]) {
    cairo_new_path(context)
    for point in points { cairo_line_to(context, point.x, point.y) }
  }

  private func trace(_ rect: Rect, radius: Double) {
    cairo_new_path(context)
    let radius = min(radius, rect.width / 2, rect.height / 2)
    guard radius > 0 else {
      cairo_rectangle(context, rect.minX, rect.minY, rect.width, rect.height)
      return
    }
    let corners = [
      Point(rect.maxX - radius, rect.minY + radius), Point(rect.maxX - radius, rect.maxY - radius),
      Point(rect.minX + radius, rect.maxY - radius), Point(rect.minX + radius, rect.minY + radius),
    ]
    for (turn, corner) in corners.enumerated() {
      let start = (Double(turn) - 1) * .pi / 2
      cairo_arc(context, corner.x, corner.y, radius, start, start + .pi / 2)
    }
    cairo_close_path(context)
  }

  private func finish(fill: Color?, stroke: Stroke?) {
    if let fill {
      use(fill)
      cairo_fill_preserve(context)
    }
    if let stroke { self.stroke(stroke) }
    cairo_new_path(context)
  }

  private func stroke(_ stroke: Stroke) {
    use(stroke.color)
    cairo_set_line_width(context, stroke.width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, stroke.roundCaps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
    cairo_stroke(context)
  }

  /// Draws a text as outlines without hinting, so that its width agrees with the embedded metrics.
  private func show(_ item: TextItem) {
    cairo_save(context)
    defer { cairo_restore(context) }
    let options = cairo_font_options_create()
    defer { cairo_font_options_destroy(options) }
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    let weight = item.style.weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    cairo_select_font_face(context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, weight)
    cairo_set_font_size(context, item.style.size)
    cairo_translate(context, item.position.x, item.position.y)
    cairo_rotate(context, -Double(item.quarterTurns) * .pi / 2)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, item.text, &extents)
    cairo_move_to(
      context,
      -extents.x_advance * TextMetrics.share(of: item.anchor.horizontal),
      item.style.size * TextMetrics.baselineOffset(of: item.anchor.vertical)
    )
    use(item.style.color)
    cairo_show_text(context, item.text)
  }

  private func stretch(_ bitmap: Bitmap, over rect: Rect) {
    guard rect.width > 0, rect.height > 0 else { return }
    guard
      let source = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32,
        Int32(bitmap.width),
        Int32(bitmap.height)
      )
    else { return }
    defer { cairo_surface_destroy(source) }
    guard let data = cairo_image_surface_get_data(source) else { return }
    let stride = Int(cairo_image_surface_get_stride(source))
    for row in 0..<bitmap.height {
      // The surface has `bitmap.height` rows of `stride` bytes, at least four for each pixel.
      let line = UnsafeMutableRawPointer(data + row * stride)
      for column in 0..<bitmap.width {
        let pixel = premultiplied(bitmap.pixels[row * bitmap.width + column])
        line.storeBytes(of: pixel, toByteOffset: column * 4, as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(source)
    cairo_save(context)
    cairo_rectangle(context, rect.minX, rect.minY, rect.width, rect.height)
    cairo_clip(context)
    cairo_translate(context, rect.minX, rect.minY)
    cairo_scale(context, rect.width / Double(bitmap.width), rect.height / Double(bitmap.height))
    cairo_set_source_surface(context, source, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
    cairo_restore(context)
  }

  private func premultiplied(_ color: Color) -> UInt32 {
    func channel(_ value: UInt8) -> UInt32 { (UInt32(value) * UInt32(color.alpha) + 127) / 255 }
    return UInt32(color.alpha) << 24 | channel(color.red) << 16 | channel(color.green) << 8
      | channel(color.blue)
  }
}
