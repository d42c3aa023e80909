import Foundation
import Tasks
import Tensors

/// What a model is trained on, as a checkpoint holds it; the data are a function of it and of the seed.
package struct DataDescription: Sendable {
  /// What `data` calls it.
  package var task: String
  /// Lengths of the batches.
  package var bins: [Int]
  /// Examples of each length in a step.
  package var batchSize: Int
  /// What the family of the task keeps beside them; strings of the file's metadata.
  package var options: [String: String]
  /// Arrays that the family of the task keeps in the file.
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
  /// What an option's text stands for; nil where it is missing.
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

  /// The value that an option holds as JSON.
  ///
  /// - Parameter isValid: what it must be.
  /// - Throws: `CheckpointError.badMetadata` where it is missing or not valid.
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
