import Autograd
import Networks
import Tasks
import Tensors

/// What is made of a network's logits: the loss that trains it, and how the share of right answers is called.
///
/// Each family of tasks brings its head, see `TaskData.head`.
package protocol Head: Sendable {
  /// What the network is to say about a batch.
  associatedtype Targets: SequenceTargets

  /// What the accuracy of a validation is called.
  var metric: String { get }
  /// Label smoothing where none is chosen; nil for that of the network's released code.
  var smoothing: Float? { get }
  /// Whether a scale and an offset are learned for each output, see `OutputCalibration`.
  var isCalibrated: Bool { get }

  /// The loss of the logits [T', V] of a batch.
  ///
  /// - Parameters:
  ///   - layout: of the batch, T positions of its input.
  ///   - model: for what else it has learned about its outputs.
  func loss(
    of logits: Variable,
    targets: Targets,
    layout: SequenceLayout,
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss
}

/// The loss of a batch, and the accuracy that training shows.
package struct HeadLoss {
  /// A scalar.
  package let loss: Variable
  /// From 0 to 1.
  package let accuracy: Double

  package init(loss: Variable, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }
}

extension Head {
  package var smoothing: Float? { nil }
  package var isCalibrated: Bool { false }

  /// The loss of the logits of a batch whose targets are of this head.
  func loss(
    of logits: Variable,
    _ batch: Batch,
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    loss(
      of: logits,
      targets: batch.targets(of: Targets.self),
      layout: batch.layout,
      model: model,
      settings: settings,
      on: tape
    )
  }
}
