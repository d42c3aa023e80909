/// WAV files (including RF64, the form for large files) and AIFF files: chunks that declare their sizes.
///
/// Only the chunks that describe the coding and the one that holds the sound are used. The sound is read after a rebuilt
/// header if a size is missing, because a program wrote the header before it knew the size or a recorder lost power, or
/// if a chunk's padding byte is missing.
struct ChunkParts {
  /// The layout of a kind of file.
  enum Layout {
    case wave
    case aiff

    /// The name of the sound's chunk, and the number of bytes in it before the sound.
    fileprivate var sound: (name: String, preamble: Int) {
      self == .wave ? ("data", 0) : ("SSND", 8)
    }

    /// The chunks that describe the sound's coding.
    fileprivate var kept: Set<String> { self == .wave ? ["fmt ", "fact"] : ["FVER", "COMM"] }
  }

  private struct Chunk {
    let name: String
    let place: Int
    let size: Int

    var content: Int { place + ChunkParts.headerSize }
    var end: Int { content + size }
  }

  fileprivate static let headerSize = 8
  private static let start = 12
  /// The largest number of chunks before the sound.
  private static let mostChunks = 1 << 10
  /// The largest size of a chunk that is kept, in bytes.
  private static let mostKept = 1 << 12
  /// The format codes of MPEG audio, for layers 1 and 2 and for layer 3; and that of a format identified elsewhere.
  private static let mpeg = [0x50, 0x55]
  private static let extensible = 0xFFFE
  /// The names of common chunks.
  private static let names: Set<String> = [
    "fmt ", "data", "fact", "LIST", "JUNK", "junk", "bext", "iXML", "cue ", "smpl", "inst", "PEAK",
    "id3 ", "ID3 ", "acid", "FLLR", "PAD ", "ds64", "axml", "chna", "levl", "minf", "elm1", "regn",
    "umid", "DISP", "_PMX", "plst", "note", "labl", "COMM", "SSND", "FVER", "MARK", "INST", "NAME",
    "AUTH", "(c) ", "ANNO", "APPL", "MIDI", "COMT", "AESD", "CHAN",
  ]

  private let layout: Layout
  private let place: Int
  /// The bytes of the kept chunks.
  private var kept: [UInt8] = []
  /// The code of the sound's format.
  private var code: Int?
  /// The size of the sound, which RF64 stores elsewhere.
  private var wideSize: Int?
  /// True if a chunk of odd length lacks its padding byte.
  private var lacksPadding = false

  /// Returns the kind of file that begins at a place; nil for any other.
  static func layout(_ bytes: inout FileBytes, at place: Int) -> Layout? {
    let form = place + headerSize
    if bytes.holds("RIFF", at: place) || bytes.holds("RF64", at: place)
      || bytes.holds("BW64", at: place)
    {
      return bytes.holds("WAVE", at: form) ? .wave : nil
    }
    guard bytes.holds("FORM", at: place) else { return nil }
    return bytes.holds("AIFF", at: form) || bytes.holds("AIFC", at: form) ? .aiff : nil
  }

  /// Returns the file that begins at a place; nil for one of another kind or without sound.
  static func found(_ bytes: inout FileBytes, at place: Int) -> FoundSound? {
    guard let layout = layout(&bytes, at: place) else { return nil }
    var parts = ChunkParts(layout, at: place)
    return parts.find(&bytes)
  }

  private init(_ layout: Layout, at place: Int) {
    self.layout = layout
    self.place = place
  }

  private mutating func find(_ bytes: inout FileBytes) -> FoundSound? {
    let sound = soundChunk(&bytes)
    let isMPEG = layout == .wave && code.map(Self.mpeg.contains) ?? false
    let preamble = layout.sound.preamble
    guard let chunk = sound, chunk.content + preamble <= bytes.count else {
      let doubtful = SoundPart(bytes: place..<bytes.count, form: .doubtful)
      return isMPEG ? FoundSound(parts: [doubtful], end: bytes.count) : nil
    }
    let start = chunk.content + preamble
    let size = size(of: chunk, &bytes)
    let end = size.map { min(start + $0, bytes.count) }
    let soundEnd = end ?? SoundStart.next(&bytes, from: start) ?? bytes.count
    // After a chunk of unknown size nothing can be told apart from its sound.
    let fileEnd = size == nil ? soundEnd : self.end(behind: chunk, start + (size ?? 0), &bytes)
    if isMPEG {
      var inner = bytes.limited(to: soundEnd)
      let found = MPEGParts.found(&inner, at: start, chain: 1)
      let doubtful = SoundPart(bytes: place..<fileEnd, form: .doubtful)
      return FoundSound(parts: found?.parts ?? [doubtful], end: fileEnd)
    }
    var part = SoundPart(bytes: place..<fileEnd)
    if size == nil || lacksPadding {
      part.bytes = start..<soundEnd
      part.prefix = header(soundEnd - start, Array(bytes.bytes(at: chunk.content, count: preamble)))
    }
    let held = soundEnd - start
    part.promise = SoundPart.Promise(bytes: size ?? held, held: held)
    return FoundSound(parts: [part], end: fileEnd)
  }

