import Autograd
import Foundation
import Networks
import Tasks
import Tensors

/// A training that can be resumed, bit-identical: parameters, moments, step, settings, log, and the model and data that
/// they belong to. In a file: safetensors with the settings as metadata.
package struct Checkpoint {
  /// The model's name.
  package var name: String
  package var spec: ModelSpec
  package var settings: TrainingSettings
  package var data: DataDescription
  package var step: Int
  package var log: [StepRecord]
  package var validations: [ValidationRecord]
  /// The key of the run that led to this state, by which an interrupted run recognises its own checkpoint; nil if it was
  /// not requested.
  package var run: String?
  package var parameters: [(name: String, value: Tensor)]
  /// The optimizer's moments; zeros if the file had none.
  package var moments: [RAdam.Moments]
  /// True if the moments are those of the training.
  package var hasMoments = true

  /// The integrity of a file's numbers.
  package enum Integrity: Sendable {
    /// The numbers are those that were written, or were never in a file.
    case whole
    /// Another program has changed them.
    case changed
    /// The file does not contain the digest of its numbers.
    case unknown
  }

  /// The integrity of the numbers.
  package var integrity = Integrity.whole

  /// Captures the current state of a training.
  package init(
    _ trainer: Trainer,
    named name: String = "rse",
    spec: ModelSpec,
    data: DataDescription
  ) {
    self.name = name
    self.spec = spec
    self.data = data
    settings = trainer.settings
    step = trainer.step
    log = trainer.log
    validations = trainer.validations
    parameters = trainer.model.parameters.map { ($0.name, $0.parameter.value) }
    moments = trainer.optimizer.moments
  }

  /// Converts a training of the authors' code. The losses and accuracies of its steps are unknown: the log has no
  /// numbers.
  package init(
    _ released: ReleasedCheckpoint,
    settings: TrainingSettings,
    data: DataDescription
  ) {
    name = released.spec.network.rawValue
    spec = released.spec
    self.settings = settings
    self.data = data
    step = released.step
    log = (0..<released.step).map { step in
      let rate = settings.schedule.rate(step: step + 1)
      return StepRecord(step: step + 1, loss: .nan, accuracy: .nan, rate: rate)
    }
    validations = []
    parameters = released.parameters
    moments = released.moments
    hasMoments = released.hasMoments
  }

  /// True if no parameter exceeds the range of 16 bits.
  package var fitsHalfPrecision: Bool {
    parameters.allSatisfy { _, value in
      value.withElements { $0.allSatisfy { abs($0) <= Float(Float16.greatestFiniteMagnitude) } }
    }
  }

  /// Returns a model and its training in this state.
  ///
  /// - Parameter head: the head of the data.
  package func makeTrainer(head: any Head = SymbolHead()) -> Trainer {
    let model = spec.outline
    for ((_, parameter), (_, value)) in zip(model.parameters, parameters) {
      parameter.value = value
    }
    let trainer = Trainer(model: model, head: head, settings: settings, moments: moments)
    trainer.restore(step: step, moments: moments, log: log, validations: validations)
    return trainer
  }

  /// Sets a training of this form to this state.
  ///
  /// - Throws: `CheckpointError.otherForm` if its parameters have other names or shapes.
  package func restore(_ trainer: Trainer) throws(CheckpointError) {
    let own = trainer.model.parameters
    let isAlike =
      own.count == parameters.count
      && zip(own, parameters).allSatisfy {
        $0.name == $1.name && $0.parameter.value.shape == $1.value.shape
      }
    guard isAlike else { throw .otherForm }
    for ((_, parameter), (_, value)) in zip(own, parameters) { parameter.value = value }
    trainer.settings = settings
    trainer.restore(step: step, moments: moments, log: log, validations: validations)
  }
}

/// The reason why a checkpoint cannot be used.
package enum CheckpointError: Error, Equatable, LocalizedError {
  case notACheckpoint
  case newerVersion(String)
  case badMetadata(key: String, value: String?)
  case wrongShape(name: String, found: [Int], expected: [Int])
  case wrongCount(name: String)
  case otherForm
  case damaged
  /// The numbers do not match the digest in the metadata.
  case changed
  case badWords

  package var errorDescription: String? {
    switch self {
    case .notACheckpoint:
      """
      the file holds tensors but no rse checkpoint: its metadata, which say what network they are of, lack \
      `rse_checkpoint`
      """
    case .newerVersion(let version):
      "the checkpoint is of version \(version), made by a newer rse; this one reads version 1"
    case .badMetadata(let key, let value?):
      "the checkpoint's metadata hold `\(value)` under `\(key)`, which is not valid"
    case .badMetadata(let key, nil): "the checkpoint's metadata lack `\(key)`"
    case .wrongShape(let name, let found, let expected):
      """
      the tensor `\(name)` is \(Shape(found)), where the checkpoint's own settings need \
      \(Shape(expected))
      """
    case .wrongCount(let name): "the checkpoint's log `\(name)` does not have one entry per step"
    case .damaged: "the checkpoint's numbers cannot be: the file is damaged"
    case .changed:
      """
      the checkpoint's numbers are not those that `save` wrote: the file is damaged, or another program has changed \
      them
      """
    case .badWords: "the checkpoint's words do not fit its model"
    case .otherForm: "the checkpoint's model has another form"
    }
  }
}
