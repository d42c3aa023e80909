import Autograd
import Networks
import Tensors

/// The head of tasks that answer with a symbol at each position.
package struct SymbolHead: Head {
  package let metric = "accuracy"

  package init() {}

  package func loss(
    of logits: Variable,
    targets: SymbolTargets,
    layout: SequenceLayout,
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    let result = tape.symbolLoss(
      logits,
      labels: targets.symbols,
      layout: layout,
      smoothing: settings.smoothing,
      form: settings.loss
    )
    let accuracy = trainingAccuracy(
      labels: targets.symbols,
      predictions: result.predictions,
      layout: layout
    )
    return HeadLoss(loss: result.loss, accuracy: accuracy)
  }
}
