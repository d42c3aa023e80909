import Foundation
import Tensors

/// A task that maps one sequence of symbols to another. Symbol 0 is the blank that pads sequences.
package protocol SymbolTask: Sendable {
  /// The name in `data NAME`.
  var name: String { get }
  /// One line on what is learned.
  var summary: String { get }
  /// Symbols of the input alphabet, the blank included.
  var inputSymbols: Int { get }
  /// Symbols of the output alphabet, the blank included.
  var outputSymbols: Int { get }

  /// The lengths of training examples up to a length, with how often each is drawn.
  func lengthWeights(upTo largest: Int) -> [Int: Double]
  /// A training example of one of these lengths.
  func example(length: Int, using random: inout RandomStream) -> Example
  /// How many test examples there are for a length that a shorter one does not hold; nil for any number.
  func testCount(above: Int, upTo length: Int) -> Int?
  /// A test example, which training never sees.
  ///
  /// - Parameter index: below `testCount`.
  func testExample(above: Int, upTo length: Int, index: Int, source: RandomSource) -> Example
  /// The right output for an input, where it is known.
  func knownTarget(of input: [Int32]) -> [Int32]?

  /// The input that a person means, such as `1011 + 110`.
  ///
  /// - Throws: `QuestionError` for text that is not of the task's form.
  func input(asking text: String) throws(QuestionError) -> [Int32]
  /// An input as people write it, so that `input(asking:)` gives it again.
  func question(_ input: [Int32]) -> String
  /// An output as people write it, blanks at its end dropped.
  func answer(_ output: [Int32]) -> String
  /// A question that `input(asking:)` understands, for help and messages.
  var sampleQuestion: String { get }
}

/// A question whose form the task does not understand.
package struct QuestionError: Error, LocalizedError, Equatable {
  package let message: String
  package let remedy: String

  package init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }

  package var errorDescription: String? { "\(message); \(remedy)" }
}

/// A task whose inputs are made as they are needed, and whose targets follow from them.
package protocol GeneratedTask: SymbolTask {
  /// The length of the inputs made when `length` symbols are requested; nil if none fit.
  func inputLength(requesting length: Int) -> Int?
  /// The number of different inputs of that length, as far as it can be told apart from many.
  func distinctInputs(length: Int) -> Double
  /// A random input of a length that `inputLength(requesting:)` returned.
  func input(length: Int, using random: inout RandomStream) -> [Int32]
  /// The right output for an input.
  func target(of input: [Int32]) -> [Int32]
}

extension GeneratedTask {
  /// Inputs of a length that the original stores at most.
  private var storedPerLength: Double { 10_000 }

  package func lengthWeights(upTo largest: Int) -> [Int: Double] {
    // Several requests can lead to one length, which then is drawn as many times as often.
    var weights: [Int: Double] = [:]
    for request in 1...largest {
      guard let length = inputLength(requesting: request) else { continue }
      weights[length, default: 0] += min(storedPerLength, distinctInputs(length: length))
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
    testExample(length: length, index: index, source: source)
  }

  package func knownTarget(of input: [Int32]) -> [Int32]? { target(of: input) }
}

extension SymbolTask {
  /// The output up to its last symbol that is not blank.
  package func trimmed(_ output: [Int32]) -> ArraySlice<Int32> {
    output[..<((output.lastIndex { $0 != 0 }).map { $0 + 1 } ?? 0)]
  }
}

/// The generated tasks by name.
package enum TaskCatalog {
  package static let tasks: [any GeneratedTask] = [
    BinaryAddition(), Sorting(), Reversal(),
  ]

  package static func task(named name: String) -> (any GeneratedTask)? {
    tasks.first { $0.name == name }
  }
}
