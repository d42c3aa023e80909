import Tasks
import Tensors
import Testing

@Suite struct TaskTests {
  static let names = TaskCatalog.tasks.map(\.name)

  @Test("the original's inputs give the original's targets", arguments: names)
  func targets(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    let pairs = try Samples.pairs(name)
    // There are none of tasks that the original does not have, nor of merge.
    #expect(pairs.isEmpty || pairs.count >= 60)
    for (requested, input, target) in pairs {
      #expect(task.target(of: input) == target)
      #expect(task.inputLength(requesting: requested) == input.count)
      #expect(input.allSatisfy { $0 >= 0 && Int($0) < task.inputSymbols })
      #expect(target.allSatisfy { $0 >= 0 && Int($0) < task.outputSymbols })
    }
  }

  @Test("every task of the samples is there, with its alphabets")
  func complete() throws {
    let samples = try Samples.load().tasks
    #expect(samples.count == 24 && Set(samples.keys).isSubset(of: Self.names))
    #expect(Set(Self.names).count == Self.names.count)
    for (name, sample) in samples {
      let task = try #require(TaskCatalog.task(named: name))
      #expect(task.inputSymbols == sample.n_input)
      if let outputs = sample.n_output_recommended { #expect(task.outputSymbols == outputs) }
    }
    #expect(CodedMultiplication().inputLength(requesting: 8) == nil, "numbers without digits")
  }

  @Test(
    "drawn inputs fit their length and the alphabets, and are drawn again alike",
    arguments: names
  )
  func inputs(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    var lengths: [Int] = []
    for request in 1...100 {
      guard let length = task.inputLength(requesting: request) else { continue }
      lengths.append(length)
      var random = RandomSource(seed: 1).stream(.testData, UInt64(request))
      var again = random
      let input = task.input(length: length, using: &random)
      #expect(input.count == length && length <= request)
      #expect(task.input(length: length, using: &again) == input)
      #expect(input.allSatisfy { $0 >= 0 && Int($0) < task.inputSymbols })
      let target = task.target(of: input)
      #expect(target.count <= length + 1 && !target.isEmpty)
      #expect(target.allSatisfy { $0 >= 0 && Int($0) < task.outputSymbols })
      #expect(name == "dup" || !input.contains(0))
      #expect(["dup", "search"].contains(name) || !target.contains(0))
    }
    #expect(lengths == lengths.sorted() && lengths.count > 90)
    let counts = lengths.map(task.distinctInputs)
    #expect(counts == counts.sorted() && counts[0] >= 1)
  }

  @Test("an input written as a question is that input again", arguments: names)
  func questions(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    var random = RandomSource(seed: 3).stream(.testData)
    for request in Array(1...40) + [127, 200] {
      guard let length = task.inputLength(requesting: request) else { continue }
      for _ in 0..<8 {
        let input = task.input(length: length, using: &random)
        #expect(try task.input(asking: task.question(input)) == input)
      }
    }
    for (_, input, _) in try Samples.pairs(name) {
      #expect(try task.input(asking: task.question(input)) == input)
    }
  }

  @Test("the number of different inputs is right where it is small", arguments: names)
  func distinct(name: String) throws {
    let task = try #require(TaskCatalog.task(named: name))
    for request in 1...13 {
      guard let length = task.inputLength(requesting: request),
        task.distinctInputs(length: length) <= 300
      else { continue }
      var random = RandomSource(seed: 4).stream(.testData, UInt64(request))
      let inputs = Set((0..<20_000).map { _ in task.input(length: length, using: &random) })
      #expect(Double(inputs.count) == task.distinctInputs(length: length), "length \(length)")
    }
  }

  @Test("an alphabet of one's own is used whole", arguments: [5, 9, 40, 400])
  func alphabets(symbols: Int) throws {
    for task in TaskCatalog.tasks where task is any FreeAlphabetTask {
      let own = try TaskCatalog.task(named: task.name, symbols: symbols)
      #expect(own.inputSymbols == symbols && own.name == task.name)
      var random = RandomSource(seed: 5).stream(.testData)
      var met: Set<Int32> = []
      let length = try #require((0...32).reversed().compactMap(own.inputLength).first)
      for _ in 0..<400 {
        let input = own.input(length: length, using: &random)
        met.formUnion(input)
        #expect(own.target(of: input).allSatisfy { Int($0) < own.outputSymbols })
        #expect(try own.input(asking: own.question(input)) == input)
      }
      let unused = own is MemoryIndexing ? (symbols - 1) % 3 : 0
      #expect(met.subtracting([0]).count == symbols - 1 - unused, "\(task.name)")
      let sample = try own.input(asking: own.sampleQuestion)
      #expect(own.question(sample) == own.sampleQuestion)
    }
  }

  @Test("alphabets that are no choice, too small or too large are refused")
  func badAlphabets() {
    #expect(throws: TaskError.fixedAlphabet(task: "badd", symbols: 13)) {
      try TaskCatalog.task(named: "badd", symbols: 12)
    }
    #expect(throws: TaskError.self) { try TaskCatalog.task(named: "merge", symbols: 4) }
    #expect(throws: TaskError.self) { try TaskCatalog.task(named: "sort", symbols: 1 << 30) }
    #expect(throws: TaskError.unknown("sorted")) {
      try TaskCatalog.task(named: "sorted", symbols: nil)
    }
    #expect(MemoryIndexing().inputLength(requesting: 512) == nil)
    #expect(MemoryIndexing().symbolsNeeded(forLength: 512) == 769)
    #expect(MemoryIndexing(symbols: 769).inputLength(requesting: 512) == 512)
  }
}
