import Foundation
import Tensors

/// How fast a training was.
struct TrainingSpeed {
  let model: String
  let steps: Int
  let seconds: Double
  /// Floating-point operations of the matrix products of a step.
  let operations: Double

  init(steps: Int, seconds: Double, model: Session.BoundModel) {
    self.model = model.slot.name
    self.steps = steps
    self.seconds = max(seconds, 1e-9)
    let sizes = model.data.bins.map { (length: $0, batch: model.data.batchSize) }
    operations = 3 * model.trainer.model.operations(SequenceLayout(sizes))
  }

  var stepsPerSecond: Double { Double(steps) / seconds }
  var gigaflops: Double { operations * stepsPerSecond / 1e9 }
}
