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

  /// The length of the inputs made when `length` symbols are requested; nil if none fit.
  func inputLength(requesting length: Int) -> Int?
  /// The number of different inputs of that length, as far as it can be told apart from many.
  func distinctInputs(length: Int) -> Double
  /// A random input of a length that `inputLength(requesting:)` returned.
  func input(length: Int, using random: inout RandomStream) -> [Int32]
  /// The right output for an input.
  func target(of input: [Int32]) -> [Int32]

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

extension SymbolTask {
  /// The output up to its last symbol that is not blank.
  package func trimmed(_ output: [Int32]) -> ArraySlice<Int32> {
    output[..<((output.lastIndex { $0 != 0 }).map { $0 + 1 } ?? 0)]
  }
}

/// The tasks by name.
package enum TaskCatalog {
  package static let tasks: [any SymbolTask] = [
    BinaryAddition(), Sorting(), Reversal(),
  ]

  package static func task(named name: String) -> (any SymbolTask)? {
    tasks.first { $0.name == name }
  }
}
