import CChafa

/// Draws RGB pixels, in rows of `width`, on a Chafa canvas.
///
/// Each pixel is padded to four bytes: with three, Chafa assumes rows that end at multiples of four bytes.
func drawPixels(on canvas: OpaquePointer?, _ rgb: [UInt8], width: Int) {
  let height = rgb.count / (width * 3)
  precondition(rgb.count == width * height * 3, "an RGB image has three bytes per pixel")
  var pixels = [UInt8](repeating: 255, count: width * height * 4)
  for pixel in 0..<width * height {
    for channel in 0..<3 { pixels[pixel * 4 + channel] = rgb[pixel * 3 + channel] }
  }
  // The buffer has `height` rows of `width` pixels of four bytes each.
  chafa_canvas_draw_all_pixels(
    canvas,
    CHAFA_PIXEL_RGBA8_UNASSOCIATED,
    pixels,
    Int32(width),
    Int32(height),
    Int32(width * 4)
  )
}
