import Autograd
import Networks
import Tasks
import Tensors

/// The interpretation of a network's logits: the loss that trains it, and the name of its accuracy.
///
/// Each family of tasks has its head, see `TaskData.head`.
package protocol Head: Sendable {
  /// The targets that the network should predict for a batch.
  associatedtype Targets: SequenceTargets

  /// The name of a validation's accuracy.
  var metric: String { get }
  /// The default label smoothing; nil for that of the network's released code.
  var smoothing: Float? { get }
  /// True if a scale and an offset are learned for each output, see `OutputCalibration`.
  var isCalibrated: Bool { get }

  /// Returns the loss of the logits [T', V] of a batch, or of a group of its examples.
  ///
  /// - Parameters:
  ///   - layout: the layout of these examples, T positions of their input.
  ///   - weights: the weight of an example of each segment in the loss.
  ///   - model: the model, for other parameters that it learns about its outputs.
  func loss(
    of logits: Variable,
    targets: Targets,
    layout: SequenceLayout,
    weights: [Double],
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss
}

/// The loss of some examples, and the values that training reports for each of them.
package struct HeadLoss {
  /// The weighted sum of the examples' losses, a scalar.
  package let loss: Variable
  /// The loss of each example.
  package let losses: [Double]
  /// The accuracy of each example, from 0 to 1; nil for an example without one.
  package let accuracies: [Double?]

  package init(loss: Variable, losses: [Double], accuracies: [Double?]) {
    precondition(losses.count == accuracies.count, "a loss and an accuracy for each example")
    self.loss = loss
    self.losses = losses
    self.accuracies = accuracies
  }

  /// Returns the loss and the accuracy of a batch, means over the segments of the means over their examples; the
  /// accuracy is 1 if no example has one.
  package static func means(
    _ losses: [Double],
    _ accuracies: [Double?],
    _ layout: SequenceLayout
  ) -> (loss: Double, accuracy: Double) {
    (layout.mean(losses) ?? 0, layout.mean(accuracies) ?? 1)
  }

  /// Returns the means over its examples, which are all examples of the layout.
  package func means(_ layout: SequenceLayout) -> (loss: Double, accuracy: Double) {
    Self.means(losses, accuracies, layout)
  }
}

extension Head {
  package var smoothing: Float? { nil }
  package var isCalibrated: Bool { false }

  /// Returns the loss of the logits of a batch whose targets belong to this head.
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
      weights: batch.weights,
      model: model,
      settings: settings,
      on: tape
    )
  }
}
