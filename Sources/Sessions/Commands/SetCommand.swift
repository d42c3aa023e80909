import CommandLanguage
import Tensors

/// `set threads=1`
package struct SetCommand: Command {
  private static let compare = CommandArgument(
    "compare",
    .boolean,
    "whether replays compare what follows from trained weights",
    otherwise: "on"
  )
  private static let strict = CommandArgument(
    "strict",
    .boolean,
    "whether files are refused that deviate from their form, such as a table with a line that is no note",
    otherwise: "off: what cannot be read is skipped, with a remark"
  )
  private static let schedule = CommandArgument(
    "schedule",
    .integer(in: 1...1_000_000_000_000),
    "the step at which the current model's learning rate has fallen to 0",
    unit: "steps"
  )
  private static let rate = CommandArgument(
    "rate",
    .number(above: 0, through: 1),
    "the current model's highest learning rate"
  )
  private static let clipping = CommandArgument(
    "clipping",
    .boolean,
    "whether the current model's gradients are limited, see `help train`"
  )
  private static let threads = CommandArgument(
    "threads",
    .integer(in: 1...WorkerPool.maximumThreads),
    "threads that compute; results are the same bits for any number",
    otherwise: "one per processor"
  )

  package static let declaration = CommandDeclaration(
    name: "set",
    summary: "Change a setting of the session or of the current model",
    discussion: """
      The results of a training are the same bits on every processor and with any number of threads. They \
      change with the version of the arithmetic and with `RSE_PRODUCTS`. `set compare=off` tells replays not \
      to compare what follows from trained weights: losses, accuracies, answers, digests. `assert` says what \
      must hold all the same.
      """,
    signature: Signature(options: [compare, strict, schedule, rate, clipping, threads]),
    examples: [
      .init("model rse maps=8; set schedule=40000", "let the learning rate fall more slowly"),
      .init("model rse maps=8; set rate=0.0005 clipping=on", "train more carefully from here on"),
      .init("set threads=1", "compute on one thread"),
      .init("set compare=off", "show results from here on without comparing them in replays"),
    ],
    category: Category.session
  )

  private let threads: Int?
  private let compares: Bool?
  private let isStrict: Bool?
  private let schedule: Int?
  private let rate: Double?
  private let clipping: Bool?

  package init(_ arguments: BoundArguments) throws {
    threads = arguments[Self.threads]
    compares = arguments[Self.compare]
    isStrict = arguments[Self.strict]
    schedule = arguments[Self.schedule]
    rate = arguments[Self.rate]
    clipping = arguments[Self.clipping]
    if threads == nil, compares == nil, isStrict == nil, schedule == nil, rate == nil,
      clipping == nil
    {
      throw arguments.error("nothing is set", remedy: "for example `set threads=1`")
    }
  }

  package func run(in session: Session) throws -> Value {
    if let threads { WorkerPool.shared.resize(threads: threads) }
    if let schedule {
      let model = try session.model(named: nil)
      guard schedule > model.request.settings.schedule.warmup else {
        throw Diagnostic(
          "the schedule must be longer than the warm-up of \(model.request.settings.schedule.warmup) steps"
        )
      }
      model.changeSettings { $0.schedule.steps = schedule }
    }
    if rate != nil || clipping != nil {
      try session.model(named: nil).changeSettings {
        $0.schedule.rate = rate ?? $0.schedule.rate
        $0.clipping = clipping ?? $0.clipping
      }
    }
    if let compares { session.comparesResults = compares }
    if let isStrict { session.isStrict = isStrict }
    return .nothing
  }
}
