import Tensors

/// The exact number of occurrences of each score, in a few bits per score.
///
/// A Float32 has a 32-bit key that orders it. Scores are stored in 2^16 buckets by the upper halves of their keys, see
/// `ScoreBucket`: n scores take at most n + 2^32 bits, and little more than n if they are close together like those of
/// a network.
struct ScoreCounts: Sendable {
  /// The number of possible upper halves of keys.
  static let bucketCount = 1 << 16
  /// The number of keys that are collected before a pass over the buckets sorts them in.
  private static let pendingLimit = 1 << 24
  /// The number of parts of the buckets that threads work on.
  private static let parts = 256

  private var pending: [UInt32] = []
  private var buckets: [ScoreBucket] = []
  private var sorted = 0

  /// The number of scores counted.
  var count: Int { sorted + pending.count }

  /// Counts scores by their keys.
  mutating func append(_ keys: UnsafeBufferPointer<UInt32>) {
    precondition(keys.count <= Self.pendingLimit, "keys come in portions")
    if pending.count + keys.count > Self.pendingLimit { sortIn() }
    pending.append(contentsOf: keys)
  }

  /// Adds the scores counted by another.
  mutating func add(_ other: ScoreCounts) {
    other.pending.withUnsafeBufferPointer { append($0) }
    let room = ScoreBucket.slots
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * room) { memory in
      guard let counts = memory.baseAddress else { return }
      let keys = UnsafeMutableBufferPointer(rebasing: memory[room...])
      for (upper, bucket) in other.buckets.enumerated() where bucket.count > 0 {
        counts.update(repeating: 0, count: room)
        bucket.tally(into: counts)
        while true {
          let taken = rse_take_keys(counts, UInt32(upper), room, keys.baseAddress)
          if taken == 0 { break }
          append(UnsafeBufferPointer(rebasing: keys[..<taken]))
        }
      }
    }
  }

  /// Returns the buckets after sorting in all scores.
  mutating func sortedBuckets() -> [ScoreBucket] {
    sortIn()
    return buckets
  }

  private mutating func sortIn() {
    if buckets.isEmpty {
      buckets = [ScoreBucket](repeating: ScoreBucket(), count: Self.bucketCount)
    }
    guard !pending.isEmpty else { return }
    var ends = [UInt32](repeating: 0, count: Self.bucketCount)
    let lows = [UInt16](unsafeUninitializedCapacity: pending.count) { buffer, count in
      rse_part_keys(pending.count, pending, &ends, buffer.baseAddress)
      count = pending.count
    }
    sorted += pending.count
    pending.removeAll(keepingCapacity: true)
    buckets.withUnsafeMutableBufferPointer { buckets in
      lows.withUnsafeBufferPointer { lows in
        ends.withUnsafeBufferPointer { ends in
          // Each part changes its own buckets.
          Self.forEachPart { range, counts in
            for upper in range {
              let start = upper == 0 ? 0 : Int(ends[upper - 1])
              let new = UnsafeBufferPointer(rebasing: lows[start..<Int(ends[upper])])
              if !new.isEmpty { buckets[upper].add(new, counts: counts) }
            }
          }
        }
      }
    }
  }

  /// Runs `body` for ranges of buckets, several at a time, each with a buffer for the counts of a bucket.
  static func forEachPart(_ body: (Range<Int>, UnsafeMutablePointer<UInt32>) -> Void) {
    WorkerPool.shared.run(parts: parts) { part in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ScoreBucket.slots) { counts in
        let size = bucketCount / parts
        if let counts = counts.baseAddress { body(part * size..<(part + 1) * size, counts) }
      }
    }
  }
}
