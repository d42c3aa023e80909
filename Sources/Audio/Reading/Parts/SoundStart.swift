import Glibc

/// The search for the beginnings of sounds in a file.
enum SoundStart {
  /// The number of bytes that are skipped in search of a sound.
  static let mostJunk = 1 << 16
  /// The number of consecutive MPEG audio frames that are required in a search, and where a sound is expected.
  private static let chain = (searched: 4, expected: 2)
  /// The size of an ID3v1 tag in bytes.
  private static let lastTagSize = 128

  /// Returns the sound that begins at a place, after any tags.
  ///
  /// - Parameter isSearching: true if other bytes may precede it.
  static func found(
    _ bytes: inout FileBytes,
    from place: Int,
    isSearching: Bool
  ) -> FoundSound? {
    let start = tagEnd(&bytes, at: place)
    if let found = found(&bytes, at: start, chain: isSearching ? chain.searched : chain.expected) {
      return found
    }
    guard isSearching else { return nil }
    for candidate in candidates(&bytes, from: start + 1) {
      if let found = found(&bytes, at: candidate, chain: chain.searched) { return found }
    }
    return nil
  }

  /// Returns the end of the tags at a place, or the place if there are none: ID3v2, ID3v1 and APE.
  static func tagEnd(_ bytes: inout FileBytes, at place: Int) -> Int {
    var place = place
    while true {
      if bytes.holds("ID3", at: place) {
        let header = Array(bytes.bytes(at: place, count: 10))
        guard header.count == 10, header[6...].allSatisfy({ $0 < 0x80 }) else { return place }
        let hasFooter = header[5] & 0x10 != 0
        place += header[6...].reduce(0) { $0 << 7 | Int($1) } + (hasFooter ? 20 : 10)
      } else if bytes.holds("APETAGEX", at: place), let size = bytes.littleEndian(at: place + 12) {
        // The size excludes the header; a tag that has only a footer is skipped like other bytes.
        place += size + 32
      } else if bytes.holds("TAG", at: place), place + lastTagSize <= bytes.count {
        place += lastTagSize
      } else {
        return place
      }
    }
  }

  /// Returns the next place, among any bytes, at which a FLAC, Ogg, WAV, AIFF or CAF file begins beyond doubt.
  static func next(_ bytes: inout FileBytes, from start: Int) -> Int? {
    var place = start
    while true {
      let block = bytes.bytes(at: place, count: FileBytes.mostBytes)
      guard block.count > longestMark else { return nil }
      for offset in marks.flatMap({ places(of: $0, in: block) }).sorted() {
        if isMark(&bytes, at: place + offset) { return place + offset }
      }
      // Blocks overlap by more than a mark, so that none is missed.
      place += block.count - longestMark
    }
  }

  private static func found(
    _ bytes: inout FileBytes,
    at start: Int,
    chain: Int
  ) -> FoundSound? {
    OggParts.found(&bytes, at: start) ?? FLACParts.found(&bytes, at: start)
      ?? ChunkParts.found(&bytes, at: start) ?? SunParts.found(&bytes, at: start)
      ?? CoreAudioParts.found(&bytes, at: start) ?? MP4Parts.found(&bytes, at: start)
      ?? MPEGParts.found(&bytes, at: start, chain: chain)
  }

  /// Returns nearby places at which a sound may begin, judged by its first byte.
  private static func candidates(_ bytes: inout FileBytes, from start: Int) -> [Int] {
    let firsts = Set("OfRBFc.".utf8).union([0xFF])
    return stride(from: start, to: min(start + mostJunk, bytes.count), by: FileBytes.mostBytes)
      .flatMap { place in
        zip(place..., bytes.bytes(at: place, count: FileBytes.mostBytes))
          .filter { firsts.contains($0.1) }.map(\.0)
      }
  }

  /// The first bytes of files.
  private static let marks = ["fLaC", "OggS", "RIFF", "RF64", "BW64", "FORM", "caff"].map {
    Array($0.utf8)
  }
  private static let longestMark = 12

  private static func isMark(_ bytes: inout FileBytes, at place: Int) -> Bool {
    FLACParts.begins(&bytes, at: place) || bytes.holds("OggS\u{0}\u{2}", at: place)
      || ChunkParts.layout(&bytes, at: place) != nil || CoreAudioParts.begins(&bytes, at: place)
  }

  private static func places(of mark: [UInt8], in block: ArraySlice<UInt8>) -> [Int] {
    var places: [Int] = []
    block.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let end = bytes.count - mark.count
      var place = 0
      while place <= end, let found = memchr(base + place, Int32(mark[0]), end + 1 - place) {
        place = UnsafeRawPointer(found) - base
        if memcmp(found, mark, mark.count) == 0 { places.append(place) }
        place += 1
      }
    }
    return places
  }
}
