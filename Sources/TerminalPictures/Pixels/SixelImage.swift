import CChafa
import Plotting

/// Sixel graphics.
enum SixelImage {
  /// Returns the text of a picture with up to 256 colours, whose height must be a multiple of six pixels.
  static func text(_ raster: Raster) -> String {
    precondition(raster.height % 6 == 0, "sixels are six pixels high")
    let configuration = chafa_canvas_config_new()
    defer { chafa_canvas_config_unref(configuration) }
    // One large cell, so that the pixels are used unscaled.
    chafa_canvas_config_set_geometry(configuration, 1, 1)
    chafa_canvas_config_set_cell_geometry(
      configuration,
      Int32(raster.width),
      Int32(raster.height)
    )
    chafa_canvas_config_set_canvas_mode(configuration, CHAFA_CANVAS_MODE_TRUECOLOR)
    chafa_canvas_config_set_pixel_mode(configuration, CHAFA_PIXEL_MODE_SIXELS)
    let canvas = chafa_canvas_new(configuration)
    defer { chafa_canvas_unref(canvas) }
    drawPixels(on: canvas, raster.rgb, width: raster.width)
    guard let printed = chafa_canvas_print(canvas, nil) else { return "" }
    defer { rse_chafa_free(printed) }
    return String(cString: printed.pointee.str)
  }
}
