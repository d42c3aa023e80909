import Autograd
import Foundation
import Networks
import Processes
import Tasks
import Tensors
import Words

extension LambadaData: TaskData {
  package var head: any Head { PointerHead() }

  package var description: DataDescription {
    DataDescription(
      task: name,
      bins: bins,
      batchSize: batchSize,
      options: [Self.name: form.json],
      arrays: vocabulary.arrays
    )
  }

  /// Validates on held-out passages whose answer can be pointed at, starting with the first; reads each once.
  package func validate(
    _ trainer: Trainer,
    count: Int,
    monitor: PassMonitor?
  ) throws -> ValidationRecord {
    let list = heldOut(.validation)
    let source = RandomSource(seed: trainer.settings.seed)
    var passages: [Int: [PlacedPassage]] = [:]
    var taken = 0
    for index in 0..<list.count where taken < count && list[index].isAnswerable {
      guard let bin = bin(for: list[index].count) else { continue }
      var stream = source.stream(.examples, UInt64(index))
      passages[bin, default: []].append(place(list[index], length: bin, using: &stream))
      taken += 1
    }
    let portions = passages.sorted(by: { $0.key < $1.key }).flatMap { bin, all in
      let size = max(1, Evaluation.positionsPerPass / bin)
      return stride(from: 0, to: all.count, by: size).map { first in
        (bin: bin, passages: Array(all[first..<min(first + size, all.count)]))
      }
    }
    let means = try ProcessGroup.current.map(
      .validation,
      count: portions.count,
      poll: { try monitor?.check() }
    ) { number in
      let batch = batch([portions[number].bin: portions[number].passages])
      let (logits, tape) = try trainer.model.forward(batch, monitor: monitor)
      let means = trainer.loss(of: logits, batch, on: tape).means(batch.layout)
      return [means.loss, means.accuracy]
    }
    var (loss, accuracy) = (0.0, 0.0)
    for (portion, means) in zip(portions, means) {
      let share = Double(portion.passages.count) / Double(taken)
      loss += share * means[0]
      accuracy += share * means[1]
    }
    return ValidationRecord(step: trainer.step, loss: loss, accuracy: accuracy)
  }
}

extension LambadaForm {
  /// Reads the form from a checkpoint's description.
  ///
  /// - Throws: `CheckpointError.badMetadata`.
  package init(_ description: DataDescription) throws(CheckpointError) {
    self = try description.decoded(LambadaData.name, isValid: \.isValid)
  }
}

/// The words of a model in its file: the text, one word a line, and the rounded vectors if there are any.
extension Vocabulary {
  private static let wordsName = "words"
  private static let rowsName = "vectors.rows"
  private static let stepsName = "vectors.steps"

  /// The arrays of a checkpoint.
  fileprivate var arrays: [String: TensorFile.Entry] {
    var file = TensorFile()
    file.add(bytes: text, named: Self.wordsName, [text.count])
    if let vectors {
      file.add(
        bytes: vectors.rows.withUnsafeBytes { Data($0) },
        named: Self.rowsName,
        [vectors.count, vectors.dimension]
      )
      file.add(Tensor(vectors.steps, [vectors.count]), named: Self.stepsName)
    }
    return file.entries
  }

  /// Reads the words of a model from the arrays of its checkpoint.
  ///
  /// - Throws: `TensorFileError`, or `CheckpointError` if they do not fit the model.
  package init(_ checkpoint: Checkpoint) throws {
    var file = TensorFile()
    file.entries = checkpoint.data.arrays
    let spec = checkpoint.spec
    var vectors: WordVectors?
    if spec.input == .words {
      let rows = try file.bytes(Self.rowsName)
      let steps = try file.tensor(Self.stepsName)
      guard rows.shape == [steps.count, spec.inputSymbols] else {
        throw CheckpointError.wrongShape(
          name: Self.rowsName,
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
    guard
      let vocabulary = Vocabulary(text: try file.bytes(Self.wordsName).bytes, vectors: vectors),
      spec.input == .words || vocabulary.size == spec.inputSymbols
    else { throw CheckpointError.badWords }
    self = vocabulary
  }
}
