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
    weights: [Double],
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    let result = tape.symbolLoss(
      logits,
      labels: targets.symbols,
      layout: layout,
      weights: weights,
      smoothing: settings.smoothing,
      form: settings.loss
    )
    return HeadLoss(
      loss: result.loss,
      losses: result.exampleLosses,
      accuracies: exampleAccuracies(
        labels: targets.symbols,
        predictions: result.predictions,
        layout: layout
      )
    )
  }
}
