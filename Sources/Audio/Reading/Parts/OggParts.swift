/// The streams of a chained Ogg file (RFC 3533, section 4): each begins with pages that are marked so.
enum OggParts {
  private static let headerSize = 27
  private static let beginning: UInt8 = 2

  /// The streams; nil if the file is not Ogg, or has one.
  static func parts(_ bytes: inout FileBytes) -> [SoundPart]? {
    guard bytes.holds("OggS", at: 0) else { return nil }
    var starts = [0]
    var place = 0
    // Streams that sound together begin one after another, before any goes on.
    var begins = true
    while bytes.holds("OggS", at: place) {
      let header = Array(bytes.bytes(at: place, count: headerSize))
      guard header.count == headerSize else { break }
      let isBeginning = header[5] & beginning != 0
      if isBeginning && !begins { starts.append(place) }
      begins = isBeginning
      let segments = bytes.bytes(at: place + headerSize, count: Int(header[26]))
      place += headerSize + segments.count + segments.reduce(0) { $0 + Int($1) }
    }
    guard starts.count > 1 else { return nil }
    return zip(starts, starts.dropFirst() + [bytes.count]).map { start, end in
      SoundPart(bytes: start..<end)
    }
  }
}
