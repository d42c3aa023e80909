import Tensors
import Testing

@testable import Tasks

/// The longest run of places over which a carry moves in the sum of an input, counted with the place it begins at.
private func longestCarry(_ input: [Int32], base: Int32) -> Int {
  let count = input.count / 2
  var (carry, run, longest) = (false, 0, 0)
  for place in 0..<count {
    let sum = input[place] - 1 + input[count + 1 + place] - 1
    let goesOn = carry && sum == base - 1
    carry = sum >= base || goesOn
    run = goesOn ? run + 1 : sum >= base ? 1 : 0
    longest = max(longest, run)
  }
  return longest
}

private func draws(
  _ task: any GeneratedTask,
  _ kind: Int,
  length: Int,
  count: Int = 200
) -> [[Int32]] {
  (0..<count).map { index in
    var random = RandomSource(seed: 24).stream(.examples, UInt64(index), UInt32(length))
    return task.hardKinds[kind].input(length: length, using: &random)
  }
}

@Suite struct HardInputTests {
  /// Every kind of every task, at short and long lengths, gives inputs of the task's form: of the right length, of its
  /// symbols, and such that they can be typed.
  @Test(arguments: TaskCatalog.tasks.map(\.name), [1, 2, 3, 4, 5, 8, 9, 16, 17, 31, 64, 256])
  func inputsHaveTheFormOfTheTask(name: String, requested: Int) throws {
    let task = try #require(TaskCatalog.task(named: name))
    guard let length = task.inputLength(requesting: requested) else { return }
    #expect(!task.hardKinds.isEmpty)
    for (number, kind) in task.hardKinds.enumerated() {
      for input in draws(task, number, length: length, count: 60) {
        #expect(input.count == length, "\(kind.name)")
        #expect(input.allSatisfy { 0 <= $0 && Int($0) < task.inputSymbols }, "\(kind.name)")
        #expect(try task.input(asking: task.question(input)) == input, "\(kind.name)")
        #expect(
          task.target(of: input).allSatisfy { 0 <= $0 && Int($0) < task.outputSymbols },
          "\(kind.name)"
        )
      }
    }
  }

  /// A small alphabet leaves few choices.
  @Test(arguments: ["sort", "search", "dup", "rev2", "incr", "memory_indexing", "w_sort", "merge"])
  func smallestAlphabetsWork(name: String) throws {
    let free = try #require(TaskCatalog.task(named: name) as? any FreeAlphabetTask)
    let task = type(of: free).init(symbols: type(of: free).fewestSymbols)
    for requested in 1...9 {
      guard let length = task.inputLength(requesting: requested) else { continue }
      for kind in task.hardKinds.indices {
        for input in draws(task, kind, length: length, count: 30) {
          #expect(input.count == length)
          #expect(input.allSatisfy { 0 <= $0 && Int($0) < task.inputSymbols })
        }
      }
    }
  }

  @Test(arguments: [NumberBase.binary, .quaternary, .decimal])
  func carriesHaveEveryLength(base: NumberBase) {
    let task = Addition(base)
    let runs = draws(task, 0, length: 41, count: 2_000)
      .map { longestCarry($0, base: Int32(base.rawValue)) }
    #expect(Set(runs).isSuperset(of: 1...20))
    let none = draws(task, 1, length: 41, count: 2_000)
      .filter { longestCarry($0, base: Int32(base.rawValue)) == 0 }
    #expect(none.count > 500)
  }

  /// Random sums hardly ever carry over more than a dozen places, which is why there are hard ones.
  @Test func sharesAreWhatTheyAreToBe() throws {
    func share(_ hard: Double) throws -> Double {
      let data = try SymbolData(
        task: Addition(.binary),
        bins: [32, 64],
        batchSize: 1,
        options: DataOptions(hard: hard)
      )
      let examples = data.freshExamples(
        bin: 64,
        from: 0,
        count: 2_000,
        source: RandomSource(seed: 5)
      )
      return Double(examples.count { longestCarry($0.input, base: 2) > 14 }) / 2_000
    }
    #expect(try share(0) < 0.001)
    let (fifth, all) = (try share(0.2), try share(1))
    #expect(all > 0.06)
    #expect(abs(fifth / all - 0.2) < 0.06)
  }

  /// Stored examples are random ones; the share of hard ones is drawn beside them.
  @Test func storedExamplesTakeHardOnesBeside() throws {
    let data = try SymbolData(
      task: Sorting(),
      bins: [16],
      batchSize: 500,
      options: DataOptions(count: 5, hard: 0.5)
    )
    let batch = data.trainingBatch(step: 0, source: RandomSource(seed: 1))
    let inputs = (0..<500).map { Array(batch.inputs[$0 * 16..<$0 * 16 + 16]) }
    let equal = inputs.count { Set($0.filter { $0 != 0 }).count == 1 && $0.count { $0 != 0 } > 4 }
    // One kind of seven, half of the examples.
    #expect((20...60).contains(equal))
    #expect(Set(inputs).count > 200)
  }

  @Test func testsOfHardInputsAreHard() throws {
    let data = try SymbolData(task: Addition(.binary), bins: [64], batchSize: 1)
    let source = RandomSource(seed: 3)
    let examples = (0..<500).map {
      data.testExample(above: 0, upTo: 64, index: $0, isHard: true, source: source)
    }
    #expect(examples.count { longestCarry($0.input, base: 2) > 14 } > 30)
    #expect(
      examples[0].input != data.testExample(above: 0, upTo: 64, index: 0, source: source).input
    )
  }

  /// About half of the brackets are balanced, so that neither answer can be guessed.
  @Test func bracketsAreBalancedAndNot() {
    let task = Brackets()
    let inputs = task.hardKinds.indices.flatMap { draws(task, $0, length: 32) }
    let share = Double(inputs.count { task.target(of: $0) == [2] }) / Double(inputs.count)
    #expect((0.3...0.6).contains(share))
  }

  @Test func divisionsWithoutRemainderHaveNone() {
    let task = Division()
    for input in draws(task, 0, length: 33) {
      let target = task.target(of: input)
      #expect(target[(target.firstIndex(of: 5) ?? 0)...].dropFirst().allSatisfy { $0 == 3 })
    }
  }
}
