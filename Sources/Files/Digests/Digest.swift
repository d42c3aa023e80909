/// A 128-bit XXH3 digest; equal bytes have equal digests on every machine.
///
/// The digest detects differences; it does not resist forgery.
package struct Digest: Hashable, Codable, Sendable {
  /// The upper 64 bits.
  package let high: UInt64
  /// The lower 64 bits.
  package let low: UInt64

  /// Creates a digest from its two halves.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the canonical form, 32 hexadecimal digits; nil for anything else.
  package init?(hex: some StringProtocol) {
    let digits = hex.utf8
    guard digits.count == 32, digits.allSatisfy(Self.isHexDigit) else { return nil }
    guard let high = UInt64(hex.prefix(16), radix: 16), let low = UInt64(hex.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// Computes the digest of the UTF-8 bytes of a text.
  package init(of text: String) {
    var stream = DigestStream()
    stream.update(text)
    self = stream.digest
  }

  /// Computes the digest of bytes in memory.
  package init(of bytes: UnsafeRawBufferPointer) {
    var stream = DigestStream()
    stream.update(bytes)
    self = stream.digest
  }

  /// Computes the digest of an array of bytes.
  package init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Digest(of: $0) }
  }

  /// The canonical big-endian form: 32 lower-case hexadecimal digits.
  package var hex: String { Self.hex(high) + Self.hex(low) }

  /// The first twelve digits of `hex`, as notebooks print them.
  package var short: String { String(hex.prefix(12)) }

  private static func hex(_ half: UInt64) -> String {
    let digits = String(half, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

extension Digest: CustomStringConvertible {
  /// The canonical form.
  package var description: String { hex }
}
