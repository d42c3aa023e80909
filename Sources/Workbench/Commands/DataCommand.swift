import CommandLanguage
import Figures
import Sessions

/// `data badd lengths=8,16,32,64 batch=32`
struct DataCommand: Command {
  private static let task = CommandArgument(
    "task",
    .choice(among: TaskFamilies.choices),
    "what is to be learned, if not a file"
  )

  static let declaration = CommandDeclaration(
    name: "data",
    summary: "Choose the task and the lengths to train on",
    discussion: """
      Examples are made when they are needed, as a function of the seed and the step; there is nothing to \
      download. An example is padded with blanks to the smallest of the lengths that holds it. A training \
      step takes `batch` examples of each length. `help tasks` lists the tasks, `help task sort` explains one.

      `padding=` says where the blanks of training examples stand: `end`; `front`, where input and target \
      are moved by the same random number of blanks; `dispersed`, where blanks stand between the symbols, at \
      the same random places of both. Test examples always have them at the end.

      With `count=10000`, as the original had it, a training repeats a finite set: up to so many different \
      inputs of each length 1, 2, 3, …; the search for a new one ends after 20 repeats in a row. Sets are made \
      when they are needed, as a function of the seed, and tests avoid their inputs as far as possible.

      With `file=pairs.tsv` the examples are yours: a line each, the input, a tab, the target, both of \
      characters or of words with blanks between. A first line that says `input`, tab, `target`, as `write` has \
      it, is no example. They are shuffled by the seed; a tenth is held out from training, for `test` and \
      `validate=`. `test=` names a file of such examples of its own in place of a share. \
      `held-out=0` trains on all examples, `held-out=1` tests on all of them. `load` finds the files again.

      `data lambada` is about passages of text in which a missing word is to be pointed at, see \
      `help task lambada`.

      `data notes` and `data musicnet` are about music: the network hears windows of it, at 11,000 samples a \
      second, and tells which notes sound; see `help task notes` and `help task musicnet`.
      """,
    signature: Signature(
      positionals: [task],
      groups: TaskFamilies.all.flatMap(\.groups),
      valueNoun: "task"
    ),
    examples: [
      .init("data badd", "binary addition at the original's lengths"),
      .init("data sort lengths=16,32 batch=8", "sorting, in smaller steps"),
      .init("data sort alphabet=100 padding=front", "of 99 numbers, moved by random blanks"),
      .init("data add lengths=8,16 count=100", "a finite set of examples"),
      .init("data file=pairs.tsv held-out=0.5", "examples of your own, half of them for tests"),
      .init(
        "data file=pairs.tsv test=test.tsv",
        "examples of your own, and others for tests"
      ),
      .init("data lambada path=passages lengths=64", "passages whose last word is missing"),
      .init("data notes window=1024 batch=8", "made-up music, and which notes sound in it"),
    ],
    category: Category.models
  )

  private let request: any DataRequest

  init(_ arguments: BoundArguments) throws {
    guard let family = TaskFamilies.family(ofChoice: arguments[Self.task]) else {
      throw arguments.error("there is no such task", remedy: "`help tasks`")
    }
    request = try family.request(arguments[Self.task], arguments)
  }

  func run(in session: Session) throws -> Value {
    let data = try request.make(in: session)
    session.data = data
    session.noteMismatch(with: data)
    return .record(data.summary)
  }
}

extension Session {
  /// Emits a line if the current model was trained and cannot continue with the data.
  fileprivate func noteMismatch(with data: any SessionData) {
    guard let slot = currentModel, let mismatch = slot.mismatch(with: data) else { return }
    emit("\(mismatch.message); \(mismatch.remedy ?? "")", .volatile)
  }
}
