import CommandLanguage
import Training

/// What a trace of a model has shown.
struct TracedQuestion {
  let trace: NetworkTrace
  /// The question as people write it.
  let text: String
  /// The step that the model was traced after.
  let step: Int
  /// The task, see `SymbolTask.name`.
  let task: String
  /// Whether the norms of the network join positions.
  let joinsPositions: Bool

  /// The task and the question, or its beginning if it is long.
  var title: String {
    let most = 44
    return task + " " + (text.count > most ? text.prefix(most) + "…" : text)
  }
}

extension ModelSlot {
  /// The last trace of the model as it is; nil if it was not traced, or trained since.
  var traced: TracedQuestion? {
    lastTrace.flatMap { $0.step == trainer?.step ? $0 : nil }
  }
}
