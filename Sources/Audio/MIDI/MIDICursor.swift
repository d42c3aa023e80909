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

  /// The next byte if it is one of data, without the highest bit.
  mutating func dataByte(_ expected: String) throws(MIDIFileError) -> UInt8 {
    let byte = try byte(expected)
    guard byte < 0x80 else {
      throw MIDIFileError(.unexpectedByte(byte, expected: expected), at: offset - 1)
    }
    return byte
  }

  /// A number of some bytes, the highest first.
  mutating func number(bytes count: Int, _ expected: String) throws(MIDIFileError) -> Int {
    var value = 0
    for _ in 0..<count { value = value << 8 | Int(try byte(expected)) }
    return value
  }

  /// A number in bytes of seven bits, all but the last with the highest bit set; four at most.
  mutating func quantity(_ expected: String) throws(MIDIFileError) -> Int {
    let start = offset
    var value = 0
    for _ in 0..<4 {
      let byte = try byte(expected)
      value = value << 7 | Int(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    throw MIDIFileError(.longQuantity, at: start)
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
