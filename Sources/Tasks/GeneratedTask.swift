import Tensors

/// A task that generates its inputs on demand and computes their targets.
package protocol GeneratedTask: SymbolTask {
  /// The encoding of inputs and outputs in symbols and the distribution of inputs, for help.
  var details: String { get }
  /// The default lengths of batches.
  var usualBins: [Int] { get }
  /// Returns the length of the inputs generated when `length` symbols are requested, or nil if none fit.
  ///
  /// The result never decreases as `length` grows.
  func inputLength(requesting length: Int) -> Int?
  /// Returns the size of an alphabet that allows this length, if that of the task is too small for it, or else nil.
  func symbolsNeeded(forLength length: Int) -> Int?
  /// Returns the number of different inputs of a length; from about 10^15 on, a lower bound.
  ///
  /// The result never decreases as `length` grows.
  func distinctInputs(length: Int) -> Double
  /// Returns a random input of a length that `inputLength(requesting:)` returned.
  func input(length: Int, using random: inout RandomStream) -> [Int32]
  /// The kinds of inputs that `hard=` mixes in; at least one.
  var hardKinds: [HardKind] { get }
  /// Returns the correct output for an input.
  func target(of input: [Int32]) -> [Int32]
}

/// A generated task whose alphabet can be chosen.
package protocol FreeAlphabetTask: GeneratedTask {
  /// The default size of the input alphabet, including the blank: that of the reference code.
  static var usualSymbols: Int { get }
  /// The size of the smallest alphabet for which the task is not trivial.
  static var fewestSymbols: Int { get }

  /// Creates the task with an input alphabet of a number of symbols, including the blank.
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

/// The maximum number of different inputs that the reference code stores for a requested length.
package let originalStoredInputs = 10_000

extension GeneratedTask {
  package var usualBins: [Int] { [8, 16, 32, 64] }

  package func symbolsNeeded(forLength length: Int) -> Int? { nil }

  package func lengthWeights(upTo largest: Int) -> [LengthWeight] {
    // Several requests can map to one length, which is then drawn proportionally more often.
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

  /// Returns a test example of the requested length, from a stream that training never uses.
  ///
  /// - Parameters:
  ///   - length: one for which `inputLength(requesting:)` is not nil.
  ///   - counter: distinguishes examples of the same length.
  ///   - isHard: True for an example of a hard kind.
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

/// The frequency of examples of a length, relative to those of other lengths.
package struct LengthWeight: Hashable, Sendable {
  package let length: Int
  package var weight: Double

  package init(length: Int, weight: Double) {
    self.length = length
    self.weight = weight
  }
}

/// Returns a power that stops growing at about 10^15, for numbers of different inputs.
func manyAtMost(_ base: Double, power exponent: Int, times factor: Double = 1) -> Double {
  var product = factor
  var left = exponent
  while left > 0, product < 1e15, base > 1 {
    product *= base
    left -= 1
  }
  return product
}
