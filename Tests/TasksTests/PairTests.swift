import Foundation
import Tensors
import Testing

@testable import Tasks

@Suite("Files of pairs")
struct PairTests {
  private func file(_ text: String, unit: PairFile.Unit? = nil) throws -> PairFile {
    try PairFile(parsing: Data(text.utf8), unit: unit)
  }

  private func task(_ text: String, heldOut: Double = 0.25, seed: UInt64 = 1) throws -> PairTask {
    let file = try file(text)
    let (inputs, outputs) = (
      PairFile.alphabet(of: \.input, [file]), PairFile.alphabet(of: \.target, [file])
    )
    return PairTask(
      PairTask.Description(
        file: "pairs.tsv",
        digest: "",
        unit: file.unit,
        inputs: inputs,
        outputs: outputs,
        heldOut: heldOut,
        seed: seed
      ),
      try PairExamples(file, inputs: inputs, outputs: outputs)
    )
  }

  private static let many = (0..<200).map { index in
    let word = String(index + 100, radix: 3)
    return "\(word)\t\(String(word.reversed()))\n"
  }.joined()

  @Test("sides are characters, or words where there are blanks, or what is asked for")
  func units() throws {
    let characters = try file("abc\tcb\n\nxyé\tz")
    #expect(characters.unit == .characters)
    #expect(characters.lines.map(\.input) == [["a", "b", "c"], ["x", "y", "é"]])
    #expect(characters.lines.map(\.number) == [1, 3])
    let words = try file("\u{FEFF}the  cat\tle chat\r\ndog\tchien\r\n")
    #expect(words.unit == .words)
    #expect(words.lines.map(\.input) == [["the", "cat"], ["dog"]])
    #expect(words.lines.map(\.target) == [["le", "chat"], ["chien"]])
    #expect(
      try file("ab cd\te", unit: .characters).lines.map(\.input)[0] == ["a", "b", " ", "c", "d"]
    )
  }

  @Test("a first line that names the columns is no example, and a later one is")
  func header() throws {
    let named = try file("input\ttarget\tnote\nab\tba\ninput\ttarget\n")
    #expect(named.lines.map(\.number) == [2, 3])
    #expect(try file("\u{FEFF}Input\tTarget\r\nab\tba\r\n").lines.map(\.number) == [2])
    #expect(try file("inputs\ttarget\nab\tba\n").lines.map(\.number) == [1, 2])
    #expect(throws: PairFileError.self) { try file("input\ttarget\n") }
  }

  @Test(
    "where no line is an example, the error names line and column of the first",
    arguments: [
      ("\nabc\n", 2, 4, "no tab"), ("\tb\n", 1, 1, "input is empty"),
      ("\n\nab\t \n", 3, 4, "target is empty"), ("\u{FEFF}abc\r\nx", 1, 4, "no tab"),
    ] as [(String, Int, Int, String)]
  )
  func errors(text: String, line: Int, column: Int, message: String) throws {
    let error = #expect(throws: PairFileError.self) { try file(text) }
    #expect(error?.line == line && error?.column == column)
    #expect(error?.message.contains(message) == true)
  }

  @Test("a file without examples is refused")
  func unusable() {
    #expect(throws: PairFileError.self) { try file("\n \n") }
    let error = #expect(throws: PairFileError.self) {
      try PairFile(parsing: Data([0xFF, 0x09, 0x41]))
    }
    #expect(error?.line == 1 && error?.message == "not UTF-8")
  }

  @Test("a line that is no example costs only itself, further columns nothing")
  func remarks() throws {
    let text =
      Data("a\tb\n".utf8) + Data([0xFF, 0x09, 0x41, 0x0A])
      + Data("cd\nc\td\tfrom x\n\tq\r\ne\tf".utf8)
    let file = try PairFile(parsing: text)
    #expect(file.lines.map(\.number) == [1, 4, 6])
    #expect(file.lines.map(\.input) == [["a"], ["c"], ["e"]])
    #expect(file.lines.map(\.target) == [["b"], ["d"], ["f"]])
    #expect(
      file.remarks.texts == [
        "line 2 skipped: not UTF-8", "line 3 skipped: there is no tab between input and target",
        "line 4: what stands behind a second tab is passed over",
        "line 5 skipped: the input is empty",
      ]
    )
  }

  @Test("symbols outside of a given alphabet are named with their place")
  func alphabet() throws {
    let file = try file("ab\tc\nax\tc\n")
    let error = #expect(throws: PairFileError.self) {
      try PairExamples(file, inputs: Alphabet(["a", "b"]), outputs: Alphabet(["c"]))
    }
    #expect(error?.line == 2 && error?.column == 2)
    #expect(error?.message.contains("`x`, character 2 of the input") == true)
  }

  @Test("the column of a word counts the blanks before it")
  func columns() throws {
    let file = try file("the cat\tle chat\nthe   dog\tle  chien\n")
    for (outputs, line, column) in [(["le", "chat"], 2, 15), (["chat", "chien"], 1, 9)] {
      let error = #expect(throws: PairFileError.self) {
        try PairExamples(
          file,
          inputs: PairFile.alphabet(of: \.input, [file]),
          outputs: Alphabet(outputs)
        )
      }
      #expect(error?.line == line && error?.column == column)
    }
  }

  @Test("examples are held out by a key of the seed, and training never draws them")
  func split() throws {
    let task = try task(Self.many)
    #expect(task.counts == (150, 50))
    let source = RandomSource(seed: 9)
    func heldOut(_ task: PairTask) -> Set<[Int32]> {
      Set((0..<50).map { task.testExample(above: 0, upTo: 64, index: $0, source: source).input })
    }
    let first = heldOut(task)
    #expect(first.count == 50)
    #expect(try heldOut(self.task(Self.many)) == first)
    #expect(try heldOut(self.task(Self.many, seed: 2)) != first)
    let data = try SymbolData(task: task, bins: task.fittingBins, batchSize: 64)
    var drawn: Set<[Int32]> = []
    for step in 1...40 {
      let batch = data.trainingBatch(step: step, source: source)
      for segment in batch.layout.segments {
        for example in 0..<segment.batch {
          let first = segment.firstRow + example * segment.length
          drawn.insert(Array(task.trimmed(Array(batch.inputs[first..<first + segment.length]))))
        }
      }
    }
    #expect(drawn.count == 150 && drawn.isDisjoint(with: first))
  }

  @Test("held-out examples belong to the shortest length that holds them")
  func lengths() throws {
    let task = try task("ab\tab\nabc\tc\nabcde\ta\nabcdefghi\tb\nabcd\tb\nb\tb\n", heldOut: 0.8)
    #expect(task.counts == (1, 5))
    let counts = [(0, 4), (4, 8), (8, 16), (16, 32)].map {
      task.testCount(above: $0.0, upTo: $0.1) ?? -1
    }
    #expect(counts.reduce(0, +) == 5)
    for (range, count) in zip([(0, 4), (4, 8), (8, 16)], counts) {
      let (above, length) = range
      for index in 0..<count {
        let example = task.testExample(
          above: above,
          upTo: length,
          index: index,
          source: RandomSource(seed: 1)
        )
        let size = max(example.input.count, example.target.count)
        #expect(size > above && size <= length)
      }
    }
  }

  @Test("equal inputs are all trained on or all held out, and something is left to train on")
  func copies() throws {
    let copies = try task((0..<60).map { "\($0 % 6)\t\($0)\n" }.joined(), heldOut: 0.3)
    #expect(copies.counts.heldOut >= 18 && copies.counts.heldOut % 10 == 0)
    #expect(try task("ab\tba\nab\tba\n").counts == (2, 0))
    #expect(try task("a\tb\n").counts == (1, 0))
  }

  @Test("a share of 1 holds all out, one of 0 none, and none between takes the last")
  func allOrNone() throws {
    let all = try task(Self.many, heldOut: 1)
    #expect(all.counts == (0, 200) && all.lengthWeights(upTo: 64).isEmpty)
    let data = try SymbolData(task: all, bins: all.fittingBins, batchSize: 4)
    #expect(!data.hasExamples && data.testedBins == all.fittingBins)
    #expect(try task(Self.many, heldOut: 0).counts == (200, 0))
    #expect(try task(Self.many, heldOut: 0.9999).counts == (1, 199))
  }

  @Test("the examples of a test file are held out, and those in both files counted")
  func testFile() throws {
    let (own, other) = (
      try file("ab\tba\ncd\tdc\nabc\tcba\n"), try file("cd\tdc\nad\tda\ncd\tdc\nabcda\tadcba\n")
    )
    let inputs = PairFile.alphabet(of: \.input, [own, other])
    #expect(inputs.symbols == ["a", "b", "c", "d"])
    let task = PairTask(
      PairTask.Description(
        file: "own.tsv",
        digest: "",
        unit: .characters,
        inputs: inputs,
        outputs: inputs,
        heldOut: 0,
        seed: 1,
        test: .init(file: "other.tsv", digest: "")
      ),
      try PairExamples(own, inputs: inputs, outputs: inputs),
      test: try PairExamples(other, inputs: inputs, outputs: inputs)
    )
    #expect(task.counts == (3, 4) && task.sharedPairs == 2)
    #expect(task.choice == "file=own.tsv test=other.tsv")
    #expect(task.fittingBins == [4])
    #expect(task.testCount(above: 0, upTo: 4) == 3 && task.testCount(above: 4, upTo: 8) == 1)
    let longest = task.testExample(above: 4, upTo: 8, index: 0, source: RandomSource(seed: 1))
    #expect(task.answer(longest.target) == "adcba")
  }

  @Test("the first held-out examples of a length are of all sizes")
  func shuffled() throws {
    let text = (0..<200).map { "\($0 + 10_000)\t1\n\($0 + 10_000_000)\t1\n" }.joined()
    let task = try task(text, heldOut: 0.5)
    let sizes = (0..<40).map {
      task.testExample(above: 4, upTo: 8, index: $0, source: RandomSource(seed: 1)).input.count
    }
    #expect(Set(sizes) == [5, 8])
  }

  @Test("blanks at the end of a line make no words of a file")
  func trailing() throws {
    #expect(try file("ab\tba \ncd \tdc\n").unit == .characters)
  }

  @Test("questions and answers are written as in the file")
  func questions() throws {
    let task = try task("the cat\tle chat\nthe dog\tle chien\n", heldOut: 0)
    let input = try task.input(asking: "the dog")
    #expect(task.question(input) == "the dog")
    #expect(task.knownTarget(of: input).map(task.answer) == "le chien")
    #expect(task.knownTarget(of: try task.input(asking: "dog the")) == nil)
    #expect(throws: QuestionError.self) { try task.input(asking: "the cow") }
    #expect(throws: QuestionError.self) { try task.input(asking: " ") }
  }
}
