import CSodium

/// Signs messages with a key, so that only those who know it can use a kernel: HMAC-SHA256 over header, parent header,
/// metadata and content, in hexadecimal digits.
package struct MessageSigner: Sendable {
  private let key: [UInt8]

  /// - Parameter key: the key; empty for messages without signatures.
  package init(key: String) { self.key = Array(key.utf8) }

  /// Returns the signature of consecutive parts; empty without a key.
  package func signature<Parts: Sequence<[UInt8]>>(of parts: Parts) -> [UInt8] {
    guard !key.isEmpty else { return [] }
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key, key.count)
    for part in parts { crypto_auth_hmacsha256_update(&state, part, UInt64(part.count)) }
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256_final(&state, &digest)
    return digest.flatMap { byte in [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]] }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Returns true if a signature matches the parts; compares in constant time.
  package func isValid<Parts: Sequence<[UInt8]>>(_ signature: [UInt8], of parts: Parts) -> Bool {
    let own = self.signature(of: parts)
    return own.count == signature.count
      && (own.isEmpty || sodium_memcmp(own, signature, own.count) == 0)
  }
}
