import Glibc

/// The streams of a FLAC file that others were joined to (RFC 9639, section 6): each begins with a mark and a block of
/// 34 bytes that describes it.
enum FLACParts {
  private static let mark = Array("fLaC".utf8)
  /// How long the first block is and that it is not, or is, the last before the sound.
  private static let blocks: [[UInt8]] = [[0, 0, 0, 34], [0x80, 0, 0, 34]]
  private static let startSize = 8

  /// The streams; nil if the file is not FLAC, or has one.
  static func parts(_ bytes: inout FileBytes) -> [SoundPart]? {
    guard isStart(bytes.bytes(at: 0, count: startSize)) else { return nil }
    var starts = [0]
    var place = startSize
    // Blocks that overlap by less than a start, so that none is found twice or missed.
    while true {
      let block = bytes.bytes(at: place, count: FileBytes.mostBytes)
      guard block.count >= startSize else { break }
      starts += Self.starts(in: block).map { place + $0 }
      place += block.count - startSize + 1
    }
    guard starts.count > 1 else { return nil }
    return zip(starts, starts.dropFirst() + [bytes.count]).map { SoundPart(bytes: $0..<$1) }
  }

  private static func isStart(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: mark) && blocks.contains { bytes.dropFirst(mark.count).starts(with: $0) }
  }

  /// Where streams begin in some bytes.
  private static func starts(in block: ArraySlice<UInt8>) -> [Int] {
    var starts: [Int] = []
    block.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var place = 0
      while place + startSize <= bytes.count,
        let found = memchr(base + place, Int32(mark[0]), bytes.count - startSize + 1 - place)
      {
        place = UnsafeRawPointer(found) - base
        if isStart(block[(block.startIndex + place)...].prefix(startSize)) { starts.append(place) }
        place += 1
      }
    }
    return starts
  }
}
