import CommandLanguage

/// `test lengths=64..1024 by *2`
package struct TestCommand: Command {
  package static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...1 << 21)),
    "powers of two",
    unit: "symbols",
    otherwise: "those of the data"
  )
  package static let count = CommandArgument(
    "count",
    .integer(in: 1...10_000_000),
    "examples of each length, windows of each recording, or passages",
    otherwise: "1024, fewer above length 4096; of recordings and passages all"
  )
  package static let seconds = CommandArgument(
    "seconds",
    .number(in: 0...1e6),
    "the time after which a length ends",
    unit: "seconds",
    otherwise: "no end"
  )
  package static let hard = CommandArgument(
    "hard",
    .boolean,
    "whether the inputs are the hard ones, which `help task NAME` lists",
    default: false
  )
  package static let predictions = CommandArgument(
    "predictions",
    .fileToWrite(extensions: ["tsv"]),
    "a table of the answers, a row an example",
    otherwise: "none is written"
  )
  private static let of = ModelArgument.of

  package static let declaration = CommandDeclaration(
    name: "test",
    summary: "Measure the model on fresh examples of several lengths",
    discussion: """
      Every length gets new examples that training never sees, padded to it. The column `symbols` is the share of \
      right symbols among the positions where the answer or the prediction is not blank; a sequence is right if all \
      of them are. Testing changes nothing in the training.

      Random inputs hide what a network cannot do: a sum of random numbers hardly ever carries over more than a dozen \
      places. `hard=on` tests on the inputs that a person would think of, such as 1111 + 1, all kinds equally often; \
      `help task NAME` lists the kinds, and `data … hard=0.2` trains on them.

      Without `count=` as many examples are taken at each length as 2^22 symbols allow, from 4 to 1,024: up to \
      length 4,096 they are 1,024. `seconds=` ends a length when the time is over, after at least one pass; \
      what is counted then depends on the speed of the machine.

      Of music the network hears `count=` windows of each held-out recording, evenly spread, without `count=` one \
      for every label frame, and the frame in the middle of each is judged: the average precision over all notes \
      of all frames, and what a probability of 0.5 finds.

      Of passages of text the network reads `count=`, without it all, each ten times, moved by random numbers of \
      blanks. Each reading has a vote for the word with the highest score, none for a blank; the word with the most \
      votes counts. A passage whose answer is not among its words counts as wrong.

      `predictions=FILE.tsv` writes a row for each example, parted by tabs: `length`, `input`, `target` and `answer` as \
      `try` shows them, and `right`, 1 or 0. Rows of passages begin with `passage`, its number, and leave out those that are \
      too long. `pandas.read_csv("FILE.tsv", sep="\\t", dtype=str, keep_default_na=False)` takes all cells as they are \
      written. `show wrong` lists wrong answers, `plot confusion` and `plot positions` draw what is wrong.

      A task may have few different inputs at a short length. Where they are fewer than 100,000, ten times as \
      many as the original stores for its training, tests meet inputs of the training, and `test` says so.
      """,
    signature: Signature(options: [lengths, count, hard, seconds, predictions, of]),
    examples: [
      .init(
        "data badd lengths=8; model rse maps=8; test lengths=8..32 by *2 count=16",
        "an untrained model on three lengths"
      ),
      .init(
        "data sort lengths=8; model rse maps=8; test count=16 predictions=answers.tsv",
        "its answers as a table"
      ),
    ],
    category: Category.models
  )

  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
  }

  package func run(in session: Session) throws -> Value {
    let wanted = arguments[Self.lengths]?.max()
    let model = try session.boundModel(named: arguments[Self.of]) { model, data in
      (wanted ?? data.bins.max()).map { .forward(model, length: Double($0)) }
    }
    return try model.data.test(model, TestRequest(arguments), in: session)
  }
}
