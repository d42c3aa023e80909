/// MP4 files (ISO/IEC 14496-12, section 4.2): boxes that declare their sizes, the first of which states the brand.
enum MP4Parts {
  private static let headerSize = 8

  /// Returns the file that begins at a place, up to the next file; nil for any other.
  static func found(_ bytes: inout FileBytes, at place: Int) -> FoundSound? {
    guard bytes.holds("ftyp", at: place + 4) else { return nil }
    var end = place
    while end < bytes.count, let size = bytes.bigEndian(at: end), bytes.count > end + headerSize {
      if end > place, bytes.holds("ftyp", at: end + 4) { break }
      let name = bytes.bytes(at: end + 4, count: 4)
      guard name.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0xA9 }) else { break }
      switch size {
      case 0: end = bytes.count
      case 1:
        // A size that does not fit is larger than any file.
        let (high, low) = (bytes.bigEndian(at: end + 8) ?? 0, bytes.bigEndian(at: end + 12) ?? 0)
        end = high < 1 << 24 ? end + max(16, high << 32 | low) : bytes.count
      default: end += max(headerSize, size)
      }
    }
    end = min(end, bytes.count)
    return FoundSound(parts: [SoundPart(bytes: place..<end)], end: end)
  }
}
