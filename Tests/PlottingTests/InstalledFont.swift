import CCairo

@testable import Plotting

/// DejaVu Sans as cairo finds it on this machine, without hinting.
final class InstalledFont {
  private let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 8, 8)
  private let context: OpaquePointer?

  init() {
    context = cairo_create(surface)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// The distance from the start of a text to its end, in points.
  func advance(of text: String, size: Double, weight: FontWeight) -> Double {
    cairo_select_font_face(
      context,
      "DejaVu Sans",
      CAIRO_FONT_SLANT_NORMAL,
      weight == .bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    )
    cairo_set_font_size(context, size)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }
}
