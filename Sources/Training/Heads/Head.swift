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

  /// The loss of the logits [T', V] of a batch, or of a group of its examples.
  ///
  /// - Parameters:
  ///   - layout: of these examples, T positions of their input.
  ///   - weights: what an example of each segment counts in the loss.
  ///   - model: for what else it has learned about its outputs.
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

/// The loss of some examples, and what training shows of each of them.
package struct HeadLoss {
  /// The sum of the losses of the examples by their weights, a scalar.
  package let loss: Variable
  /// The loss of each example.
  package let losses: [Double]
  /// The accuracy of each example, from 0 to 1; nil of one that has none.
  package let accuracies: [Double?]

  package init(loss: Variable, losses: [Double], accuracies: [Double?]) {
    precondition(losses.count == accuracies.count, "a loss and an accuracy for each example")
    self.loss = loss
    self.losses = losses
    self.accuracies = accuracies
  }

  /// Loss and accuracy of a batch, means over the segments of the means over their examples; the accuracy is 1 where
  /// no example has one.
  package static func means(
    _ losses: [Double],
    _ accuracies: [Double?],
    _ layout: SequenceLayout
  ) -> (loss: Double, accuracy: Double) {
    (layout.mean(losses) ?? 0, layout.mean(accuracies) ?? 1)
  }

  /// Those of its examples, all of the layout.
  package func means(_ layout: SequenceLayout) -> (loss: Double, accuracy: Double) {
    Self.means(losses, accuracies, layout)
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
      weights: batch.weights,
      model: model,
      settings: settings,
      on: tape
    )
  }
}
