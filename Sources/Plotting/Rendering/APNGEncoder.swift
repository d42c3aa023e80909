/// Encodes pictures as an animated PNG file that loops forever; programs without support for animations show the
/// first picture.
///
/// libpng encodes each picture; the chunks of the extension (acTL, fcTL, fdAT) are added around its data here.
/// "PNG Specification, Third Edition", W3C 2025, section 11.3.6.
struct APNGEncoder {
  private var bytes: [UInt8] = []
  /// The pixels shown so far; nil before the first picture.
  private var shown: ShownPixels?
  /// The sequence number of the next frame chunk.
  private var sequence: UInt32 = 0
  private var frames: UInt32 = 0
  /// The byte offset of the chunk with the number of frames.
  private var controlStart = 0

  /// Adds a picture, of the same size as the previous ones.
  ///
  /// - Parameters:
  ///   - provenance: the text chunks, written with the first picture.
  /// - Throws: `PlotError` if the library fails.
  mutating func add(
    _ raster: Raster,
    milliseconds: Int,
    pixelsPerMetre: Double,
    provenance: [String: String]
  ) throws(PlotError) {
    if let changed = shown?.take(raster) {
      let part = try PNGEncoder.encode(
        rgb: changed.rgb,
        width: changed.width,
        height: changed.height,
        pixelsPerMetre: 0,
        texts: [:]
      )
      addControl(changed, milliseconds)
      for chunk in PNGChunk.all(in: part) where chunk.name == "IDAT" {
        append("fdAT", number() + chunk.data)
      }
    } else {
      let first = try raster.png(pixelsPerMetre: pixelsPerMetre, provenance: provenance)
      shown = ShownPixels(raster)
      bytes = Array(first.prefix(8))
      var hasControl = false
      for chunk in PNGChunk.all(in: first) where chunk.name != "IEND" {
        if chunk.name == "IDAT", !hasControl {
          hasControl = true
          controlStart = bytes.count
          append("acTL", Self.bytes(0) + Self.bytes(0))
          addControl(
            .init(x: 0, y: 0, width: raster.width, height: raster.height, rgb: []),
            milliseconds
          )
        }
        append(chunk.name, Array(chunk.data))
      }
    }
    frames += 1
  }

  /// Returns the whole file; at least one picture must have been added.
  mutating func finish() -> [UInt8] {
    precondition(frames > 0, "an animation has a picture")
    append("IEND", [])
    let control = PNGChunk.encoded("acTL", Self.bytes(frames) + Self.bytes(0))
    bytes.replaceSubrange(controlStart..<controlStart + control.count, with: control)
    return bytes
  }

  private mutating func addControl(_ part: ShownPixels.Part, _ milliseconds: Int) {
    let sides = [part.width, part.height, part.x, part.y].flatMap { Self.bytes(UInt32($0)) }
    let delay = [milliseconds >> 8, milliseconds & 255, 1000 >> 8, 1000 & 255].map { UInt8($0) }
    // The picture is not disposed, and the part replaces the pixels below it.
    append("fcTL", number() + sides + delay + [0, 0])
  }

  private mutating func number() -> [UInt8] {
    defer { sequence += 1 }
    return Self.bytes(sequence)
  }

  private mutating func append(_ name: String, _ data: [UInt8]) {
    bytes += PNGChunk.encoded(name, data)
  }

  private static func bytes(_ value: UInt32) -> [UInt8] { PNGChunk.bytes(value) }
}
