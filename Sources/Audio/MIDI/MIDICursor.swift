/// A reader of a MIDI file's bytes, in order and never beyond their end.
struct MIDICursor {
  private let bytes: ArraySlice<UInt8>
  /// The byte offset of the next byte, from the start of the file.
  private(set) var offset: Int

  /// Makes a cursor that reads from the start of a slice to its end.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  /// The number of bytes left.
  var available: Int { bytes.endIndex - offset }

  /// Reads the next byte.
  mutating func byte(_ expected: String) throws(MIDIFileError) -> UInt8 {
    guard offset < bytes.endIndex else {
      throw MIDIFileError(.cutOff(expected: expected), at: offset)
    }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// Skips data bytes, whose highest bit is clear.
  mutating func skipData(most count: Int) {
    for _ in 0..<count where offset < bytes.endIndex && bytes[offset] < 0x80 { offset += 1 }
  }

  /// Reads a big-endian number of some bytes.
  mutating func number(bytes count: Int, _ expected: String) throws(MIDIFileError) -> Int {
    var value = 0
    for _ in 0..<count { value = value << 8 | Int(try byte(expected)) }
    return value
  }

  /// Reads a variable-length quantity: bytes of seven bits, all but the last with the highest bit set; at most four, after any
  /// zeros.
  mutating func quantity(_ expected: String) throws(MIDIFileError) -> Int {
    let start = offset
    var value = 0
    while value < 1 << 21 {
      let byte = try byte(expected)
      value = value << 7 | Int(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    throw MIDIFileError(.longQuantity, at: start)
  }

  /// Moves to a byte offset from the start of the file.
  mutating func move(to offset: Int) {
    self.offset = min(max(offset, bytes.startIndex), bytes.endIndex)
  }

  /// The bytes left.
  var rest: ArraySlice<UInt8> { bytes[offset...] }

  /// True if a chunk seems to begin here: a name of four printable characters and a length that fits.
  var isAtChunk: Bool {
    guard available >= 8, rest.prefix(4).allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return false
    }
    let length = rest.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return rest.starts(with: MIDIFile.track) || length <= available - 8
  }

  /// The byte offset of the end of the end-of-track event, if there is one before the next track.
  var endOfTrack: Int? {
    let mark: [UInt8] = [0xFF, 0x2F, 0x00]
    let track = rest[..<(nextTrack() ?? rest.endIndex)]
    return Self.place(of: mark, in: track).map { $0 + mark.count }
  }

  /// Returns the byte offset of the next track.
  func nextTrack(before limit: Int? = nil) -> Int? {
    Self.place(of: MIDIFile.track, in: bytes[offset..<min(limit ?? bytes.endIndex, bytes.endIndex)])
  }

  /// Returns the index of the first occurrence of some bytes.
  static func place(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    var start = bytes.startIndex
    while let place = bytes[start...].firstIndex(of: wanted[0]) {
      if bytes[place...].starts(with: wanted) { return place }
      start = place + 1
    }
    return nil
  }

  /// Reads the content of something that declares its length.
  mutating func slice(_ length: Int, of what: String) throws(MIDIFileError) -> ArraySlice<UInt8> {
    guard length <= available else {
      throw MIDIFileError(
        .lyingLength(chunk: what, length: length, available: available),
        at: offset
      )
    }
    defer { offset += length }
    return bytes[offset..<offset + length]
  }
}
