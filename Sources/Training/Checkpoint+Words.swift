import Foundation
import Networks
import Tasks
import Tensors
import Words

/// The words of a model in its file: the text, one word a line, and the rounded vectors where there are any.
extension Checkpoint {
  private static let wordsName = "words"
  private static let rowsName = "vectors.rows"
  private static let stepsName = "vectors.steps"

  static func add(_ vocabulary: Vocabulary, to file: inout TensorFile) {
    file.add(bytes: vocabulary.text, named: wordsName, [vocabulary.text.count])
    guard let vectors = vocabulary.vectors else { return }
    file.add(
      bytes: vectors.rows.withUnsafeBytes { Data($0) },
      named: rowsName,
      [vectors.count, vectors.dimension]
    )
    file.add(Tensor(vectors.steps, [vectors.count]), named: stepsName)
  }

  /// The words of a model of this form.
  ///
  /// - Throws: `TensorFileError`, or `CheckpointError` if they do not fit.
  static func vocabulary(in file: TensorFile, _ spec: ModelSpec) throws -> Vocabulary {
    var vectors: WordVectors?
    if spec.input == .words {
      let rows = try file.bytes(rowsName)
      let steps = try file.tensor(stepsName)
      guard rows.shape == [steps.count, spec.inputSymbols] else {
        throw CheckpointError.wrongShape(
          name: rowsName,
          found: rows.shape,
          expected: [steps.count, spec.inputSymbols]
        )
      }
      vectors = WordVectors(
        dimension: spec.inputSymbols,
        rows: rows.bytes.map { Int8(bitPattern: $0) },
        steps: steps.elements
      )
    }
    guard let vocabulary = Vocabulary(text: try file.bytes(wordsName).bytes, vectors: vectors),
      spec.input == .words || vocabulary.size == spec.inputSymbols
    else { throw CheckpointError.badWords }
    return vocabulary
  }
}
