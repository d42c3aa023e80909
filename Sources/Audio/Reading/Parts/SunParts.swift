/// AU files, as Sun made them: a header of at least 24 bytes that declares the length of the sound after it.
enum SunParts {
  private static let headerSize = 24
  private static let mostHeader = 1 << 14

  /// Returns the file that begins at a place; nil for any other.
  static func found(_ bytes: inout FileBytes, at place: Int) -> FoundSound? {
    guard bytes.holds(".snd", at: place), let offset = bytes.bigEndian(at: place + 4),
      let size = bytes.bigEndian(at: place + 8), (headerSize...mostHeader).contains(offset),
      place + offset < bytes.count
    else { return nil }
    let start = place + offset
    if size == 0 || UnknownSize.all.contains(size) {
      let end = SoundStart.next(&bytes, from: start) ?? bytes.count
      var header = Array(bytes.bytes(at: place, count: offset))
      let count = UInt32(clamping: end - start)
      header.replaceSubrange(8..<12, with: withUnsafeBytes(of: count.bigEndian) { Array($0) })
      let part = SoundPart(bytes: start..<end, prefix: header)
      return FoundSound(parts: [part], end: end)
    }
    let end = min(start + size, bytes.count)
    let promise = SoundPart.Promise(bytes: size, held: end - start)
    let part = SoundPart(bytes: place..<end, promise: promise)
    return FoundSound(parts: [part], end: end)
  }
}
