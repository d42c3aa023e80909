import Tensors
import Testing

@testable import Tasks

@Suite("Padding and finite sets") struct DataOptionTests {
  private func examples(_ batch: Batch) -> [Example] {
    batch.layout.segments.flatMap { segment in
      (0..<segment.batch).map { index in
        let first = segment.firstRow + index * segment.length
        let places = first..<first + segment.length
        return Example(input: Array(batch.inputs[places]), target: Array(batch.labels[places]))
      }
    }
  }

  private func data(
    _ task: any SymbolTask,
    bins: [Int] = [16],
    batch: Int = 40,
    _ options: DataOptions
  ) throws -> SymbolData {
    try SymbolData(task: task, bins: bins, batchSize: batch, options: options)
  }

  private func blanksBefore(_ symbols: [Int32]) -> Int { symbols.prefix { $0 == 0 }.count }

  @Test("padding moves the same examples, input and target alike", arguments: Padding.allCases)
  func padding(padding: Padding) throws {
    let source = RandomSource(seed: 18)
    let plain = try data(Sorting(), bins: [8, 16], DataOptions())
    let moved = try data(Sorting(), bins: [8, 16], DataOptions(padding: padding))
    var differs = false
    for step in 1...10 {
      let pairs = zip(
        examples(plain.trainingBatch(step: step, source: source)),
        examples(moved.trainingBatch(step: step, source: source))
      )
      for (before, after) in pairs {
        #expect(before.input.filter { $0 != 0 } == after.input.filter { $0 != 0 })
        #expect(before.target.filter { $0 != 0 } == after.target.filter { $0 != 0 })
        #expect(after.input.map { $0 == 0 } == after.target.map { $0 == 0 }, "the same places")
        differs = differs || before.input != after.input
        if padding == .front {
          let symbols = after.input.drop { $0 == 0 }
          #expect(!symbols.prefix(before.input.count { $0 != 0 }).contains(0))
        }
      }
    }
    #expect(differs == (padding != .end))
  }

  @Test("all shifts are equally frequent, as far as the longer side leaves room")
  func shifts() throws {
    var random = RandomSource(seed: 19).stream(.padding)
    let example = Example(input: [1, 2, 3, 4, 5], target: [6, 7])
    var counts = [Int](repeating: 0, count: 4)
    for _ in 0..<4000 {
      let moved = Padding.front.applied(to: example, length: 8, using: &random)
      #expect(blanksBefore(moved.input) == blanksBefore(moved.target))
      counts[blanksBefore(moved.input)] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 1000) < 150 })
  }

  @Test("dispersed blanks stand at all places, and lengths are equally frequent")
  func dispersed() throws {
    var random = RandomSource(seed: 20).stream(.padding)
    let example = Example(input: [1, 2], target: [3])
    var counts: [[Int32]: Int] = [:]
    for _ in 0..<6000 {
      let moved = Padding.dispersed.applied(to: example, length: 4, using: &random)
      #expect(moved.input.count == moved.target.count)
      #expect(moved.target.firstIndex(of: 3) == moved.input.firstIndex(of: 1))
      counts[moved.input, default: 0] += 1
    }
    // Lengths 2, 3 and 4 with 1, 3 and 6 choices of places.
    #expect(counts.count == 10)
    for (input, count) in counts {
      let expected = 2000 / [2: 1.0, 3: 3, 4: 6][input.count, default: 1]
      #expect(abs(Double(count) - expected) < 6 * expected.squareRoot())
    }
  }

  @Test("a finite set holds so many different inputs of each length and is met again and again")
  func finite() throws {
    let source = RandomSource(seed: 21)
    let data = try data(Sorting(), bins: [8], DataOptions(count: 12))
    var met: [Int: Set<[Int32]>] = [:]
    for step in 1...60 {
      for example in examples(data.trainingBatch(step: step, source: source)) {
        let input = Array(data.task.trimmed(example.input))
        #expect(Array(data.task.trimmed(example.target)) == input.sorted())
        met[input.count, default: []].insert(input)
      }
    }
    // There are 11 inputs of length 1.
    #expect(met.mapValues(\.count) == [1: 11, 2: 12, 3: 12, 4: 12, 5: 12, 6: 12, 7: 12, 8: 12])
    let again = try self.data(Sorting(), bins: [8], DataOptions(count: 12))
    #expect(
      again.trainingBatch(step: 60, source: source).inputs
        == data.trainingBatch(step: 60, source: source).inputs,
      "a function of seed and step"
    )
    let other = again.trainingBatch(step: 60, source: RandomSource(seed: 22)).inputs
    #expect(other != data.trainingBatch(step: 60, source: source).inputs)
  }

  @Test("each requested length has a set of its own, of which short ones give up after 20 repeats")
  func requests() throws {
    let source = RandomSource(seed: 23)
    let stored = StoredExamples(task: Addition(.binary), count: 1000, longest: 16)
    func size(_ request: Int) -> Int {
      stored.set(of: request, source: source).count
    }
    #expect(size(3) <= 4 && size(4) <= 4 && size(5) <= 16 && size(7) <= 64)
    #expect(size(3) >= 3 && size(7) >= 50)
    #expect(size(15) == 1000 && size(16) == 1000)
    let first = stored.set(of: 15, source: source)
    let second = stored.set(of: 16, source: source)
    #expect(first.attempts != second.attempts || first.hashes != second.hashes)
  }

  @Test("tests and validations keep clear of stored inputs as far as possible")
  func heldOut() throws {
    let source = RandomSource(seed: 24)
    // Of 11^2 inputs of length 2, a hundred are stored.
    let data = try data(Sorting(), bins: [4, 8], DataOptions(count: 100))
    let stored = StoredExamples(task: Sorting(), count: 100, longest: 8)
    var redrawn = 0
    for length in 2...8 {
      for index in 0..<60 {
        let example = data.testExample(above: 0, upTo: length, index: index, source: source)
        #expect(!stored.contains(example.input, source: source))
        let plain = data.task.testExample(above: 0, upTo: length, index: index, source: source)
        if example != plain { redrawn += 1 }
      }
    }
    #expect(redrawn > 30)
    for example in data.freshExamples(bin: 8, from: 0, count: 60, source: source) {
      #expect(!stored.contains(example.input, source: source))
    }
    let only = data.testExample(above: 0, upTo: 1, index: 0, source: source)
    #expect(only.input.count == 1, "all inputs of length 1 are stored")
  }

  @Test("making a set can be interrupted, and more than fits is refused")
  func limits() throws {
    struct Stop: Error {}
    let data = try data(Sorting(), bins: [64], DataOptions(count: 10_000))
    var calls = 0
    #expect(throws: Stop.self) {
      _ = try data.trainingBatch(step: 1, source: RandomSource(seed: 1)) {
        calls += 1
        if calls > 500 { throw Stop() }
      }
    }
    #expect(throws: SymbolDataError.tooManyStored(count: 256, bin: 1 << 16)) {
      try self.data(Sorting(), bins: [1 << 16], DataOptions(count: 257))
    }
    #expect(
      throws: SymbolDataError.alphabetTooSmall(task: "memory_indexing", bin: 512, symbols: 769)
    ) {
      try self.data(MemoryIndexing(), bins: [8, 512], DataOptions())
    }
  }
}
