import Tensors
import Testing

@testable import Tasks

@Suite struct SymbolDataTests {
  @Test("bins hold the lengths and shares of the original's")
  func lengths() throws {
    let data = try SymbolData(task: Addition(.binary), bins: [8, 16, 32, 64], batchSize: 500)
    var counts: [Int: [Int: Int]] = [:]
    for step in 1...20 {
      let batch = data.trainingBatch(step: step, source: RandomSource(seed: 3))
      for segment in batch.layout.segments {
        for example in 0..<segment.batch {
          let first = segment.firstRow + example * segment.length
          let input = batch.inputs[first..<first + segment.length]
          counts[segment.length, default: [:]][input.count { $0 != 0 }, default: 0] += 1
        }
      }
    }
    #expect(Set(counts[8, default: [:]].keys) == [3, 5, 7])
    // 2·4, 2·16 and 2·64 stored examples.
    #expect(abs(Double(counts[8]?[7] ?? 0) / 10_000 - 128.0 / 168) < 0.02)
    #expect(abs(Double(counts[8]?[3] ?? 0) / 10_000 - 8.0 / 168) < 0.01)
    let own = counts[64, default: [:]].filter { $0.key > 32 }
    #expect(Set(own.keys) == Set(stride(from: 33, through: 63, by: 2)))
    let extra = 1 - Double(own.values.reduce(0, +)) / 10_000
    #expect(abs(extra - 0.05 / 1.05) < 0.01, "a twenty-first comes from shorter bins")
  }

  @Test("a batch is a function of seed and step")
  func repeatable() throws {
    let data = try SymbolData(task: Sorting(), bins: [16, 8], batchSize: 4)
    let source = RandomSource(seed: 5)
    #expect(
      data.trainingBatch(step: 9, source: source).inputs
        == data.trainingBatch(step: 9, source: source).inputs
    )
    #expect(
      data.trainingBatch(step: 9, source: source).inputs
        != data.trainingBatch(step: 10, source: source).inputs
    )
  }

  @Test("a bin that no input fits is refused")
  func emptyBin() {
    #expect(throws: SymbolDataError.emptyBin(task: "badd", bin: 2)) {
      try SymbolData(task: Addition(.binary), bins: [2, 8], batchSize: 4)
    }
  }

  /// Validation example i and training step i have the same counters, so that only their purposes
  /// keep them apart. Inputs are so long that no two are equal by chance.
  @Test("training, validation, tests and stored examples share no example", arguments: [nil, 50])
  func disjointUses(stored: Int?) throws {
    let source = RandomSource(seed: 5)
    var uses: [String: Set<[Int32]>] = [:]
    let data = try SymbolData(
      task: Sorting(),
      bins: [64],
      batchSize: 1,
      options: DataOptions(padding: .end, count: stored)
    )
    func isLong(_ input: [Int32]) -> Bool { input.count { $0 != 0 } > 16 }
    let trained = (0..<60).map { data.trainingBatch(step: $0, source: source).inputs }
    uses["training"] = Set(trained.map { Array($0.prefix { $0 != 0 }) }.filter(isLong))
    uses["validation"] = Set(
      data.freshExamples(bin: 64, from: 0, count: 60, source: source).map(\.input).filter(isLong)
    )
    for length in 17...64 {
      for index in 0..<60 {
        let example = data.testExample(above: 0, upTo: length, index: index, source: source)
        uses["test", default: []].insert(example.input)
      }
    }
    let names = uses.keys.sorted()
    for (index, name) in names.enumerated() {
      for other in names.dropFirst(index + 1) {
        #expect(
          uses[name, default: []].isDisjoint(with: uses[other, default: []]),
          "\(name), \(other)"
        )
      }
    }
    #expect(uses["training"]?.count ?? 0 > 30 && uses["validation"]?.count ?? 0 > 30)
  }

  @Test("stored examples are drawn for themselves, not from the numbers of any other purpose")
  func storedStream() {
    let source = RandomSource(seed: 5)
    let stored = StoredExamples(task: Sorting(), count: 40, longest: 40)
    let set = stored.set(of: 40, source: source)
    #expect(set.count == 40)
    for purpose in RandomPurpose.allCases {
      let found = (0..<40).count { attempt in
        var stream = source.stream(purpose, UInt64(attempt), 40)
        let example = Sorting().example(length: 40, using: &stream)
        return stored.contains(example.input, source: source)
      }
      #expect(found == (purpose == .storedExamples ? 40 : 0), "\(purpose)")
    }
  }

  @Test("steps, lengths and places of a batch have numbers of their own")
  func disjointBatches() throws {
    let source = RandomSource(seed: 6)
    // Two lengths, of which the longer holds the shorter one's examples now and then, but not the
    // same ones.
    let data = try SymbolData(task: Reversal(), bins: [32, 64], batchSize: 8)
    var seen: Set<[Int32]> = []
    for step in 0..<30 {
      let batch = data.trainingBatch(step: step, source: source)
      for segment in batch.layout.segments {
        for example in 0..<segment.batch {
          let first = segment.firstRow + example * segment.length
          let input = Array(batch.inputs[first..<first + segment.length].prefix { $0 != 0 })
          guard input.count > 12 else { continue }
          #expect(seen.insert(input).inserted, "step \(step), length \(segment.length)")
        }
      }
    }
    #expect(seen.count > 300)
  }

  @Test(
    "the places of examples are drawn for themselves, not from the numbers of any other purpose"
  )
  func paddingStream() throws {
    let (moved, plain) = try (
      SymbolData(
        task: Sorting(),
        bins: [64],
        batchSize: 1,
        options: DataOptions(padding: .front)
      ),
      SymbolData(task: Sorting(), bins: [64], batchSize: 1)
    )
    let source = RandomSource(seed: 7)
    var matches: [RandomPurpose: Int] = [:]
    for step in 1...100 {
      let symbols = moved.trainingBatch(step: step, source: source).inputs
      let words = plain.trainingBatch(step: step, source: source).inputs.prefix { $0 != 0 }
      let blanks = symbols.prefix { $0 == 0 }.count
      #expect(symbols[blanks...].starts(with: words))
      for purpose in RandomPurpose.allCases {
        var stream = source.stream(purpose, UInt64(step), 0)
        if blanks == stream.index(below: 64 - words.count + 1) { matches[purpose, default: 0] += 1 }
      }
    }
    for purpose in RandomPurpose.allCases where purpose != .padding {
      #expect(matches[purpose, default: 0] < 40, "\(purpose)")
    }
    #expect(matches[.padding] == 100)
  }

  @Test("an example that is drawn again is not the next one")
  func redrawn() throws {
    // Of 11³ inputs about half are stored.
    let data = try SymbolData(
      task: Reversal(),
      bins: [4],
      batchSize: 1,
      options: DataOptions(count: 700)
    )
    let source = RandomSource(seed: 5)
    let tests = (0..<200).map {
      data.testExample(above: 2, upTo: 3, index: $0, source: source).input
    }
    #expect(zip(tests, tests.dropFirst()).count { $0 == $1 } < 6)
  }
}
