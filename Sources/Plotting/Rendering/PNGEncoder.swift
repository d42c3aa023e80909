import CPNGShim
import Glibc

/// Encodes pixels as a PNG file.
enum PNGEncoder {
  /// Encodes 8-bit RGB pixels, in row-major order without padding.
  static func encode(
    rgb: [UInt8],
    width: Int,
    height: Int,
    pixelsPerMetre: Double,
    texts: [String: String]
  ) throws(PlotError) -> [UInt8] {
    precondition(rgb.count == width * height * 3, "an RGB image has three bytes per pixel")
    return try encode(
      rgb,
      hasAlpha: false,
      width: width,
      height: height,
      pixelsPerMetre: pixelsPerMetre,
      texts: texts
    )
  }

  /// Encodes a bitmap with alpha channel.
  static func encode(_ bitmap: Bitmap) throws(PlotError) -> [UInt8] {
    try encode(
      bitmap.pixels.flatMap { [$0.red, $0.green, $0.blue, $0.alpha] },
      hasAlpha: true,
      width: bitmap.width,
      height: bitmap.height,
      pixelsPerMetre: 0,
      texts: [:]
    )
  }

  private static func encode(
    _ pixels: [UInt8],
    hasAlpha: Bool,
    width: Int,
    height: Int,
    pixelsPerMetre: Double,
    texts: [String: String]
  ) throws(PlotError) -> [UInt8] {
    let pairs = texts.sorted { $0.key < $1.key }
    precondition(pairs.allSatisfy { isKeyword($0.key) }, "a PNG keyword is 1 to 79 ASCII letters")
    let strings = pairs.map { pair in
      (keyword: strdup(pair.key), text: strdup(pair.value.replacing("\0", with: "\u{FFFD}")))
    }
    defer {
      for string in strings {
        free(string.keyword)
        free(string.text)
      }
    }
    let chunks = strings.map { rse_png_text(keyword: $0.keyword, text: $0.text) }
    var result = rse_png_encode(
      pixels,
      hasAlpha ? 1 : 0,
      UInt32(width),
      UInt32(height),
      UInt32(min(1e6, pixelsPerMetre.rounded())),
      chunks,
      chunks.count
    )
    defer { rse_png_release(&result) }
    guard result.status == rse_png_ok else {
      throw .encodingFailed(reason: message(of: result))
    }
    return [UInt8](UnsafeRawBufferPointer(start: result.bytes, count: result.count))
  }

  /// Returns true if a text is a valid keyword of a text chunk.
  static func isKeyword(_ text: String) -> Bool {
    let bytes = text.utf8
    return (1...79).contains(bytes.count) && bytes.allSatisfy { (32...126).contains($0) }
      && bytes.first != 32 && bytes.last != 32
  }

  private static func message(of result: rse_png_result) -> String {
    if result.status == rse_png_out_of_memory { return "not enough memory" }
    return withUnsafeBytes(of: result.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
