import CPNG
import Testing

/// A PNG file read back.
struct PNGFile {
  let width: Int
  let height: Int
  /// Type and contents of the chunks, in order.
  let chunks: [(type: String, contents: [UInt8])]
  private let rgba: [UInt8]

  /// Reads a file with libpng's simplified interface.
  init(_ bytes: [UInt8]) throws {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    let opened = png_image_begin_read_from_memory(&image, bytes, bytes.count)
    try #require(opened != 0, "the file is a PNG file")
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    width = Int(image.width)
    height = Int(image.height)
    var pixels = [UInt8](repeating: 0, count: width * height * 4)
    let read = png_image_finish_read(&image, nil, &pixels, 0, nil)
    try #require(read != 0, "the pixels can be decoded")
    rgba = pixels
    chunks = Self.chunks(of: bytes)
  }

  /// Red, green and blue of a pixel.
  func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    Array(rgba[((y * width + x) * 4)...].prefix(3))
  }

  /// The opacity of a pixel.
  func alpha(_ x: Int, _ y: Int) -> UInt8 { rgba[(y * width + x) * 4 + 3] }

  /// The keyword and text of all tEXt chunks.
  var texts: [String: String] {
    let pairs = chunks.filter { $0.type == "tEXt" }.compactMap { chunk -> (String, String)? in
      guard let end = chunk.contents.firstIndex(of: 0) else { return nil }
      return (
        String(decoding: chunk.contents[..<end], as: UTF8.self),
        String(decoding: chunk.contents[(end + 1)...], as: UTF8.self)
      )
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private static func chunks(of bytes: [UInt8]) -> [(type: String, contents: [UInt8])] {
    var chunks: [(String, [UInt8])] = []
    var next = 8
    while next + 12 <= bytes.count {
      let length = bytes[next..<next + 4].reduce(0) { $0 << 8 | Int($1) }
      let type = String(decoding: bytes[(next + 4)..<(next + 8)], as: UTF8.self)
      chunks.append((type, Array(bytes[(next + 8)...].prefix(length))))
      next += 12 + length
    }
    return chunks
  }
}
