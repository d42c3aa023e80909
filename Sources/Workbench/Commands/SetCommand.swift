import CommandLanguage
import Tensors

/// `set threads=1`
struct SetCommand: Command {
  static let declaration = CommandDeclaration(
    name: "set",
    summary: "Change a setting of the session or of the current model",
    discussion: """
      The results of a training are the same bits on the same kind of processor. On another kind the last \
      bits of a sum differ, and a long training makes more of them. `set compare=off` tells replays not to \
      compare what follows from trained weights: losses, accuracies, answers, digests. Notebooks for every \
      processor say what matters with `assert`.
      """,
    signature: Signature(options: [
      .optional(
        "compare",
        .boolean,
        "whether replays compare what follows from trained weights",
        default: "on"
      ),
      .optional(
        "schedule",
        .integer(.from(1, through: 1e12)),
        "the step at which the current model's learning rate has fallen to 0",
        unit: "steps"
      ),
      .optional(
        "rate",
        .number(.above(0, through: 1)),
        "the current model's highest learning rate"
      ),
      .optional(
        "clipping",
        .boolean,
        "whether the current model's gradients are limited, see `help train`"
      ),
      .optional(
        "threads",
        .integer(.from(1, through: Double(WorkerPool.maximumThreads))),
        "threads that compute; results are the same bits for any number",
        default: "one per processor"
      ),
    ]),
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
  private let schedule: Int?
  private let rate: Double?
  private let clipping: Bool?

  init(_ arguments: BoundArguments) throws {
    threads = arguments.optionalInteger("threads")
    compares = arguments.optionalBoolean("compare")
    schedule = arguments.optionalInteger("schedule")
    rate = arguments.optionalNumber("rate")
    clipping = arguments.optionalBoolean("clipping")
    if threads == nil, compares == nil, schedule == nil, rate == nil, clipping == nil {
      throw arguments.error("nothing is set", remedy: "for example `set threads=1`")
    }
  }

  func run(in session: Session) throws -> Value {
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
    return .nothing
  }
}
