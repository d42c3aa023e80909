import CommandLanguage

/// `seed 7`
package struct SeedCommand: Command {
  /// The range of seeds.
  static let range = 0...1_000_000_000_000_000

  private static let number = CommandArgument.required(
    "number",
    .integer(in: range),
    "the seed; it is 1 at the start"
  )

  package static let declaration = CommandDeclaration(
    name: "seed",
    summary: "Choose the random numbers of the models made from now on",
    discussion: """
      Initial values, training examples, test examples and dropout of a model follow from the seed that \
      was in force when `model` made it, and from nothing else: the same seed gives the same numbers.
      """,
    signature: Signature(positionals: [number]),
    examples: [.init("seed 7", "later models draw from the streams of seed 7")],
    category: Category.session
  )

  private let seed: UInt64

  package init(_ arguments: BoundArguments) throws {
    seed = UInt64(arguments[Self.number])
  }

  package func run(in session: Session) throws -> Value {
    session.seed = seed
    if session.seeds.last != seed { session.seeds.append(seed) }
    // Notebooks of earlier versions lack this line.
    session.emit("seed \(seed), for models made from now on" + remark(in: session), .volatile)
    return .number(Double(seed))
  }

  /// Returns a remark if the current model has another seed, which it keeps; empty otherwise.
  private func remark(in session: Session) -> String {
    guard let model = session.currentModel, model.request.settings.seed != seed else { return "" }
    return "; `\(model.name)` keeps its seed \(model.request.settings.seed)"
  }
}
