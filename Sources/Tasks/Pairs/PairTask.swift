import Foundation
import Tensors

/// A task whose examples come from a file of pairs, with a held-out set.
package struct PairTask: SymbolTask {
  /// The description in a checkpoint, with which the model can be asked, and together with the file trained.
  package struct Description: Hashable, Sendable, Codable {
    /// The path as given.
    package var file: String
    /// The digest of the file's bytes.
    package var digest: String
    package var unit: PairFile.Unit
    package var inputs: [String]
    package var outputs: [String]
    /// The fraction of examples that is held out.
    package var heldOut: Double
    /// The seed of the key by which examples are shuffled.
    package var seed: UInt64
    /// The file of held-out examples; nil if these are a fraction of the other file.
    package var test: TestFile?

    /// A file of held-out examples.
    package struct TestFile: Hashable, Sendable, Codable {
      /// The path as given.
      package var file: String
      /// The digest of the file's bytes.
      package var digest: String

      package init(file: String, digest: String) {
        self.file = file
        self.digest = digest
      }
    }

    package init(
      file: String,
      digest: String,
      unit: PairFile.Unit,
      inputs: Alphabet,
      outputs: Alphabet,
      heldOut: Double,
      seed: UInt64,
      test: TestFile? = nil
    ) {
      self.file = file
      self.digest = digest
      self.unit = unit
      self.inputs = inputs.symbols
      self.outputs = outputs.symbols
      self.heldOut = heldOut
      self.seed = seed
      self.test = test
    }

    /// The possible fractions of held-out examples.
    package static let shares = 0.0...1.0
  }

  package static let name = "file"
  /// The name of the checkpoint option that holds the description.
  package static let checkpointKey = "pairs"

  package let description: Description
  private let inputs: Alphabet
  private let outputs: Alphabet
  /// All examples in the order of the file, followed by those of the test file.
  private let examples: PairExamples
  /// Training examples by size, the length of their longer side.
  private let training: [Int: [UInt32]]
  /// Held-out examples by the power of two that holds them, ascending, and shuffled within each.
  private let heldOut: [UInt32]
  /// The number of pairs in the test file that are also in the other file; nil without a test file.
  package let sharedPairs: Int?

  /// Creates a task without examples: the model can be asked, but not trained or tested.
  package init(_ description: Description) {
    self.description = description
    inputs = Alphabet(description.inputs)
    outputs = Alphabet(description.outputs)
    training = [:]
    heldOut = []
    examples = PairExamples()
    sharedPairs = nil
  }

  /// Shuffles the examples of a file by a key from the seed and holds out the first ones, or all of a test file.
  ///
  /// Unless the held-out fraction is 1, some examples are left to train on.
  ///
  /// - Parameter test: the examples of the test file, if there is one; the fraction is then ignored.
  package init(_ description: Description, _ own: PairExamples, test: PairExamples? = nil) {
    self.description = description
    inputs = Alphabet(description.inputs)
    outputs = Alphabet(description.outputs)
    var examples = own
    if let test { examples.append(test) }
    let source = RandomSource(seed: description.seed)
    func shuffled(_ indices: Range<Int>) -> [(key: UInt64, index: UInt32)] {
      indices.map { index in
        // Equal inputs have equal keys and stay on one side.
        var stream = source.stream(.heldOutSplit, examples[index].input.hashOfSymbols)
        return (stream.next(), UInt32(index))
      }.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
    }
    var heldOut: [(key: UInt64, index: UInt32)]
    var training = shuffled(0..<own.count)
    if test != nil {
      heldOut = shuffled(own.count..<examples.count)
    } else {
      let count = Self.heldOutCount(of: training.map(\.key), share: description.heldOut)
      heldOut = Array(training.prefix(count))
      training.removeFirst(count)
    }
    var trainingBySize: [Int: [UInt32]] = [:]
    for (_, index) in training {
      trainingBySize[examples.size(Int(index)), default: []].append(index)
    }
    // The sort of the standard library is stable.
    self.heldOut = heldOut.map(\.index).sorted { [examples] in
      examples.bin(Int($0)) < examples.bin(Int($1))
    }
    self.training = trainingBySize
    self.examples = examples
    sharedPairs = test.map { test in
      let tested = Set((0..<test.count).map { test[$0] })
      let shared = Set((0..<own.count).lazy.map { own[$0] }.filter(tested.contains))
      return (0..<test.count).count { shared.contains(test[$0]) }
    }
  }

  /// Returns the number of leading examples that are held out, those with equal keys together.
  private static func heldOutCount(of keys: [UInt64], share: Double) -> Int {
    if share >= 1 { return keys.count }
    var count = Int((Double(keys.count) * share - 1e-9).rounded(.up))
    while count > 0, count < keys.count, keys[count] == keys[count - 1] { count += 1 }
    // Some examples are left to train on.
    while count == keys.count || count > 0 && keys[count] == keys[count - 1] { count -= 1 }
    return count
  }

  package var name: String { Self.name }
  package var checkpointOptions: [String: String] { [Self.checkpointKey: description.json] }
  package var choice: String? {
    examples.count > 0
      ? "file=\(description.file)" + (description.test.map { " test=\($0.file)" } ?? "") : nil
  }
  package var files: [String] { [description.file] + (description.test.map { [$0.file] } ?? []) }
  package var alphabetIdentity: String { [description.inputs, description.outputs].json }

  package var facts: [(name: String, fact: TaskFact)] {
    [
      ("file", .text(description.file)), ("symbols", .text(description.unit.rawValue)),
      ("examples", .number(counts.training)), ("held_out", .number(counts.heldOut)),
    ] + (description.test.map { [("test", .text($0.file))] } ?? [])
  }
  package var summary: String { "answer as in \(description.file)" }
  package var inputSymbols: Int { inputs.count }
  package var outputSymbols: Int { outputs.count }

  /// The numbers of training and held-out examples.
  package var counts: (training: Int, heldOut: Int) {
    (training.values.reduce(0) { $0 + $1.count }, heldOut.count)
  }

  /// The powers of two, at least 4, that hold training examples too long for the shorter ones, or held-out examples
  /// if there is nothing to train on.
  package var fittingBins: [Int] {
    func bin(of size: Int) -> Int {
      var bin = 4
      while bin < size { bin *= 2 }
      return bin
    }
    let bins =
      training.isEmpty
      ? heldOut.map { examples.bin(Int($0)) } : training.keys.map(bin)
    return Set(bins).sorted()
  }

  package func lengthWeights(upTo largest: Int) -> [LengthWeight] {
    training.filter { $0.key <= largest }.sorted { $0.key < $1.key }
      .map { LengthWeight(length: $0.key, weight: Double($0.value.count)) }
  }

  package func example(length: Int, using random: inout RandomStream) -> Example {
    guard let examples = training[length] else { return Example(input: [], target: []) }
    return self.examples[Int(examples[random.index(below: examples.count)])]
  }

  package func testCount(above: Int, upTo length: Int) -> Int? {
    range(above: above, upTo: length).count
  }

  package func testExample(
    above: Int,
    upTo length: Int,
    index: Int,
    source: RandomSource
  ) -> Example {
    examples[Int(heldOut[range(above: above, upTo: length).lowerBound + index])]
  }

  private func range(above: Int, upTo length: Int) -> Range<Int> {
    func first(_ size: Int) -> Int {
      var (low, high) = (0, heldOut.count)
      while low < high {
        let middle = (low + high) / 2
        if examples.bin(Int(heldOut[middle])) > size { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first(above)..<max(first(above), first(length))
  }

  /// Returns the target of an input of the file, the first of several.
  package func knownTarget(of input: [Int32]) -> [Int32]? {
    examples.target(of: input)
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let symbols =
      description.unit == .words
      ? text.split(whereSeparator: \.isWhitespace).map(String.init) : text.map { String($0) }
    var numbers: [Int32] = []
    for symbol in symbols {
      guard let number = inputs.number(of: symbol) else {
        throw QuestionError(
          "`\(symbol)` is not in the alphabet",
          remedy: "it has \(inputs.symbols.prefix(20).joined(separator: " "))"
            + (inputs.symbols.count > 20 ? " …" : "")
        )
      }
      numbers.append(number)
    }
    guard !numbers.isEmpty else {
      throw QuestionError("there is no question", remedy: "as in `try \(sampleQuestion)`")
    }
    return numbers
  }

  package func question(_ input: [Int32]) -> String { text(input.map(inputs.symbol)) }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output).map(outputs.symbol)
    return symbols.isEmpty ? "(nothing)" : text(symbols)
  }

  package func inputName(_ symbol: Int32) -> String { inputs.symbol(symbol) }
  package func outputName(_ symbol: Int32) -> String { outputs.symbol(symbol) }

  package var sampleQuestion: String {
    question(examples.count > 0 ? examples[0].input : [])
  }

  private func text(_ symbols: [String]) -> String {
    symbols.joined(separator: description.unit == .words ? " " : "")
  }
}
