/// Reads the bytes of a MIDI file one after another, never beyond an end.
struct MIDICursor {
  private let bytes: ArraySlice<UInt8>
  /// The byte that is read next, counted from the start of the file.
  private(set) var offset: Int

  /// Reads from the start of a slice to its end.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  /// Bytes left.
  var available: Int { bytes.endIndex - offset }

  /// The next byte.
  mutating func byte(_ expected: String) throws(MIDIFileError) -> UInt8 {
    guard offset < bytes.endIndex else {
      throw MIDIFileError(.cutOff(expected: expected), at: offset)
    }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// Passes over bytes of data, which are without the highest bit.
  mutating func skipData(most count: Int) {
    for _ in 0..<count where offset < bytes.endIndex && bytes[offset] < 0x80 { offset += 1 }
  }

  /// A number of some bytes, the highest first.
  mutating func number(bytes count: Int, _ expected: String) throws(MIDIFileError) -> Int {
    var value = 0
    for _ in 0..<count { value = value << 8 | Int(try byte(expected)) }
    return value
  }

  /// A number in bytes of seven bits, all but the last with the highest bit set; four at most, and zeros before them.
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

  /// Moves to a byte, counted from the start of the file.
  mutating func move(to offset: Int) {
    self.offset = min(max(offset, bytes.startIndex), bytes.endIndex)
  }

  /// The bytes that are left.
  var rest: ArraySlice<UInt8> { bytes[offset...] }

  /// Whether a chunk seems to begin here: a name of four printable characters and a length that fits.
  var isAtChunk: Bool {
    guard available >= 8, rest.prefix(4).allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return false
    }
    let length = rest.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return rest.starts(with: MIDIFile.track) || length <= available - 8
  }

  /// Where the event ends that marks the end of a track, if it stands before the next track.
  var endOfTrack: Int? {
    let mark: [UInt8] = [0xFF, 0x2F, 0x00]
    let track = rest[..<(nextTrack() ?? rest.endIndex)]
    return Self.place(of: mark, in: track).map { $0 + mark.count }
  }

  /// Where the next track begins.
  func nextTrack(before limit: Int? = nil) -> Int? {
    Self.place(of: MIDIFile.track, in: bytes[offset..<min(limit ?? bytes.endIndex, bytes.endIndex)])
  }

  /// The first place of some bytes.
  static func place(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    var start = bytes.startIndex
    while let place = bytes[start...].firstIndex(of: wanted[0]) {
      if bytes[place...].starts(with: wanted) { return place }
      start = place + 1
    }
    return nil
  }

  /// The bytes of something that says how long it is.
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
