import Foundation
import Tensors

/// The speed of a training.
package struct TrainingSpeed {
  package let model: String
  package let steps: Int
  package let seconds: Double
  /// The number of floating-point operations in the matrix products of a step.
  package let operations: Double

  package init(steps: Int, seconds: Double, model: Session.BoundModel) {
    self.model = model.slot.name
    self.steps = steps
    self.seconds = max(seconds, 1e-9)
    let sizes = model.data.bins.map { (length: $0, batch: model.data.batchSize) }
    operations = 3 * model.trainer.model.operations(SequenceLayout(sizes))
  }

  var stepsPerSecond: Double { Double(steps) / seconds }
  package var gigaflops: Double { operations * stepsPerSecond / 1e9 }
}
