import Testing

@testable import Tensors

@Suite struct RandomSourceTests {
  @Test("Philox 4×32-10 gives the authors' known answers")
  func knownAnswers() {
    let zeros = Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
    #expect(
      [zeros.0, zeros.1, zeros.2, zeros.3] == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
    )
    let ones = Philox.block(
      counter: (.max, .max, .max, .max),
      key: (.max, .max)
    )
    #expect(
      [ones.0, ones.1, ones.2, ones.3] == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    )
    let pi = Philox.block(
      counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: (0xa409_3822, 0x299f_31d0)
    )
    #expect([pi.0, pi.1, pi.2, pi.3] == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test("a stream depends on seed, purpose and counters, not on what was drawn before")
  func streams() {
    func first(_ seed: UInt64, _ purpose: RandomPurpose, _ major: UInt64, _ minor: UInt32) -> UInt64
    {
      var stream = RandomSource(seed: seed).stream(purpose, major, minor)
      return stream.next()
    }
    let base = first(1, .trainingData, 3, 4)
    #expect(first(1, .trainingData, 3, 4) == base)
    #expect(first(2, .trainingData, 3, 4) != base)
    #expect(first(1, .testData, 3, 4) != base)
    #expect(first(1, .trainingData, 4, 4) != base)
    #expect(first(1, .trainingData, 3, 5) != base)
  }

  @Test("the streams of all purposes differ at the same seed and counters")
  func purposes() {
    for seed: UInt64 in [0, 1, .max] {
      let source = RandomSource(seed: seed)
      for (major, minor) in [(0, 0), (1, 0), (0, 1), (.max, .max)] as [(UInt64, UInt32)] {
        // Also not those of each other one step, one index or one number later.
        var owners: [UInt32: RandomPurpose] = [:]
        for purpose in RandomPurpose.allCases {
          for (step, index) in [(major, minor), (major &+ 1, minor), (major, minor &+ 1)] {
            var stream = source.stream(purpose, step, index)
            for _ in 0..<8 {
              let owner = owners.updateValue(purpose, forKey: stream.next32())
              #expect(owner == nil, "\(purpose) and \(String(describing: owner))")
            }
          }
        }
      }
    }
  }

  @Test("symbols in one call are those drawn one by one", arguments: [1, 2, 11, 4096])
  func symbols(largest: Int) {
    var together = RandomSource(seed: 8).stream(.testData)
    var single = together
    #expect(together.symbols(0, upTo: largest) == [])
    let first = together.symbols(7, upTo: largest)
    #expect(first == (0..<7).map { _ in Int32(single.index(below: largest)) + 1 })
    #expect(together.symbols(9, bits: 2) == (0..<9).map { _ in Int32(single.next32() & 3) + 1 })
    #expect(together.next() == single.next())
  }

  @Test("numbers below a bound are equally frequent", arguments: [2, 3, 11, 1000])
  func indices(bound: Int) {
    var stream = RandomSource(seed: 7).stream(.testData)
    var counts = [Int](repeating: 0, count: bound)
    let draws = 200 * bound
    for _ in 0..<draws { counts[stream.index(below: bound)] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + pow2(Double($1) - 200) / 200 }
    #expect(chiSquare < Double(bound) + 5 * (2 * Double(bound)).squareRoot())
  }

  private func pow2(_ x: Double) -> Double { x * x }

  @Test("normal numbers have mean 0 and deviation 1; the truncated ones stay within 2")
  func normal() {
    var stream = RandomSource(seed: 8).stream(.testData)
    let numbers = (0..<40_000).map { _ in stream.normal() }
    let mean = numbers.reduce(0, +) / 40_000
    let variance = numbers.reduce(0) { $0 + $1 * $1 } / 40_000
    #expect(abs(mean) < 0.03 && abs(variance - 1) < 0.05)
    #expect((0..<5_000).allSatisfy { _ in abs(stream.truncatedNormal()) <= 2 })
  }
}
