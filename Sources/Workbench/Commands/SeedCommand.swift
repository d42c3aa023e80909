import CommandLanguage

/// `seed 7`
struct SeedCommand: Command {
  static let declaration = CommandDeclaration(
    name: "seed",
    summary: "Choose the random numbers of the models made from now on",
    discussion: """
      Initial values, training examples, test examples and dropout of a model follow from the seed that \
      was in force when `model` made it, and from nothing else: the same seed gives the same numbers.
      """,
    signature: Signature(positionals: [
      .required("number", .integer(.from(0, through: 1e15)), "the seed; it is 1 at the start")
    ]),
    examples: [.init("seed 7", "later models draw from the streams of seed 7")],
    category: Category.session
  )

  private let seed: UInt64

  init(_ arguments: BoundArguments) throws {
    seed = UInt64(try arguments.number("number"))
  }

  func run(in session: Session) throws -> Value {
    session.seed = seed
    if session.seeds.last != seed { session.seeds.append(seed) }
    return .number(Double(seed))
  }
}
