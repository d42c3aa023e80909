import Tensors

/// Scores whose keys have the same upper half, by the lower halves of their keys.
///
/// Few scores are listed; many are counted in unary: for each of the 2^16 lower halves as many ones as it has scores,
/// then a zero.
struct ScoreBucket: Sendable {
  /// The number of possible lower halves of keys.
  static let slots = 1 << 16
  /// The number of scores up to which a list is the shorter form.
  private static let listLimit = 4096

  /// The number of scores.
  private(set) var count = 0
  /// Lower halves, four to a word, or counts in unary.
  private var words: [UInt64] = []

  /// Adds the scores to the counts of their slots.
  func tally(into counts: UnsafeMutablePointer<UInt32>) {
    words.withUnsafeBufferPointer { words in
      guard let code = words.baseAddress else { return }
      if count > Self.listLimit {
        rse_add_unary(words.count, code, counts)
      } else {
        // A word is four lower halves in the order of the machine's memory.
        UnsafeRawPointer(code).withMemoryRebound(to: UInt16.self, capacity: count) {
          rse_tally(count, $0, counts)
        }
      }
    }
  }

  /// Adds scores by the lower halves of their keys; `counts` is a buffer with one count per slot.
  mutating func add(
    _ lows: UnsafeBufferPointer<UInt16>,
    counts: UnsafeMutablePointer<UInt32>
  ) {
    let total = count + lows.count
    if total > Self.listLimit {
      counts.update(repeating: 0, count: Self.slots)
      tally(into: counts)
      rse_tally(lows.count, lows.baseAddress, counts)
      let size = (total + Self.slots + 63) / 64
      // The old words are released before the new ones are allocated, so that both are never held.
      words = []
      words = [UInt64](unsafeUninitializedCapacity: size) { buffer, initialized in
        rse_write_unary(counts, size, buffer.baseAddress)
        initialized = size
      }
    } else {
      words.append(contentsOf: repeatElement(0, count: (total + 3) / 4 - words.count))
      words.withUnsafeMutableBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: bytes[(2 * count)...])
          .copyMemory(from: UnsafeRawBufferPointer(lows))
      }
    }
    count = total
  }
}
