import CommandLanguage
import Training

/// What a trace of a model has shown.
package struct TracedQuestion {
  package let trace: NetworkTrace
  /// The question as people write it.
  package let text: String
  /// The step that the model was traced after.
  package let step: Int
  /// The task, see `SymbolTask.name`.
  package let task: String
  /// Whether the norms of the network join positions.
  package let joinsPositions: Bool

  package init(
    trace: NetworkTrace,
    text: String,
    step: Int,
    task: String,
    joinsPositions: Bool
  ) {
    self.trace = trace
    self.text = text
    self.step = step
    self.task = task
    self.joinsPositions = joinsPositions
  }

  /// The task and the question, or its beginning if it is long.
  package var title: String {
    let most = 44
    return task + " " + (text.count > most ? text.prefix(most) + "…" : text)
  }
}

extension ModelSlot {
  /// The last trace of the model as it is; nil if it was not traced, or trained since.
  package var traced: TracedQuestion? {
    lastTrace.flatMap { $0.step == trainer?.step ? $0 : nil }
  }
}
