// A command, as the recipe in ARCHITECTURE.md says; its row would stand in `Session.commands`.
import CommandLanguage
import Sessions
import Tasks
import Tensors
import Wording

/// `tally steps=10`
struct TallyCommand: Command {
  private static let steps = CommandArgument(
    "steps",
    .integer(in: 1...1000),
    "training steps whose batches are counted",
    default: 1
  )

  static let declaration = CommandDeclaration(
    name: "tally",
    summary: "Count the symbols of the answers that training meets",
    discussion: "The blank, which is symbol 0, is counted like others.",
    signature: Signature(options: [steps]),
    examples: [.init("data badd lengths=8 batch=4; tally steps=3", "of the first three steps")],
    category: Category.looking
  )

  private let steps: Int

  init(_ arguments: BoundArguments) throws {
    steps = arguments[Self.steps]
  }

  func run(in session: Session) throws -> Value {
    let counts = try SymbolTally(steps: steps, in: session).counts
    for (symbol, count) in counts.enumerated() {
      session.emit("symbol \(symbol)  \(grouped(count))")
    }
    return .list(counts.map { .number(Double($0)) })
  }
}

/// How often the symbols of answers occur in the first training steps.
struct SymbolTally {
  /// By symbol, from 0.
  let counts: [Int]

  /// - Throws: a diagnostic without data of symbols, or `Interrupted`.
  init(steps: Int, in session: Session) throws {
    guard let data = session.data else { throw BindingError.noData.diagnostic }
    let symbols: SymbolData = try data.typed(for: "a tally is")
    var counts = [Int](repeating: 0, count: symbols.outputSymbols)
    for step in 1...steps {
      let batch = try symbols.trainingBatch(step: step, source: RandomSource(seed: session.seed)) {
        try session.checkInterruption()
      }
      for symbol in batch.labels { counts[Int(symbol)] += 1 }
    }
    self.counts = counts
  }
}
