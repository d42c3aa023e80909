import Autograd
import Networks
import Tasks
import Tensors

/// The head of tasks that point at the position of an answer.
package struct PointerHead: Head {
  package let metric = "accuracy"
  package let smoothing: Float? = LambadaData.smoothing

  package init() {}

  package func loss(
    of logits: Variable,
    targets: PointerTargets,
    layout: SequenceLayout,
    weights: [Double],
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    let result = tape.pointerLoss(
      logits,
      labels: targets.labels,
      layout: layout,
      weights: weights,
      smoothing: settings.smoothing
    )
    return HeadLoss(
      loss: result.loss,
      losses: result.exampleLosses,
      accuracies: result.isRight.map { $0 ? 1 : 0 }
    )
  }
}
