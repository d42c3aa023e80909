import CommandLanguage
import Training

/// A model's trace of a question.
package struct TracedQuestion {
  package let trace: NetworkTrace
  /// The question as users write it.
  package let text: String
  /// The symbol at each position as users write it, `_` for a blank.
  package let symbols: [String]
  /// The step after which the model was traced.
  package let step: Int
  /// The name of the task, see `SymbolTask.name`.
  package let task: String
  /// True if the norms of the network join positions.
  package let joinsPositions: Bool

  package init(
    trace: NetworkTrace,
    text: String,
    symbols: [String],
    step: Int,
    task: String,
    joinsPositions: Bool
  ) {
    self.trace = trace
    self.text = text
    self.symbols = symbols
    self.step = step
    self.task = task
    self.joinsPositions = joinsPositions
  }

  /// Returns the label of a position with its symbol, for axes.
  package func label(_ position: Int) -> String {
    let symbol = symbols[position]
    let most = 8
    return "\(position): " + (symbol.count > most ? symbol.prefix(most) + "…" : symbol)
  }

  /// The task and the question, truncated if it is long.
  package var title: String {
    let most = 44
    return task + " " + (text.count > most ? text.prefix(most) + "…" : text)
  }
}

extension ModelSlot {
  /// The last trace, if it is of the model's current state; nil otherwise.
  package var traced: TracedQuestion? {
    lastTrace.flatMap { $0.step == trainer?.step ? $0 : nil }
  }
}
