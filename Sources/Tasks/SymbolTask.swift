import Foundation
import Tensors

/// A task that maps one sequence of symbols to another. Symbol 0 is the blank that pads sequences.
package protocol SymbolTask: Sendable {
  /// The name in `data NAME`.
  var name: String { get }
  /// A line on what is learned.
  var summary: String { get }
  /// The number of symbols in the input alphabet, including the blank.
  var inputSymbols: Int { get }
  /// The number of symbols in the output alphabet, including the blank.
  var outputSymbols: Int { get }

  /// The checkpoint options that distinguish it from other tasks of its name; empty if the name suffices.
  var checkpointOptions: [String: String] { get }

  /// The arguments of `data` that choose it, such as `sort alphabet=100`; nil if its examples are missing.
  var choice: String? { get }
  /// An identifier that distinguishes its symbols from equally many others; empty if their numbers suffice.
  var alphabetIdentity: String { get }
  /// The facts to report besides its lengths and alphabets.
  var facts: [(name: String, fact: TaskFact)] { get }

  /// The files of its examples, as they were named.
  var files: [String] { get }

  /// Returns the lengths of training examples up to a length, in ascending order, with their frequencies.
  func lengthWeights(upTo largest: Int) -> [LengthWeight]
  /// Returns a training example of one of these lengths.
  func example(length: Int, using random: inout RandomStream) -> Example
  /// Returns the number of test examples for a length that a shorter one does not hold, or nil if unlimited.
  func testCount(above: Int, upTo length: Int) -> Int?
  /// Returns a test example, which training never uses.
  ///
  /// - Parameter index: the index, below `testCount`.
  func testExample(above: Int, upTo length: Int, index: Int, source: RandomSource) -> Example
  /// Returns the correct output for an input, if it is known.
  func knownTarget(of input: [Int32]) -> [Int32]?

  /// Returns the input that a user means by a text such as `1011 + 110`.
  ///
  /// - Throws: `QuestionError` for text that does not have the task's form.
  func input(asking text: String) throws(QuestionError) -> [Int32]
  /// Returns an input as a user writes it, so that `input(asking:)` returns it again.
  func question(_ input: [Int32]) -> String
  /// Returns an output as a user writes it, without trailing blanks.
  func answer(_ output: [Int32]) -> String
  /// Returns the name of a single input symbol, as in `question`; `_` for the blank.
  func inputName(_ symbol: Int32) -> String
  /// Returns the name of an output symbol, as in `answer`; `_` for the blank.
  func outputName(_ symbol: Int32) -> String
  /// True if the symbol of the last position is written first, as with the digits of numbers.
  var isWrittenBackwards: Bool { get }
  /// A question that `input(asking:)` accepts, for help and messages.
  var sampleQuestion: String { get }
}

/// A text or a number that describes a task.
package enum TaskFact: Hashable, Sendable {
  case text(String)
  case number(Int)
}

/// An error for a question whose form the task does not understand.
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

  /// Returns the output up to its last symbol that is not blank.
  package func trimmed(_ output: [Int32]) -> ArraySlice<Int32> {
    output[..<((output.lastIndex { $0 != 0 }).map { $0 + 1 } ?? 0)]
  }
}
