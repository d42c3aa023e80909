import CommandLanguage
import Foundation
import Networks
import Tasks
import Training

/// `compare rse,small steps=500`
package struct CompareCommand: Command {
  private static let of = CommandArgument(
    "of",
    .list(of: .name(of: "model")),
    "the models",
    otherwise: "all models but those that were trained on other tasks"
  )
  private static let steps = CommandArgument(
    "steps",
    .integer(in: 1...1_000_000_000),
    "how many steps each model is trained",
    unit: "steps"
  )
  private static let seconds = CommandArgument(
    "seconds",
    .number(above: 0, through: 1e9),
    "how long each model is trained at most",
    unit: "seconds"
  )
  static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...1 << 21)),
    "of symbols: lengths of the test, powers of two",
    unit: "symbols",
    otherwise: "those of the data"
  )
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...10_000_000),
    "examples of the test, of symbols of each length",
    otherwise: "as `test` has; 256 for the loss"
  )
  private static let spread = CommandArgument(
    "spread",
    .boolean,
    "whether each of several processes trains models of its own, instead of a share of each model",
    default: false
  )
  private static let memory = CommandArgument(
    "memory",
    .boolean,
    "how long the sequences are that fit in memory, instead of training",
    default: false
  )
  private static let limit = MemoryComparison.limitOption("memory=on: ")
  private static let longest = ProbeSeries.longestOption("memory=on: ")

  package static let declaration = CommandDeclaration(
    name: "compare",
    summary: "Train several models alike and put what came of it side by side",
    discussion: """
      Each model is trained as `train` does, with `steps=` for so many steps more, with `seconds=` until the \
      time is over, with both until one of them is reached. By the clock other steps are done each time, so that replays \
      compare nothing of it. Then each is measured on the same fresh examples. The loss is without smoothing or \
      dropout and the same for all, whatever loss a model is trained with: of symbols the mean cross-entropy in \
      nats per position, of passages that of pointing, of music that of the training. Beside it stands what `test` \
      shows: of symbols the accuracy at each length, of passages that on all and on those that can be answered, with \
      guesses that learn nothing, of music the average precision or the F1 of onsets. Peak memory is that of a training step with the model's own \
      weights and their optimizer; it counts tensors, not the program.

      The record has a field for each column, by model: `$r.loss[rse]`, `$r.accuracy[rse][64]`. \
      `plot loss` and `plot generalisation` with `of=` draw the same models. Ctrl-C stops after the last complete \
      step; what was trained by then stays.

      Under `mpirun` all processes train one model after another together; `spread=on` has each train models of its own. \
      The results are the same.

      `memory=on` trains nothing: it tells how long the sequences are that fit in `limit=`, measured on copies as far as \
      a step takes about two seconds, and from there on as the model itself estimates.
      """,
    signature: Signature(
      positionals: [of],
      options: [steps, seconds, lengths, count, spread, memory, limit, longest]
    ),
    examples: [
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8; model rse maps=4 as=small
        compare rse,small steps=5 lengths=8,16 count=8
        """,
        "two sizes after five steps each"
      ),
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8; model rse maps=4 as=small
        compare seconds=0.05 count=8; plot loss of=rse,small x=seconds
        """,
        "all models after a twentieth of a second each"
      ),
      .init(
        "data badd lengths=8; model rse maps=4\ncompare memory=on limit=1GB longest=32",
        "how long sequences may be in a gigabyte"
      ),
    ],
    category: Category.models
  )

  private let arguments: BoundArguments
  private let isAboutMemory: Bool

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    isAboutMemory = arguments[Self.memory]
    let foreign: [any DeclaredArgument] =
      isAboutMemory
      ? [Self.steps, Self.seconds, Self.lengths, Self.count, Self.spread]
      : [Self.limit, Self.longest]
    for option in foreign where arguments.has(option) {
      let name = option.name
      throw arguments.error(
        on: option,
        isAboutMemory
          ? "`\(name)=` is about a training; with memory=on nothing is trained"
          : "`\(name)=` goes with `memory=on`, which is missing",
        remedy: isAboutMemory ? "leave out \(name)= or memory=on" : "add memory=on"
      )
    }
    if !isAboutMemory, !arguments.has(Self.steps), !arguments.has(Self.seconds) {
      throw arguments.error(
        "how long the models are trained is missing",
        remedy: "for example steps=500 or seconds=60"
      )
    }
    try arguments[Self.lengths]?.checkDistinct(Self.lengths)
  }

  package func run(in session: Session) throws -> Value {
    let slots = try arguments[Self.of].map { try session.models(named: $0) } ?? own(of: session)
    if isAboutMemory {
      var comparison = try MemoryComparison(arguments, limit: Self.limit, models: Self.of)
      try comparison.measure(slots, longest: arguments[Self.longest], in: session)
      comparison.report(in: session)
      return .record(comparison.record)
    }
    let models = try slots.map { try session.boundModel(named: $0.name, for: Self.training) }
    var request = ComparisonRequest(
      steps: arguments[Self.steps] ?? Int(1e9),
      timeLimit: arguments[Self.seconds],
      lengths: arguments[Self.lengths],
      count: arguments[Self.count],
      seed: session.seed
    )
    request.isSpread = arguments[Self.spread]
    // Problems surface before the first step, not after the last one.
    for model in models { try check(model, request, in: session) }
    return try ModelComparison(request, models: models, session: session).run()
  }

  /// Returns the models that are untrained and can read the data, or were trained on the same task; emits the names of
  /// the others.
  private func own(of session: Session) throws(Diagnostic) -> [ModelSlot] {
    guard !session.models.isEmpty else { throw BindingError.noModel.diagnostic }
    guard let data = session.data else { return session.models }
    var (others, unfit): ([String], [String]) = ([], [])
    let own = session.models.filter { slot in
      if slot.trainer?.step ?? 0 > 0 {
        let isOwn = slot.mismatch(with: data) == nil && slot.data?.name == data.name
        if !isOwn { others.append("`\(slot.name)`") }
        return isOwn
      }
      let canRead = (try? slot.request.spec(for: data)) != nil
      if !canRead { unfit.append("`\(slot.name)`") }
      return canRead
    }
    guard !own.isEmpty else {
      throw Diagnostic(
        "there is no model that has learned `\(data.name)`, or is untrained and can read it",
        remedy:
          "build one with `model rse as=other`, or name models with of= that can go on with these data"
      )
    }
    for (names, reason) in [(others, "trained on other tasks"), (unfit, "they read other data")]
    where !names.isEmpty {
      session.emit("left out, \(reason): \(Suggestion.listing(names, lastAfter: "and"))")
    }
    return own
  }

  private static func training(
    _ model: any SequenceModel,
    _ data: any SessionData
  ) -> MemoryEstimate {
    .training(model, bins: data.bins, batchSize: data.batchSize, memory: .usual, canBeLow: false)
  }

  private func check(
    _ model: Session.BoundModel,
    _ request: ComparisonRequest,
    in session: Session
  ) throws {
    guard model.data.hasExamples else { throw model.data.lackOfExamples }
    guard model.data.hasHeldOutExamples else {
      throw Diagnostic(
        "no example is held out to measure the models on",
        remedy: "choose data that have some: `help \(model.data.name)` says how"
      )
    }
    let training = Self.training(model.trainer.model, model.data)
    try training.check()
    training.tell(session)
    try model.data.checkComparison(model, request, in: session)
  }
}
