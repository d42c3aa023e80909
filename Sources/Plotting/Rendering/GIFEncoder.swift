/// Encodes pictures as an animated GIF file that loops forever.
///
/// Each picture has its own table of at most 256 colours, and contains only the rectangle that changes.
/// "Graphics Interchange Format, Version 89a", CompuServe 1990; looping is Netscape's extension.
struct GIFEncoder {
  private var bytes: [UInt8] = []
  /// The pixels shown so far; nil before the first picture.
  private var shown: ShownPixels?
  /// The total duration of the pictures so far, in milliseconds.
  private var elapsed = 0

  /// Adds a picture, of the same size as the previous ones.
  ///
  /// Pictures end at the nearest hundredth of a second, so that rounding errors do not accumulate.
  ///
  /// - Parameter provenance: texts by keyword, written as comments with the first picture.
  mutating func add(_ raster: Raster, milliseconds: Int, provenance: [String: String]) {
    let start = (elapsed + 5) / 10
    elapsed += milliseconds
    let delay = max(1, (elapsed + 5) / 10 - start)
    if let part = shown?.take(raster) {
      append(part, delay)
    } else {
      shown = ShownPixels(raster)
      begin(raster, provenance)
      append(
        .init(x: 0, y: 0, width: raster.width, height: raster.height, rgb: raster.rgb),
        delay
      )
    }
  }

  /// Returns the whole file; at least one picture must have been added.
  consuming func finish() -> [UInt8] {
    precondition(shown != nil, "an animation has a picture")
    return bytes + [0x3B]
  }

  private mutating func begin(_ raster: Raster, _ provenance: [String: String]) {
    bytes += Array("GIF89a".utf8) + Self.word(raster.width) + Self.word(raster.height)
    // No global colour table, eight bits per channel.
    bytes += [0x70, 0, 0]
    bytes += [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1] + Self.word(0) + [0]
    for (keyword, text) in provenance.sorted(by: { $0.key < $1.key }) {
      bytes += [0x21, 0xFE]
      append(blocks: Array("\(keyword): \(text)".utf8))
    }
  }

  private mutating func append(_ part: ShownPixels.Part, _ delay: Int) {
    let palette = ColorTable(rgb: part.rgb)
    // The picture is not disposed, and the part replaces the pixels below it.
    bytes += [0x21, 0xF9, 4, 1 << 2] + Self.word(delay) + [0, 0]
    let sides = [part.x, part.y, part.width, part.height].flatMap(Self.word)
    let bits = palette.bits
    bytes += [0x2C] + sides + [0x80 | UInt8(bits - 1)]
    bytes += palette.colors.flatMap { [$0.red, $0.green, $0.blue] }
    bytes += [UInt8](repeating: 0, count: ((1 << bits) - palette.colors.count) * 3)
    let codeBits = max(2, bits)
    bytes.append(UInt8(codeBits))
    append(blocks: LZWEncoder.encode(palette.indices(ofRGB: part.rgb), bits: codeBits))
  }

  /// Appends data in blocks of at most 255 bytes, followed by an empty block.
  private mutating func append(blocks data: [UInt8]) {
    for start in stride(from: 0, to: data.count, by: 255) {
      let block = data[start..<min(start + 255, data.count)]
      bytes.append(UInt8(block.count))
      bytes += block
    }
    bytes.append(0)
  }

  private static func word(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
}
