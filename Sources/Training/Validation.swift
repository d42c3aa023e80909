import Autograd
import Networks
import Tasks
import Tensors

/// How a model in training did on examples that training never sees.
package struct ValidationRecord: Hashable, Sendable {
  /// The step after which it was measured.
  package let step: Int
  /// The training loss on these examples, without dropout, mean over the lengths of the data.
  package let loss: Double
  /// The training accuracy on these examples, mean over the lengths; of notes the average precision.
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
  /// - Parameter count: examples of each length.
  /// - Throws: what `monitor` throws.
  package func validate(
    on data: any TaskData,
    count: Int,
    monitor: PassMonitor? = nil
  ) throws -> ValidationRecord {
    switch data {
    case let data as SymbolData: try validate(onSymbols: data, count: count, monitor: monitor)
    case let data as LambadaData: try validate(onPassages: data, count: count, monitor: monitor)
    case let data as MusicData: try validate(onMusic: data, count: count, monitor: monitor)
    default: preconditionFailure("there is no validation of \(data.name)")
    }
  }

  /// Measures the model on examples of each length of the data, the same ones each time.
  ///
  /// Changes nothing in the training.
  ///
  /// - Parameters:
  ///   - count: examples of each length.
  ///   - comparing: the seed of the examples, for models that are compared. Their loss then is the mean
  ///     cross-entropy in nats per position, not that of the training; nil for the training's own.
  /// - Throws: what `monitor` throws.
  package func validate(
    onSymbols data: SymbolData,
    count: Int,
    comparing seed: UInt64? = nil,
    monitor: PassMonitor? = nil
  ) throws -> ValidationRecord {
    let source = RandomSource(seed: seed ?? settings.seed)
    var (loss, accuracy) = (0.0, 0.0)
    // A length of which nothing is held out does not count.
    let bins = data.testedBins
    for bin in bins {
      let portion = max(1, Evaluation.positionsPerPass / bin)
      let available = data.task.testCount(above: data.length(below: bin), upTo: bin) ?? count
      let total = min(count, available)
      for first in stride(from: 0, to: total, by: portion) {
        let size = min(portion, total - first)
        let batch = Batch([
          bin: try data.freshExamples(
            bin: bin,
            from: first,
            count: size,
            source: source,
            interruption: monitor?.check
          )
        ])
        let (logits, tape) = try model.forward(batch, monitor: monitor)
        let result = tape.symbolLoss(
          logits,
          labels: batch.labels,
          layout: batch.layout,
          smoothing: seed == nil ? settings.smoothing : 0,
          form: seed == nil ? settings.loss : .plain
        )
        let share = Double(size) / Double(total * bins.count)
        loss += share * result.exampleLosses.reduce(0, +) / Double(size)
        accuracy +=
          share
          * trainingAccuracy(
            labels: batch.labels,
            predictions: result.predictions,
            layout: batch.layout
          )
      }
    }
    return ValidationRecord(step: step, loss: loss, accuracy: accuracy)
  }
}

/// The state of a training at one of its steps, to go back to.
package struct TrainingState {
  /// The step it was taken after.
  package let step: Int
  let parameters: [Tensor]
  let moments: [RAdam.Moments]
}

extension Trainer {
  /// The state as it is; costs a copy of the parameters and moments once they change.
  package var state: TrainingState {
    TrainingState(
      step: step,
      parameters: model.parameters.map(\.parameter.value),
      moments: optimizer.moments
    )
  }

  /// Goes back to an earlier state, with the log up to its step.
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
