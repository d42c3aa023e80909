import Foundation
import Tasks
import Tensors

/// The data that a model is trained on, as a checkpoint stores them; they are a function of this description and the
/// seed.
package struct DataDescription: Sendable {
  /// The name of the task in `data NAME`.
  package var task: String
  /// The lengths of the batches.
  package var bins: [Int]
  /// The number of examples of each length in a step.
  package var batchSize: Int
  /// The additional values that the task's family stores; strings of the file's metadata.
  package var options: [String: String]
  /// The arrays that the task's family stores in the file.
  package var arrays: [String: TensorFile.Entry]

  package init(
    task: String,
    bins: [Int],
    batchSize: Int,
    options: [String: String] = [:],
    arrays: [String: TensorFile.Entry] = [:]
  ) {
    self.task = task
    self.bins = bins
    self.batchSize = batchSize
    self.options = options
    self.arrays = arrays
  }
}

extension DataDescription {
  /// Parses the text of an option; returns nil if it is missing.
  ///
  /// - Throws: `CheckpointError.badMetadata` for a text that is not valid.
  package func value<Value>(
    _ key: String,
    _ parse: (String) -> Value?
  ) throws(CheckpointError) -> Value? {
    guard let text = options[key] else { return nil }
    guard let value = parse(text) else { throw .badMetadata(key: key, value: text) }
    return value
  }

  /// Decodes the value that an option holds as JSON.
  ///
  /// - Parameter isValid: returns true if the value is valid.
  /// - Throws: `CheckpointError.badMetadata` if it is missing or not valid.
  package func decoded<Value: Decodable>(
    _ key: String,
    isValid: (Value) -> Bool = { _ in true }
  ) throws(CheckpointError) -> Value {
    guard let text = options[key],
      let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)), isValid(value)
    else { throw .badMetadata(key: key, value: options[key]) }
    return value
  }
}
