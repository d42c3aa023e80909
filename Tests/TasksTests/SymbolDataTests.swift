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
}
