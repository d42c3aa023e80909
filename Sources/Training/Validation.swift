import Autograd
import Networks
import Tasks
import Tensors

/// A model's results, during training, on examples that training never sees.
package struct ValidationRecord: Hashable, Sendable {
  /// The step after which it was measured.
  package let step: Int
  /// The training loss on these examples, without dropout, mean over the lengths of the data.
  package let loss: Double
  /// The accuracy on these examples, see `Head.metric`; mean over the lengths.
  package let accuracy: Double

  package init(step: Int, loss: Double, accuracy: Double) {
    self.step = step
    self.loss = loss
    self.accuracy = accuracy
  }
}

extension Trainer {
  /// Measures the model on held-out examples, the same ones each time.
  ///
  /// Changes nothing in the training.
  ///
  /// - Parameter count: the number of examples of each length, windows or passages.
  /// - Throws: any error that `monitor` throws.
  package func validate(
    on data: any TaskData,
    count: Int,
    monitor: PassMonitor? = nil
  ) throws -> ValidationRecord {
    try data.validate(self, count: count, monitor: monitor)
  }

  /// Measures the model with the examples of a seed and a loss common to all models: without label smoothing, and for
  /// symbols the mean cross-entropy of all positions.
  ///
  /// - Throws: any error that `monitor` throws.
  package func validate(
    on data: any TaskData,
    count: Int,
    comparing seed: UInt64,
    monitor: PassMonitor? = nil
  ) throws -> ValidationRecord {
    let own = settings
    defer { settings = own }
    settings.seed = seed
    settings.smoothing = 0
    settings.loss = .plain
    return try data.validate(self, count: count, monitor: monitor)
  }
}

/// The state of a training at one of its steps, to return to.
package struct TrainingState {
  /// The step after which it was captured.
  package let step: Int
  let parameters: [Tensor]
  let moments: [RAdam.Moments]
}

extension Checkpoint {
  /// The state that it holds, to return to.
  package var state: TrainingState {
    TrainingState(step: step, parameters: parameters.map(\.value), moments: moments)
  }
}

extension Trainer {
  /// The current state; costs a copy of the parameters and moments once they change.
  package var state: TrainingState {
    TrainingState(
      step: step,
      parameters: model.parameters.map(\.parameter.value),
      moments: optimizer.moments
    )
  }

  /// Returns to an earlier state, with the log up to its step.
  package func goBack(to state: TrainingState) {
    precondition(state.step <= step, "an earlier state")
    for ((_, parameter), value) in zip(model.parameters, state.parameters) {
      parameter.value = value
    }
    restore(
      step: state.step,
      moments: state.moments,
      log: Array(log.prefix(state.step)),
      validations: validations.filter { $0.step <= state.step }
    )
  }
}
