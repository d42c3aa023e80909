import CKernels

/// The purpose of random numbers; streams of different purposes never overlap.
package enum RandomPurpose: UInt32, CaseIterable, Sendable {
  case initialValues = 1
  case trainingData = 2
  case testData = 3
  case dropout = 4
  case examples = 5
  case heldOutSplit = 6
  case padding = 7
  case storedExamples = 8
  case music = 9
  case permutations = 10

  /// The augmentation of music windows; shares the number of `padding`, which music does not use. Trained models depend
  /// on it.
  package static let augmentation = padding
}

/// Counter-based randomness: every number is a function of (seed, purpose, counters), never of earlier draws elsewhere.
///
/// The generator is Philox 4×32 with 10 rounds (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011).
package struct RandomSource: Hashable, Sendable {
  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// Returns the stream of numbers for one purpose and one pair of counters, such as a step and an index.
  package func stream(
    _ purpose: RandomPurpose,
    _ major: UInt64 = 0,
    _ minor: UInt32 = 0
  ) -> RandomStream {
    // A seed and a step of 64 bits each, a purpose, an index: the step and the seed key the stream, the
    // rest forms its counter. The step enters through one block of the seed's own generator.
    let key = Philox.block(
      counter: (UInt32(truncatingIfNeeded: major), UInt32(truncatingIfNeeded: major >> 32), 0, 0),
      key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    )
    return RandomStream(
      key: (key.0, key.1),
      high: (minor, purpose.rawValue ^ key.2)
    )
  }
}

/// A sequence of random numbers that is the same each time it is requested.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private var state: rse_random_stream

  init(key: (UInt32, UInt32), high: (UInt32, UInt32)) {
    state = rse_random_stream(position: 0, key: key, high: high, block: (0, 0, 0, 0), unread: 0)
  }

  /// Returns 32 random bits.
  package mutating func next32() -> UInt32 { rse_random_next(&state) }

  /// Returns 64 random bits.
  package mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return low | UInt64(next32()) << 32
  }

  /// Returns an unbiased random integer in 0 ..< bound.
  package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max), "bound in 1 ..< 2^32")
    return Int(rse_random_index(&state, UInt32(bound)))
  }

  /// Returns a number in [0, 1) with 53 random bits.
  package mutating func uniformDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns symbols in 1 … `largest`, each drawn like `index(below: largest) + 1`.
  package mutating func symbols(_ count: Int, upTo largest: Int) -> [Int32] {
    precondition(largest > 0 && largest <= Int(Int32.max), "symbols from 1 to 2^31 − 1")
    return array(count) { rse_random_symbols(&$0, UInt32(largest), Int32(count), $1) }
  }

  /// Returns symbols in 1 … 2^bits, each 1 more than the low bits of one `next32()`.
  package mutating func symbols(_ count: Int, bits: Int) -> [Int32] {
    precondition(bits >= 0 && bits < 31, "0 … 30 bits")
    return array(count) { rse_random_bits(&$0, UInt32(1) << UInt32(bits) - 1, Int32(count), $1) }
  }

  private mutating func array(
    _ count: Int,
    _ fill: (inout rse_random_stream, UnsafeMutablePointer<Int32>) -> Void
  ) -> [Int32] {
    precondition(count >= 0 && count <= Int(Int32.max), "a count of 31 bits")
    return [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      // An empty array may have no address; there is nothing to fill then.
      if let start = buffer.baseAddress { fill(&state, start) }
      filled = count
    }
  }
}

/// The block function of Philox 4×32-10.
enum Philox {
  typealias Block = (UInt32, UInt32, UInt32, UInt32)

  static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
    var block: Block = (0, 0, 0, 0)
    let counter = [counter.0, counter.1, counter.2, counter.3]
    withUnsafeMutableBytes(of: &block) { bytes in
      // A tuple of four words has no padding.
      let words = bytes.bindMemory(to: UInt32.self)
      rse_philox_block(counter, [key.0, key.1], words.baseAddress)
    }
    return block
  }
}
