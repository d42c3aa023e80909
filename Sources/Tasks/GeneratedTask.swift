import Tensors

/// A task whose inputs are made as they are needed, and whose targets follow from them.
package protocol GeneratedTask: SymbolTask {
  /// How inputs and outputs are written in symbols and how inputs are drawn, for help.
  var details: String { get }
  /// The lengths of batches where none are chosen.
  var usualBins: [Int] { get }
  /// The length of the inputs made when `length` symbols are requested; nil if none fit.
  ///
  /// It never falls while `length` grows.
  func inputLength(requesting length: Int) -> Int?
  /// The symbols of an alphabet that allows this length, where that of the task is too small for it.
  func symbolsNeeded(forLength length: Int) -> Int?
  /// The number of different inputs of that length; from about 10^15 on only that there are as many.
  ///
  /// It never falls while `length` grows.
  func distinctInputs(length: Int) -> Double
  /// A random input of a length that `inputLength(requesting:)` returned.
  func input(length: Int, using random: inout RandomStream) -> [Int32]
  /// The kinds of inputs that `hard=` mixes in, at least one.
  var hardKinds: [HardKind] { get }
  /// The right output for an input.
  func target(of input: [Int32]) -> [Int32]
}

/// A generated task whose alphabet is a free choice.
package protocol FreeAlphabetTask: GeneratedTask {
  /// Symbols of the input alphabet, the blank included, where none are chosen: those of the original.
  static var usualSymbols: Int { get }
  /// The fewest symbols with which there is anything to do.
  static var fewestSymbols: Int { get }

  /// The task with an input alphabet of so many symbols, the blank included.
  init(symbols: Int)
}

extension FreeAlphabetTask {
  package init() { self.init(symbols: Self.usualSymbols) }

  package var checkpointOptions: [String: String] {
    inputSymbols == Self.usualSymbols ? [:] : ["alphabet": String(inputSymbols)]
  }

  package var choice: String? {
    inputSymbols == Self.usualSymbols ? name : "\(name) alphabet=\(inputSymbols)"
  }
}

/// Different inputs that the original stores for a requested length at most.
package let originalStoredInputs = 10_000

extension GeneratedTask {
  package var usualBins: [Int] { [8, 16, 32, 64] }

  package func symbolsNeeded(forLength length: Int) -> Int? { nil }

  package func lengthWeights(upTo largest: Int) -> [LengthWeight] {
    // Several requests can lead to one length, which then is drawn as many times as often.
    let most = Double(originalStoredInputs)
    var weights: [LengthWeight] = []
    var share = 0.0
    var request = 1
    while request <= largest {
      if let length = inputLength(requesting: request) {
        if share < most { share = min(most, distinctInputs(length: length)) }
        if weights.last?.length == length {
          weights[weights.count - 1].weight += share
        } else {
          weights.append(LengthWeight(length: length, weight: share))
        }
      }
      request += 1
    }
    return weights
  }

  package func example(length: Int, using random: inout RandomStream) -> Example {
    let input = input(length: length, using: &random)
    return Example(input: input, target: target(of: input))
  }

  package func testCount(above: Int, upTo length: Int) -> Int? {
    inputLength(requesting: length) == nil ? 0 : nil
  }

  package func testExample(
    above: Int,
    upTo length: Int,
    index: Int,
    source: RandomSource
  ) -> Example {
    testExample(length: length, counter: UInt64(index), source: source)
  }

  /// A test example of the requested length, from a stream that training never sees.
  ///
  /// - Parameters:
  ///   - length: one for which `inputLength(requesting:)` is not nil.
  ///   - counter: what tells examples of one length apart.
  ///   - isHard: whether it is of a hard kind.
  package func testExample(
    length: Int,
    counter: UInt64,
    isHard: Bool = false,
    source: RandomSource
  ) -> Example {
    precondition(length > 0, "a length is positive")
    var stream = source.stream(.testData, counter, UInt32(truncatingIfNeeded: length))
    let length = inputLength(requesting: length) ?? length
    return isHard
      ? hardExample(length: length, using: &stream) : example(length: length, using: &stream)
  }

  package func knownTarget(of input: [Int32]) -> [Int32]? { target(of: input) }
}

/// How often examples of a length are drawn, beside those of other lengths.
package struct LengthWeight: Hashable, Sendable {
  package let length: Int
  package var weight: Double

  package init(length: Int, weight: Double) {
    self.length = length
    self.weight = weight
  }
}

/// A power that stops growing at about 10^15, for numbers of different inputs.
func manyAtMost(_ base: Double, power exponent: Int, times factor: Double = 1) -> Double {
  var product = factor
  var left = exponent
  while left > 0, product < 1e15, base > 1 {
    product *= base
    left -= 1
  }
  return product
}
