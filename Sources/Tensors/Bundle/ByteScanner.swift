import Foundation

/// A reader of numbers from untrusted bytes; every read stays in bounds or returns nil.
struct ByteScanner {
  private let bytes: Data
  private(set) var place: Int
  private let end: Int

  /// Creates a scanner of a range; returns nil if the range is out of bounds.
  init?(_ bytes: Data, _ range: Range<Int>) {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  init(_ bytes: Data) {
    self.bytes = bytes
    place = 0
    end = bytes.count
  }

  var isAtEnd: Bool { place == end }

  /// Reads an integer of seven bits per byte, lowest first, and at most 64 bits.
  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard place < end else { return nil }
      let byte = bytes[bytes.startIndex + place]
      place += 1
      guard shift < 63 || byte < 2 else { return nil }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// Reads an integer that is a size or an offset.
  mutating func length() -> Int? { varint().flatMap { Int(exactly: $0) } }

  /// Reads a little-endian 32-bit integer.
  mutating func fixed32() -> UInt32? {
    take(4).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
  }

  /// Returns the next `count` bytes; nil if fewer are left.
  mutating func take(_ count: Int) -> Data? {
    guard count >= 0, count <= end - place else { return nil }
    defer { place += count }
    let first = bytes.startIndex + place
    return Data(bytes[first..<first + count])
  }
}

extension ByteScanner {
  /// A field of a protocol-buffer message.
  enum Field {
    case number(UInt64)
    case bytes(Data)
    case fixed32(UInt32)
    case fixed64
  }

  /// Reads the next field of a message and its number; returns nil if it is not a valid field.
  mutating func field() -> (number: UInt64, value: Field)? {
    guard let key = varint() else { return nil }
    switch key & 7 {
    case 0: return varint().map { (key >> 3, .number($0)) }
    case 1: return take(8).map { _ in (key >> 3, .fixed64) }
    case 2:
      guard let length = length() else { return nil }
      return take(length).map { (key >> 3, .bytes($0)) }
    case 5: return fixed32().map { (key >> 3, .fixed32($0)) }
    default: return nil
    }
  }
}
