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

  /// What tells it from other tasks of its name, as options of a checkpoint; empty where the name is enough.
  var checkpointOptions: [String: String] { get }

  /// What `data` is told to choose it, such as `sort alphabet=100`; nil where its examples are missing.
  var choice: String? { get }
  /// What tells its symbols from equally many others; empty where the numbers of symbols are enough.
  var alphabetIdentity: String { get }
  /// What is to be told of it beside its lengths and alphabets.
  var facts: [(name: String, fact: TaskFact)] { get }

  /// The files that its examples come from, as they were named.
  var files: [String] { get }

  /// The lengths of training examples up to a length in ascending order, with how often each is drawn.
  func lengthWeights(upTo largest: Int) -> [LengthWeight]
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
  /// A symbol of an input as `question` shows it, where it stands for itself; `_` for the blank.
  func inputName(_ symbol: Int32) -> String
  /// A symbol of an output as `answer` shows it; `_` for the blank.
  func outputName(_ symbol: Int32) -> String
  /// Whether people write the symbol of the last position first, as the digits of numbers.
  var isWrittenBackwards: Bool { get }
  /// A question that `input(asking:)` understands, for help and messages.
  var sampleQuestion: String { get }
}

/// A text or a number that describes a task.
package enum TaskFact: Hashable, Sendable {
  case text(String)
  case number(Int)
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

extension SymbolTask {
  package var checkpointOptions: [String: String] { [:] }
  package var choice: String? { name }
  package var alphabetIdentity: String { "" }
  package var facts: [(name: String, fact: TaskFact)] { [] }
  package var files: [String] { [] }
  package var isWrittenBackwards: Bool { false }

  package func inputName(_ symbol: Int32) -> String { NumberList.text([symbol]) }
  package func outputName(_ symbol: Int32) -> String { NumberList.text([symbol]) }

  /// The output up to its last symbol that is not blank.
  package func trimmed(_ output: [Int32]) -> ArraySlice<Int32> {
    output[..<((output.lastIndex { $0 != 0 }).map { $0 + 1 } ?? 0)]
  }
}
