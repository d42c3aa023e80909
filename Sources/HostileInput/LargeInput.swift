import Foundation

/// An input of megabytes made from a small one, which reveals disproportionate use of time or memory.
package struct LargeInput: Sendable {
  /// A description of its construction.
  package let name: String
  /// Returns its bytes, about as many as requested.
  package let bytes: @Sendable (_ size: Int) -> [UInt8]

  /// Returns the inputs of a kind.
  ///
  /// - Parameters:
  ///   - seeds: small inputs with their names, such as a corpus.
  ///   - stutters: the number of places in each seed at which a part is repeated.
  package static func all(
    _ kind: FileKind,
    seeds: [(name: String, bytes: [UInt8])],
    stutters: Int
  ) -> [LargeInput] {
    var inputs = [0x00, 0x20, 0x5B, 0x7B, 0x80, 0xFF].map { byte in
      LargeInput(name: "bytes \(byte)") { [UInt8](repeating: UInt8(byte), count: $0) }
    }
    for seed in seeds where !seed.bytes.isEmpty {
      inputs.append(
        LargeInput(name: "\(seed.name), repeated") { size in
          stuttered(seed.bytes, 0..<seed.bytes.count, size: size)
        }
      )
      for part in parts(of: seed.bytes, areLines: kind.hasLines, count: stutters) {
        inputs.append(
          LargeInput(name: "\(seed.name), bytes \(part.lowerBound) to \(part.upperBound) repeated")
          {
            stuttered(seed.bytes, part, size: $0)
          }
        )
      }
    }
    return inputs + kind.wellFormed
  }

  /// Returns bytes with a part repeated until they have the given size.
  private static func stuttered(_ bytes: [UInt8], _ part: Range<Int>, size: Int) -> [UInt8] {
    var large = Array(bytes[..<part.upperBound])
    large.reserveCapacity(size + bytes.count)
    while large.count < size { large += bytes[part] }
    return large + bytes[part.upperBound...]
  }

  /// Returns parts spread over an input: lines and words of text, otherwise a few bytes.
  private static func parts(of bytes: [UInt8], areLines: Bool, count: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    if areLines {
      var start = 0
      for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        let end = min(start + line.count + 1, bytes.count)
        if end > start { parts.append(start..<end) }
        start = end
      }
      parts += bytes.split(separator: 0x20).map { $0.startIndex..<$0.endIndex }
    } else {
      parts = bytes.indices.map { $0..<min($0 + [1, 3, 4, 12][$0 % 4], bytes.count) }
    }
    guard parts.count > count else { return parts }
    return (0..<count).map { parts[$0 * parts.count / count] }
  }
}

extension FileKind {
  /// True if it is text in lines.
  fileprivate var hasLines: Bool {
    switch self {
    case .script, .evaluation, .notebook, .labels, .notes, .vectors, .passages, .pairs: true
    case .safetensors, .npy, .npz, .bundle, .table, .sound, .midi: false
    }
  }
}
