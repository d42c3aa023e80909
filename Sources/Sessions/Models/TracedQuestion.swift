import CommandLanguage
import Training

/// What a trace of a model has shown.
package struct TracedQuestion {
  package let trace: NetworkTrace
  /// The question as people write it.
  package let text: String
  /// The symbol at each position as people write it, `_` for a blank.
  package let symbols: [String]
  /// The step that the model was traced after.
  package let step: Int
  /// The task, see `SymbolTask.name`.
  package let task: String
  /// Whether the norms of the network join positions.
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

  /// A position with its symbol, for axes.
  package func label(_ position: Int) -> String {
    let symbol = symbols[position]
    let most = 8
    return "\(position): " + (symbol.count > most ? symbol.prefix(most) + "…" : symbol)
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
