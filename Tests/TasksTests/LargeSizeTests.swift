import Tensors
import Testing

@testable import Tasks

@Suite("Long inputs") struct LargeSizeTests {
  private static let linearTasks = TaskCatalog.tasks.map(\.name).filter { name in
    !["bmul", "mul", "qmul", "mulbcd", "div", "memory_indexing"].contains(name)
  }

  @Test("inputs of 2^20 symbols are made and answered", arguments: linearTasks)
  func linear(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    let length = try #require(task.inputLength(requesting: 1 << 20))
    var random = RandomSource(seed: 14).stream(.testData)
    let input = task.input(length: length, using: &random)
    #expect(input.count == length && length >= (1 << 20) - 1)
    #expect(!task.target(of: input).isEmpty)
  }

  @Test("data have lengths up to 2^20")
  func bins() throws {
    let data = try SymbolData(task: Sorting(), bins: [1 << 20], batchSize: 1)
    let batch = data.trainingBatch(step: 1, source: RandomSource(seed: 1))
    #expect(batch.labels.count == 1 << 20)
    let size = try #require(batch.inputs.lastIndex { $0 != 0 }) + 1
    #expect(batch.labels[0] == 1 && batch.labels[size - 1] == 11)
  }

  @Test("a memory of 2^19 addresses is read")
  func memory() throws {
    let task = MemoryIndexing(symbols: 3 * (1 << 19) + 1)
    var random = RandomSource(seed: 15).stream(.testData)
    let input = task.input(length: 1 << 20, using: &random)
    #expect(Set(input).count == 1 << 20)
    #expect(task.target(of: input).count == 1 << 19)
    #expect(MemoryIndexing().symbolsNeeded(forLength: 1 << 20) == 3 * (1 << 19) + 1)
  }

  @Test("targets of long inputs are those of simple computations", arguments: [37, 256, 1500])
  func simple(length: Int) throws {
    var random = RandomSource(seed: 16).stream(.testData, UInt64(length))
    let input = Sorting().input(length: length, using: &random)
    #expect(Sorting().target(of: input) == input.sorted())
    #expect(Reversal().target(of: input) == input.reversed())
    let even = Array(input.prefix(length / 2 * 2))
    let pairs = stride(from: 0, to: even.count, by: 2).map { [even[$0], even[$0 + 1]] }
    let byKey = (1...11 as ClosedRange<Int32>).map { key in pairs.filter { $0[0] == key } }
    #expect(PairSorting().target(of: even) == Array(byKey.joined().joined()))
    #expect(PairReversal().target(of: even) == Array(pairs.reversed().joined()))
    let digits = String(length - 1, radix: 2).count
    let shuffled = (0..<length).map { index in
      let text = String(index, radix: 2)
      let padded = String(repeating: "0", count: digits - text.count) + text
      return input[(Int(String(padded.reversed()), radix: 2) ?? 0) % length]
    }
    #expect(BitReversal().target(of: input) == shuffled)
  }

  @Test("brackets are told apart as by taking out pairs", arguments: [2, 16, 120])
  func brackets(length: Int) throws {
    var random = RandomSource(seed: 17).stream(.testData, UInt64(length))
    for _ in 0..<20 {
      let input = Brackets().input(length: length, using: &random)
      let open = BracketCompletion().input(length: length, using: &random)
      func reduced(_ symbols: [Int32]) -> String {
        var text = Bracket.text(symbols)
        while text.contains("()") || text.contains("[]") {
          text = text.replacing("()", with: "").replacing("[]", with: "")
        }
        return text
      }
      #expect((Brackets().target(of: input) == [2]) == reduced(input).isEmpty)
      let target = BracketCompletion().target(of: open)
      #expect(!target.isEmpty && reduced(open + target).isEmpty)
    }
  }
}
