/// What random numbers are for; streams of different purposes never meet.
package enum RandomPurpose: UInt32, Sendable {
  case initialValues = 1
  case trainingData = 2
  case testData = 3
  case dropout = 4
  case examples = 5
  case heldOutSplit = 6
}

/// Counter-based randomness: every number is a function of (seed, purpose, counters), never of what was
/// drawn before elsewhere.
///
/// The generator is Philox 4×32 with 10 rounds (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011).
package struct RandomSource: Hashable, Sendable {
  package let seed: UInt64

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// The stream of numbers for one purpose and one pair of counters, such as a step and an index.
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

/// A sequence of random numbers that starts the same each time it is asked for.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: (UInt32, UInt32)
  private let high: (UInt32, UInt32)
  private var position: UInt64 = 0
  private var block: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private var unread = 0

  init(key: (UInt32, UInt32), high: (UInt32, UInt32)) {
    self.key = key
    self.high = high
  }

  /// 32 random bits.
  package mutating func next32() -> UInt32 {
    if unread == 0 {
      block = Philox.block(
        counter: (
          UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
          high.0, high.1
        ),
        key: key
      )
      position += 1
      unread = 4
    }
    unread -= 1
    switch unread {
    case 3: return block.0
    case 2: return block.1
    case 1: return block.2
    default: return block.3
    }
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return low | UInt64(next32()) << 32
  }

  /// A whole number in 0 ..< bound, without bias (Lemire's method).
  package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max), "bound in 1 ..< 2^32")
    let range = UInt64(bound)
    var product = UInt64(next32()) * range
    if UInt32(truncatingIfNeeded: product) < UInt32(bound) {
      let threshold = (UInt64(1) << 32) % range
      while UInt64(UInt32(truncatingIfNeeded: product)) < threshold {
        product = UInt64(next32()) * range
      }
    }
    return Int(product >> 32)
  }

  /// A number in [0, 1) with 53 random bits.
  package mutating func uniformDouble() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}

/// The block function of Philox 4×32-10.
enum Philox {
  typealias Block = (UInt32, UInt32, UInt32, UInt32)

  static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
    var (a, b, c, d) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let p = UInt64(a) * 0xD251_1F53
      let q = UInt64(c) * 0xCD9E_8D57
      (a, b, c, d) = (
        UInt32(q >> 32) ^ b ^ k0, UInt32(truncatingIfNeeded: q),
        UInt32(p >> 32) ^ d ^ k1, UInt32(truncatingIfNeeded: p)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (a, b, c, d)
  }
}
