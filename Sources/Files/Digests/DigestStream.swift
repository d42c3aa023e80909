import CXXHash

/// Digests a sequence of chunks; the boundaries between chunks do not matter.
package struct DigestStream: ~Copyable {
  private let state: OpaquePointer

  /// Starts a digest of no bytes.
  package init() {
    guard let state = XXH3_createState() else {
      preconditionFailure("no memory for the state of a digest")
    }
    self.state = state
    XXH3_128bits_reset(state)
  }

  deinit {
    XXH3_freeState(state)
  }

  /// Appends bytes in memory.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0 else { return }
    XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
  }

  /// Appends the in-memory bytes of typed elements.
  package mutating func update<Element: BitwiseCopyable>(_ elements: UnsafeBufferPointer<Element>) {
    update(UnsafeRawBufferPointer(elements))
  }

  /// Appends the in-memory bytes of typed elements.
  package mutating func update<Element: BitwiseCopyable>(_ elements: [Element]) {
    elements.withUnsafeBytes { update($0) }
  }

  /// Appends the UTF-8 bytes of a text.
  package mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Appends an integer as eight bytes, least significant first.
  package mutating func update(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { update($0) }
  }

  /// The digest of everything appended so far; more may be appended afterwards.
  package var digest: Digest {
    let hash = XXH3_128bits_digest(state)
    return Digest(high: hash.high64, low: hash.low64)
  }
}
