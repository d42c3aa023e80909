/// A chunk of a PNG file.
package struct PNGChunk: Sendable {
  /// The name, of four letters.
  package let name: String
  /// The data, without length and checksum.
  package let data: ArraySlice<UInt8>

  /// Returns the chunks of a file that is known to be complete.
  package static func all(in file: [UInt8]) -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var start = 8
    while start + 12 <= file.count {
      let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard start + 12 + length <= file.count else { break }
      let name = String(decoding: file[start + 4..<start + 8], as: UTF8.self)
      chunks.append(PNGChunk(name: name, data: file[start + 8..<start + 8 + length]))
      start += 12 + length
    }
    return chunks
  }

  /// Returns the bytes of a chunk with its length and checksum.
  static func encoded(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bytes(UInt32(data.count)) + body + bytes(checksum(body))
  }

  /// Returns the bytes of a number, most significant first.
  static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// Computes the cyclic redundancy check of ISO 3309 with the polynomial 0xEDB88320.
  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 255)] ^ (value >> 8) }
    return ~value
  }

  private static let table: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }
}
