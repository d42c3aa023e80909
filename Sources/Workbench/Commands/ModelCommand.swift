import Autograd
import CommandLanguage
import Networks
import Training

/// `model rse maps=96 blocks=2`
struct ModelCommand: Command {
  static let declaration = CommandDeclaration(
    name: "model",
    summary: "Build a model",
    discussion: """
      rse is the Residual Shuffle-Exchange network: `blocks` Beneš blocks of 2 (log2 n - 1) switch layers \
      for sequences of length n, and a last switch layer. Its alphabets come from the data at the first \
      use, so `model` and `data` may come in either order. The schedule, the dropout and the seed belong \
      to the model, not to a `train`.
      """,
    signature: Signature(
      positionals: [
        .required("network", .choice(NetworkKind.allCases.map(\.rawValue)), "the kind of network")
      ],
      options: [
        .optional(
          "maps",
          .integer(.from(1, through: 4096)),
          "m, the width of each position",
          default: "96"
        ),
        .optional(
          "blocks",
          .integer(.from(1, through: Double(ModelSpec.largestBlocks))),
          "Beneš blocks",
          default: "2"
        ),
        .optional(
          "keep",
          .number(.from(0.01, through: 1)),
          "what dropout keeps over log2(n) layers; a layer drops (1 - keep) / log2(n)",
          default: "0.9"
        ),
        .optional(
          "tying",
          .choice(Tying.allCases.map(\.rawValue)),
          "shared: one switch unit per half of a block; plain: first and middle layers have their own",
          default: "shared"
        ),
        .optional(
          "norm",
          .choice(NormAxis.allCases.map(\.rawValue)),
          "what the norm averages over; positions is what the released code does",
          default: "positions"
        ),
        .optional(
          "schedule",
          .integer(.from(1, through: 1e12)),
          "the step at which the learning rate has fallen to 0",
          unit: "steps",
          default: "20000"
        ),
        .optional(
          "warmup",
          .integer(.from(0, through: 1e12)),
          "steps over which the rate first rises",
          unit: "steps",
          default: "0"
        ),
        .optional(
          "rate",
          .number(.above(0, through: 1)),
          "the highest learning rate",
          default: "0.00125 √(96/maps)"
        ),
        .optional(
          "smoothing",
          .number(.from(0, through: 0.9)),
          "label smoothing",
          default: "0.01"
        ),
        .optional("as", .word, "the model's name", default: "rse"),
      ]
    ),
    examples: [
      .init("model rse maps=96 blocks=2", "the network of the paper, half as wide"),
      .init("model rse maps=24 as=small", "a second model beside it"),
    ],
    category: Category.models
  )

  private let name: String
  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    name = arguments.optionalText("as") ?? "rse"
    self.arguments = arguments
    let (schedule, warmup) = (
      arguments.optionalInteger("schedule") ?? 20_000, arguments.optionalInteger("warmup") ?? 0
    )
    guard warmup < schedule else {
      throw arguments.error(
        on: "warmup",
        "the warm-up of \(warmup) steps leaves nothing of the schedule of \(schedule)",
        remedy: "choose warmup= below schedule="
      )
    }
  }

  func run(in session: Session) throws -> Value {
    let maps = arguments.optionalInteger("maps") ?? 96
    let slot = ModelSlot(
      name: name,
      request: ModelSlot.Request(
        maps: maps,
        blocks: arguments.optionalInteger("blocks") ?? 2,
        tying: arguments.optionalText("tying").flatMap(Tying.init) ?? .shared,
        norm: arguments.optionalText("norm").flatMap(NormAxis.init) ?? .positions,
        settings: TrainingSettings(
          seed: session.seed,
          schedule: RateSchedule(
            rate: arguments.optionalNumber("rate") ?? RateSchedule.releasedRate(maps: maps),
            steps: arguments.optionalInteger("schedule") ?? 20_000,
            warmup: arguments.optionalInteger("warmup") ?? 0
          ),
          keep: Float(arguments.optionalNumber("keep") ?? 0.9),
          smoothing: Float(arguments.optionalNumber("smoothing") ?? 0.01)
        )
      )
    )
    session.add(slot)
    return .record(["name": .text(name)])
  }
}
