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
    otherwise: "all models"
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
  private static let lengths = CommandArgument(
    "lengths",
    .list(of: .powerOfTwo(in: 4...1 << 21)),
    "lengths of the test, powers of two",
    unit: "symbols",
    otherwise: "those of the data"
  )
  private static let count = CommandArgument(
    "count",
    .integer(in: 1...10_000_000),
    "examples of each length",
    otherwise: "as `test` has; 256 for the loss"
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
      compare nothing of it. Then each is measured on the same fresh examples: loss is the mean cross-entropy in \
      nats per position without smoothing or dropout, whatever loss the model is trained with, and below each length \
      stands the accuracy that `test` shows. Peak memory is that of a training step with the model's own \
      weights and their optimizer; it counts tensors, not the program.

      The record has a field for each column, by model: `$r.loss[rse]`, `$r.accuracy[rse][64]`. \
      `plot loss` and `plot generalisation` with `of=` draw the same models. Ctrl-C stops after the last complete \
      step; what was trained by then stays.

      `memory=on` trains nothing: it tells how long the sequences are that fit in `limit=`, measured on copies as far as \
      a step takes about two seconds, and from there on as the model itself estimates.
      """,
    signature: Signature(
      positionals: [of],
      options: [steps, seconds, lengths, count, memory, limit, longest]
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
      ? [Self.steps, Self.seconds, Self.lengths, Self.count] : [Self.limit, Self.longest]
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
    let slots = try arguments[Self.of].map { try session.models(named: $0) } ?? session.models
    guard !slots.isEmpty else { throw BindingError.noModel.diagnostic }
    if isAboutMemory {
      var comparison = try MemoryComparison(arguments, limit: Self.limit, models: Self.of)
      try comparison.measure(slots, longest: arguments[Self.longest], in: session)
      comparison.report(in: session)
      return .record(comparison.record)
    }
    let models = try slots.map { try session.boundModel(named: $0.name, for: Self.training) }
    let comparison = ModelComparison(
      ModelComparison.Request(
        steps: arguments[Self.steps] ?? Int(1e9),
        timeLimit: arguments[Self.seconds],
        lengths: arguments[Self.lengths],
        count: arguments[Self.count]
      ),
      models: models,
      session: session
    )
    // What cannot be done is found before the first step, not after the last one.
    for model in models { try check(model, comparison.test(of: model), in: session) }
    return try comparison.run()
  }

  private static func training(
    _ model: any SequenceModel,
    _ data: any SessionData
  ) -> MemoryEstimate {
    .training(model, bins: data.bins, batchSize: data.batchSize, memory: .usual, canBeLow: false)
  }

  private func check(
    _ model: Session.BoundModel,
    _ test: LengthTest,
    in session: Session
  ) throws {
    guard model.data.hasExamples else { throw model.data.lackOfExamples }
    guard model.data.hasHeldOutExamples else {
      throw Diagnostic(
        "no example of these lengths is held out to measure the models on",
        remedy: "choose data with `data file=… held-out=0.1`"
      )
    }
    if let length = test.impossibleLength {
      throw arguments.error(
        on: Self.lengths,
        "`\(model.data.name)` has no example to test at length \(length)",
        remedy: "leave \(length) out of lengths="
      )
    }
    let training = Self.training(model.trainer.model, model.data)
    let longest = MemoryEstimate.forward(
      model.trainer.model,
      length: Double(test.lengths.max() ?? 0)
    )
    for estimate in [training, longest] {
      try estimate.check()
      estimate.tell(session)
    }
  }
}
