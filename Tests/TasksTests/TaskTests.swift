import Foundation
import Tasks
import Tensors
import Testing

/// The original's samples: per task and requested length, pairs of input and target.
private struct Samples: Decodable {
  struct Task: Decodable {
    let n_input: Int
    let samples: [String: [[[Int32]]]]
  }

  let tasks: [String: Task]

  static func load() throws -> Samples {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("task_samples.json")
    return try JSONDecoder().decode(Samples.self, from: Data(contentsOf: url))
  }
}

@Suite struct TaskTests {
  @Test(
    "the original's inputs give the original's targets",
    arguments: TaskCatalog.tasks.map(\.name)
  )
  func targets(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    let samples = try #require(try Samples.load().tasks[name])
    #expect(task.inputSymbols == samples.n_input)
    for (requested, pairs) in samples.samples {
      for pair in pairs {
        #expect(task.target(of: pair[0]) == pair[1])
        #expect(task.inputLength(requesting: Int(requested) ?? 0) == pair[0].count)
      }
    }
  }

  @Test("drawn inputs have the original's form", arguments: TaskCatalog.tasks.map(\.name))
  func inputs(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    var random = RandomSource(seed: 1).stream(.testData)
    for request in [3, 8, 13, 64] {
      let length = try #require(task.inputLength(requesting: request))
      let input = task.input(length: length, using: &random)
      #expect(input.count == length && length <= request)
      #expect(input.allSatisfy { $0 > 0 && Int($0) < task.inputSymbols })
      #expect(task.target(of: input).allSatisfy { $0 > 0 && Int($0) < task.outputSymbols })
    }
  }

  @Test(
    "an input written as a question is that input again",
    arguments: TaskCatalog.tasks.map(\.name)
  )
  func questions(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    var random = RandomSource(seed: 3).stream(.testData)
    for request in 3...40 {
      let length = try #require(task.inputLength(requesting: request))
      let input = task.input(length: length, using: &random)
      #expect(try task.input(asking: task.question(input)) == input)
    }
  }

  @Test("addition draws both binary digits equally often and puts the sign in the middle")
  func additionDigits() {
    var random = RandomSource(seed: 2).stream(.testData)
    var ones = 0
    for _ in 0..<500 {
      let input = BinaryAddition().input(length: 63, using: &random)
      #expect(input[31] == 11 && input.count { $0 == 11 } == 1)
      ones += input.count { $0 == 2 }
    }
    #expect(abs(Double(ones) / (500 * 62) - 0.5) < 0.02)
  }

  @Test(
    "sums are asked and answered as people write them",
    arguments: [
      ("1011 + 110", "10001"), ("0+0", "0"), ("1+1", "10"), ("1 1 1 1 + 1", "10000"),
      ("110+1011", "10001"),
    ]
  )
  func sums(question: String, answer: String) throws {
    let task = BinaryAddition()
    let input = try task.input(asking: question)
    #expect(task.answer(task.target(of: input) + [0, 0]) == answer)
  }

  @Test(
    "questions of another form are refused",
    arguments: ["", "1011", "1 + 2", "1 +", "+ 1", "1 + 1 + 1", "a + b", "1 - 1"]
  )
  func badSums(question: String) {
    #expect(throws: QuestionError.self) { try BinaryAddition().input(asking: question) }
  }

  @Test("numbers to sort are asked and answered as people write them")
  func sorting() throws {
    let input = try Sorting().input(asking: "3, 1 2")
    #expect(Sorting().answer(Sorting().target(of: input)) == "1 2 3")
    #expect(Reversal().answer(Reversal().target(of: input)) == "2 1 3")
    for bad in ["", "0", "12", "x", "-1", "99999999999"] {
      #expect(throws: QuestionError.self) { try Sorting().input(asking: bad) }
    }
  }
}

@Suite struct SymbolDataTests {
  @Test("bins hold the lengths and shares of the original's")
  func lengths() throws {
    let data = try SymbolData(task: BinaryAddition(), bins: [8, 16, 32, 64], batchSize: 500)
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
      try SymbolData(task: BinaryAddition(), bins: [2, 8], batchSize: 4)
    }
  }
}