  /// Walks the chunks up to that of the sound.
  private mutating func soundChunk(_ bytes: inout FileBytes) -> Chunk? {
    var chunk = chunk(&bytes, at: place + Self.start)
    var count = 0
    while let present = chunk, present.name != layout.sound.name {
      count += 1
      guard present.end <= bytes.count, count < Self.mostChunks else { return nil }
      if layout.kept.contains(present.name), present.size <= Self.mostKept {
        kept += bytes.bytes(at: present.place, count: Self.headerSize + present.size)
        if present.size % 2 > 0 { kept.append(0) }
      }
      if present.name == "fmt " {
        code = bytes.littleEndian(at: present.content).map { $0 & 0xFFFF }
        // The first bytes of the format's identifier are the code that it stands for.
        if code == Self.extensible, present.size >= 26 {
          code = bytes.littleEndian(at: present.content + 24).map { $0 & 0xFFFF }
        }
      }
      if present.name == "ds64", let low = bytes.littleEndian(at: present.content + 8),
        let high = bytes.littleEndian(at: present.content + 12)
      {
        // Larger than any file.
        wideSize = high < 1 << 30 ? high << 32 | low : nil
      }
      let next = next(behind: present.end, isOdd: present.size % 2 > 0, &bytes)
      if present.size % 2 > 0, next == present.end { lacksPadding = true }
      chunk = self.chunk(&bytes, at: next)
    }
    return chunk
  }

  /// Returns the bytes of sound that the header promises; nil if it was written before they were known.
  private func size(of chunk: Chunk, _ bytes: inout FileBytes) -> Int? {
    let size = chunk.size - layout.sound.preamble
    if chunk.size == UnknownSize.largest, let wideSize { return wideSize > 0 ? wideSize : nil }
    if size <= 0 {
      let isAlone = self.chunk(&bytes, at: chunk.end).map { !Self.names.contains($0.name) } ?? true
      return isAlone && chunk.content + layout.sound.preamble < bytes.count
        && Self.layout(&bytes, at: chunk.end) == nil ? nil : 0
    }
    let whole = number(&bytes, at: place + 4) ?? 0
    return UnknownSize.holds(chunk.size, behind: chunk.content - place - Self.headerSize, of: whole)
      ? nil : size
  }

  /// Returns the byte offset of the file's end, after the chunks that follow its sound.
  private func end(behind sound: Chunk, _ soundEnd: Int, _ bytes: inout FileBytes) -> Int {
    var end = next(behind: soundEnd, isOdd: sound.size % 2 > 0, &bytes)
    while let chunk = chunk(&bytes, at: end), Self.names.contains(chunk.name),
      chunk.end <= bytes.count
    {
      end = next(behind: chunk.end, isOdd: chunk.size % 2 > 0, &bytes)
    }
    return min(end, bytes.count)
  }

  /// Returns the byte offset after a chunk: one byte later if its length is odd, unless that byte is missing.
  private func next(behind end: Int, isOdd: Bool, _ bytes: inout FileBytes) -> Int {
    guard isOdd else { return end }
    func isChunk(_ place: Int, _ bytes: inout FileBytes) -> Bool {
      if Self.layout(&bytes, at: place) != nil { return true }
      return chunk(&bytes, at: place).map { Self.names.contains($0.name) } ?? false
    }
    return isChunk(end, &bytes) && !isChunk(end + 1, &bytes) ? end : end + 1
  }

  private func chunk(_ bytes: inout FileBytes, at place: Int) -> Chunk? {
    let name = bytes.bytes(at: place, count: 4)
    guard name.count == 4, name.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    let text = String(decoding: name, as: UTF8.self)
    guard let size = number(&bytes, at: place + 4) else { return nil }
    return Chunk(name: text, place: place, size: size)
  }

  private func number(_ bytes: inout FileBytes, at place: Int) -> Int? {
    layout == .wave ? bytes.littleEndian(at: place) : bytes.bigEndian(at: place)
  }

  /// Makes a header for `count` bytes of sound.
  private func header(_ count: Int, _ preamble: [UInt8]) -> [UInt8] {
    let sound = count + preamble.count
    let whole = 4 + kept.count + Self.headerSize + sound
    if layout == .aiff {
      let form = Array(kept.starts(with: "FVER".utf8) ? "AIFC".utf8 : "AIFF".utf8)
      return Array("FORM".utf8) + Self.bytes(whole).reversed() + form + kept + Array("SSND".utf8)
        + Self.bytes(sound).reversed() + preamble
    }
    guard whole >= UnknownSize.largest else {
      return Array("RIFF".utf8) + Self.bytes(whole) + Array("WAVE".utf8) + kept
        + Array("data".utf8) + Self.bytes(sound)
    }
    let wide = Self.bytes(28) + Self.bytes(whole + 36, 8) + Self.bytes(sound, 8) + Self.bytes(0, 12)
    return Array("RF64".utf8) + Self.bytes(UnknownSize.largest) + Array("WAVEds64".utf8) + wide
      + kept + Array("data".utf8) + Self.bytes(UnknownSize.largest)
  }

  /// Returns a number as little-endian bytes; the largest one if it does not fit.
  private static func bytes(_ number: Int, _ count: Int = 4) -> [UInt8] {
    let number = count == 4 ? min(number, UnknownSize.largest) : number
    return (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
  }
}

/// The sizes in headers written before the size was known. They are matched exactly; any other size is genuine.
enum UnknownSize {
  /// The largest number of 32 bits.
  static let largest = 0xFFFF_FFFF
  /// The largest unsigned and signed numbers, the smallest signed one, and what SoX and arecord write into pipes.
  static let all: Set<Int> = [largest, 0x7FFF_FFFF, 0x8000_0000, 0x7FFF_F000, 0x7FFF_FF00]
  /// The block sizes to whose multiples such a size may be rounded down.
  private static let blocks = [2, 3, 4, 6, 8]

  /// Returns true if a size stands for an unknown one.
  ///
  /// - Parameters:
  ///   - place: the offset of the chunk's content from that of the whole.
  ///   - whole: the size of the whole.
  static func holds(_ size: Int, behind place: Int, of whole: Int) -> Bool {
    if all.contains(size) || all.contains(whole) && size == whole - place { return true }
    return [largest, 0x7FFF_FFFF].contains { most in
      blocks.contains { most - most % $0 == size }
    }
  }
}
