/// CAF files, as Apple's recorders write them: chunks with sizes of 64 bits.
///
/// A recorder that lost power or writes into a pipe leaves the size of the sound at 0 or −1; a file that was not copied to its
/// end has less than it promises. libsndfile refuses both, so sound with packets of constant size is read after a rebuilt
/// header. Formats with packets of varying size need a table that such files lack.
enum CoreAudioParts {
  /// The marks of a file of version 1 and of its first chunk.
  private static let mark = "caff\u{0}\u{1}\u{0}\u{0}desc"
  private static let start = 8
  private static let chunkHeader = 12
  private static let descriptionSize = 32
  /// The number of bytes before the sound in its chunk: a count of edits.
  private static let preamble = 4
  /// The largest number of chunks before the sound.
  private static let mostChunks = 1 << 10
  /// The largest size of a chunk that is kept, in bytes.
  private static let mostKept = 1 << 12
  /// The chunks that describe the sound's coding and its loudspeakers.
  private static let kept: Set<String> = ["desc", "chan"]
  /// The names of chunks that follow the sound.
  private static let names: Set<String> = [
    "pakt", "kuki", "free", "info", "mark", "regn", "strg", "inst", "midi", "umid", "uuid", "ovvw",
    "peak", "edct",
  ]

  private struct Chunk {
    let name: String
    let place: Int
    /// The size in bytes; nil if unknown.
    let size: Int?

    var content: Int { place + CoreAudioParts.chunkHeader }
  }

  /// Returns true if a file begins at a place.
  static func begins(_ bytes: inout FileBytes, at place: Int) -> Bool {
    bytes.holds(mark, at: place)
  }

  /// Returns the file that begins at a place; nil for one of another kind or without sound.
  static func found(_ bytes: inout FileBytes, at place: Int) -> FoundSound? {
    guard begins(&bytes, at: place) else { return nil }
    var header: [UInt8] = Array(bytes.bytes(at: place, count: start))
    var next = chunk(&bytes, at: place + start)
    var isConstant = false
    for _ in 0..<mostChunks {
      guard let chunk = next else { return nil }
      if chunk.name == "data" {
        return sound(chunk, from: place, header, isConstant, &bytes)
      }
      guard let size = chunk.size, size <= bytes.count - chunk.content else { return nil }
      if chunk.name == "desc" {
        // The number of bytes in a packet; 0 if packets vary.
        isConstant =
          size >= descriptionSize && bytes.bigEndian(at: chunk.content + 16).map { $0 > 0 } == true
      }
      if kept.contains(chunk.name), size <= mostKept {
        header += bytes.bytes(at: chunk.place, count: chunkHeader + size)
      }
      next = self.chunk(&bytes, at: chunk.content + size)
    }
    return nil
  }

  private static func sound(
    _ chunk: Chunk,
    from place: Int,
    _ header: [UInt8],
    _ isConstant: Bool,
    _ bytes: inout FileBytes
  ) -> FoundSound? {
    let first = chunk.content + preamble
    guard first < bytes.count else { return nil }
    if let size = chunk.size, size > preamble, size <= bytes.count - chunk.content {
      let end = end(behind: chunk.content + size, &bytes)
      return FoundSound(parts: [SoundPart(bytes: place..<end)], end: end)
    }
    let isKnown = chunk.size.map { $0 > preamble } ?? false
    if !isKnown, let size = chunk.size,
      let next = self.chunk(&bytes, at: chunk.content + size), names.contains(next.name)
    {
      return nil
    }
    let end = isKnown ? bytes.count : SoundStart.next(&bytes, from: first) ?? bytes.count
    guard isConstant else {
      return FoundSound(parts: [SoundPart(bytes: place..<end, isCut: isKnown)], end: end)
    }
    let held = end - first
    let sizeField = withUnsafeBytes(of: UInt64(held + preamble).bigEndian) { Array($0) }
    var part = SoundPart(bytes: first..<end)
    part.prefix =
      header + Array("data".utf8) + sizeField + bytes.bytes(at: chunk.content, count: preamble)
    let promised = isKnown ? (chunk.size ?? 0) - preamble : held
    part.promise = SoundPart.Promise(bytes: promised, held: held)
    return FoundSound(parts: [part], end: end)
  }

  /// Returns the byte offset of the end of the chunks after the sound.
  private static func end(behind place: Int, _ bytes: inout FileBytes) -> Int {
    var end = place
    while let chunk = chunk(&bytes, at: end), names.contains(chunk.name), let size = chunk.size,
      size <= bytes.count - chunk.content
    {
      end = chunk.content + size
    }
    return end
  }

  private static func chunk(_ bytes: inout FileBytes, at place: Int) -> Chunk? {
    let name = bytes.bytes(at: place, count: 4)
    guard name.count == 4, name.allSatisfy({ (0x20...0x7E).contains($0) }),
      let high = bytes.bigEndian(at: place + 4), let low = bytes.bigEndian(at: place + 8)
    else { return nil }
    // Larger than any file, or −1.
    let size = high < 1 << 30 ? high << 32 | low : nil
    return Chunk(name: String(decoding: name, as: UTF8.self), place: place, size: size)
  }
}
