import Autograd
import CommandLanguage
import Networks
import Training
import Wiring

/// `model rse maps=96 blocks=2`
struct ModelCommand: Command {
  static let declaration = CommandDeclaration(
    name: "model",
    summary: "Build a model",
    discussion: """
      A model's alphabets come from the data at the first use, so `model` and `data` may come in either order. \
      The schedule, the dropout and the seed belong to the model, not to a `train`. All networks are trained, \
      tested, saved, plotted and replayed by the same commands; `compare` sets them side by side.

      \(NetworkKind.allCases.map { "\($0.rawValue) - \($0.about)" }.joined(separator: "\n\n"))
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
          .integer(.from(1, through: 8)),
          "Beneš blocks",
          default: "2"
        ),
        .optional(
          "keep",
          .number(.from(0.01, through: 1)),
          "what dropout keeps over log2(n) layers, of transformers and conv at each part of a layer",
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
          "layers",
          .integer(.from(1, through: 64)),
          "layers of the other networks; how often `universal` applies its one",
          default: "4; lstm and gru 2, conv 10"
        ),
        .optional(
          "heads",
          .integer(.from(1, through: 64)),
          "heads of attention, which divide maps=",
          default: "4, or what divides maps="
        ),
        .optional(
          "positions",
          .choice(PositionCode.allCases.map(\.rawValue)),
          "how attention is told of positions",
          default: "sinusoidal"
        ),
        .optional(
          "direction",
          .choice(Direction.allCases.map(\.rawValue)),
          "which way recurrent layers read; both: half of the maps each way",
          default: "both"
        ),
        .optional(
          "convolutions",
          .integer(.from(0, through: 3)),
          "of music: convolutions before the network, each of which halves the length",
          default: "2"
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
          default: "what the released code has for the network and the task"
        ),
        .optional(
          "loss",
          .choice(SymbolLossForm.allCases.map(\.rawValue)),
          "weighted: blanks weigh little, 0 is the attainable minimum; plain: the mean cross-entropy",
          default: "what the network's released code has"
        ),
        .optional(
          "clipping",
          .boolean,
          "whether gradients are limited by their second moments",
          default: "what the network's released code does"
        ),
        .optional("as", .word, "the model's name", default: "that of the network"),
      ]
    ),
    examples: [
      .init("model rse maps=96 blocks=2", "the network of the paper, half as wide"),
      .init("model rse maps=24 as=small", "a second model beside it"),
      .init("model transformer maps=64 layers=3 heads=8", "another network"),
      .init("model lstm layers=1 direction=forward", "a recurrent layer that reads left to right"),
    ],
    category: Category.models
  )

  private let name: String
  private let form: ModelSpec
  private let arguments: BoundArguments

  init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    guard let network = NetworkKind(rawValue: try arguments.text("network")) else {
      throw arguments.error(on: "network", "there is no such network")
    }
    name = arguments.optionalText("as") ?? network.rawValue
    form = try Self.form(network, arguments)
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

  private static func form(
    _ network: NetworkKind,
    _ arguments: BoundArguments
  ) throws -> ModelSpec {
    var form = ModelSpec(
      network,
      maps: arguments.optionalInteger("maps") ?? 96,
      inputSymbols: 0,
      outputSymbols: 0
    )
    for setting in ModelSetting.allCases where arguments.has(setting.rawValue) {
      guard network.settings.contains(setting) else {
        throw arguments.error(
          on: setting.rawValue,
          "`\(setting.rawValue)=` is no setting of `\(network.rawValue)`",
          remedy: "it has \(network.settings.map { "\($0.rawValue)=" }.joined(separator: ", "))"
        )
      }
      let text =
        setting.range == nil
        ? arguments.optionalText(setting.rawValue)
        : arguments.optionalInteger(setting.rawValue).map(String.init)
      guard let text, form.set(setting, to: text) else {
        throw arguments.error(on: setting.rawValue, "this is no value of \(setting.rawValue)=")
      }
    }
    if let flaw = form.flaw { throw arguments.error(flaw.message, remedy: flaw.remedy) }
    return form
  }

  func run(in session: Session) throws -> Value {
    var settings = TrainingSettings(
      releasedWith: form.network,
      seed: session.seed,
      schedule: RateSchedule(
        rate: arguments.optionalNumber("rate") ?? RateSchedule.releasedRate(maps: form.maps),
        steps: arguments.optionalInteger("schedule") ?? 20_000,
        warmup: arguments.optionalInteger("warmup") ?? 0
      ),
      keep: Float(arguments.optionalNumber("keep") ?? 0.9)
    )
    if let smoothing = arguments.optionalNumber("smoothing") {
      settings.smoothing = Float(smoothing)
    }
    if let loss = arguments.optionalText("loss").flatMap(SymbolLossForm.init) {
      settings.loss = loss
    }
    if let clipping = arguments.optionalBoolean("clipping") { settings.clipping = clipping }
    var request = ModelSlot.Request(form: form, settings: settings)
    request.smoothsAsData = !arguments.has("smoothing")
    session.add(ModelSlot(name: name, request: request))
    return .record(["name": .text(name)])
  }
}
