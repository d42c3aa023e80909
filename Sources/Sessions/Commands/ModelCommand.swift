import Autograd
import CommandLanguage
import Networks
import Training
import Wiring

/// `model rse maps=96 blocks=2`
package struct ModelCommand: Command {
  private static let network = CommandArgument.required(
    "network",
    .choice(NetworkKind.self),
    "the kind of network"
  )
  private static let maps = CommandArgument(
    "maps",
    integer(.maps),
    "m, the width of each position; of networks that hear windows the unit of their widths",
    otherwise: usualNumbers(\.usualMaps, of: .maps)
  )
  private static let keep = CommandArgument(
    "keep",
    .number(in: 0.01...1),
    "what dropout keeps over log2(n) layers, of transformers and conv at each part of a layer",
    default: 0.9
  )
  private static let schedule = CommandArgument(
    "schedule",
    .integer(in: 1...1_000_000_000_000),
    "the step at which the learning rate has fallen to 0",
    unit: "steps",
    default: 20_000
  )
  private static let warmup = CommandArgument(
    "warmup",
    .integer(in: 0...1_000_000_000_000),
    "steps over which the rate first rises",
    unit: "steps",
    default: 0
  )
  private static let rate = CommandArgument(
    "rate",
    .number(above: 0, through: 1),
    "the highest learning rate",
    otherwise:
      "0.00125 √(96/maps); of networks that hear windows 0.001, of complextransformer 0.0001"
  )
  private static let smoothing = CommandArgument(
    "smoothing",
    .number(in: 0...0.9),
    "label smoothing",
    otherwise: "what the released code has for the network and the task"
  )
  private static let loss = CommandArgument(
    "loss",
    .choice(SymbolLossForm.self),
    "weighted: blanks weigh little, 0 is the attainable minimum; plain: the mean cross-entropy",
    otherwise: "what the network's released code has"
  )
  private static let clipping = CommandArgument(
    "clipping",
    .boolean,
    "whether gradients are limited by their second moments",
    otherwise: "what the network's released code does"
  )
  private static let name = CommandArgument(
    "as",
    .word,
    "the model's name",
    otherwise: "that of the network"
  )

  package static let declaration = CommandDeclaration(
    name: "model",
    summary: "Build a model",
    discussion: """
      A model's alphabets come from the data at the first use, so `model` and `data` may come in either order. \
      The schedule, the dropout and the seed belong to the model, not to a `train`. All networks are trained, \
      tested, saved, plotted and replayed by the same commands; `compare` sets them side by side.

      \(NetworkKind.allCases.map { "\($0.rawValue) - \($0.about)" }.joined(separator: "\n\n"))
      """,
    signature: Signature(
      positionals: [network],
      options: [maps, keep, schedule, warmup, rate, smoothing, loss, clipping, name]
        + settings.filter { Self.owners(of: $0) == NetworkKind.allCases }.map(\.option),
      groups: groups
    ),
    examples: [
      .init("model rse maps=96 blocks=2", "the network of the paper, half as wide"),
      .init("model rse maps=24 as=small", "a second model beside it"),
      .init("model transformer maps=64 layers=3 heads=8", "another network"),
      .init("model lstm layers=1 direction=forward", "a recurrent layer that reads left to right"),
    ],
    category: Category.models
  )

  private let form: ModelSpec
  private let arguments: BoundArguments

  package init(_ arguments: BoundArguments) throws {
    self.arguments = arguments
    var form = ModelSpec(
      arguments[Self.network],
      maps: arguments[Self.maps],
      inputSymbols: 0,
      outputSymbols: 0
    )
    for setting in Self.settings { setting.apply(arguments, &form) }
    if let flaw = form.flaw { throw arguments.error(flaw.message, remedy: flaw.remedy) }
    self.form = form
    let (schedule, warmup) = (arguments[Self.schedule], arguments[Self.warmup])
    guard warmup < schedule else {
      throw arguments.error(
        on: Self.warmup,
        "the warm-up of \(warmup) steps leaves nothing of the schedule of \(schedule)",
        remedy: "choose warmup= below schedule="
      )
    }
  }

  package func run(in session: Session) throws -> Value {
    var settings = TrainingSettings(
      releasedWith: form.network,
      seed: session.seed,
      schedule: RateSchedule(
        rate: arguments[Self.rate] ?? form.network.releasedTraining.rate
          ?? RateSchedule.releasedRate(maps: form.maps),
        steps: arguments[Self.schedule],
        warmup: arguments[Self.warmup]
      ),
      keep: Float(arguments[Self.keep])
    )
    if let smoothing = arguments[Self.smoothing] { settings.smoothing = Float(smoothing) }
    if let loss = arguments[Self.loss] { settings.loss = loss }
    if let clipping = arguments[Self.clipping] { settings.clipping = clipping }
    var request = ModelSlot.Request(form: form, settings: settings)
    request.smoothsAsData = !arguments.has(Self.smoothing)
    let name = arguments[Self.name] ?? form.network.rawValue
    session.add(ModelSlot(name: name, request: request))
    // Notebooks of earlier versions lack this line.
    session.emit("\(name): a new model of \(form.maps) maps, seed \(session.seed)", .volatile)
    return .record(["name": .text(name)])
  }
}

// MARK: - Settings of networks

extension ModelCommand {
  /// A setting that some networks have.
  private struct Setting: Sendable {
    let setting: ModelSetting
    let option: any DeclaredArgument
    /// Applies the arguments to a spec.
    let apply: @Sendable (BoundArguments, inout ModelSpec) -> Void

    /// Creates a setting whose default depends on the network.
    init<Content>(
      _ setting: ModelSetting,
      _ path: any WritableKeyPath<ModelSpec, Content> & Sendable,
      _ option: CommandArgument<Content?>
    ) {
      self.setting = setting
      self.option = option
      apply = { arguments, form in
        if let value = arguments[option] { form[keyPath: path] = value }
      }
    }

    /// Creates a setting with a single default.
    init<Content>(
      _ setting: ModelSetting,
      _ path: any WritableKeyPath<ModelSpec, Content> & Sendable,
      _ kind: ArgumentKind<Content>,
      _ summary: String
    ) {
      self.setting = setting
      let option = CommandArgument(
        setting.rawValue,
        kind,
        summary,
        default: ModelCommand.usual[keyPath: path]
      )
      self.option = option
      apply = { arguments, form in form[keyPath: path] = arguments[option] }
    }
  }

  /// A spec with the default settings.
  private static let usual = ModelSpec(inputSymbols: 0, outputSymbols: 0)

  private static let settings = [
    Setting(.blocks, \.blocks, integer(.blocks), "Beneš blocks"),
    Setting(
      .tying,
      \.tying,
      .choice(Tying.self),
      "shared: one switch unit per half of a block; plain: first and middle layers have their own"
    ),
    Setting(
      .norm,
      \.norm,
      .choice(NormAxis.self),
      "what the norm averages over; positions is what the released code does"
    ),
    Setting(
      .convolutions,
      \.convolutions,
      integer(.convolutions),
      "of music: convolutions before the network, each of which halves the length"
    ),
    Setting(
      .layers,
      \.layers,
      CommandArgument(
        ModelSetting.layers.rawValue,
        integer(.layers),
        "layers; how often `universal` applies its one; hops of `gareader`",
        otherwise: usualNumbers(\.usualLayers, of: .layers)
      )
    ),
    Setting(
      .heads,
      \.heads,
      CommandArgument(
        ModelSetting.heads.rawValue,
        integer(.heads),
        "heads of attention, which divide maps=",
        otherwise: "\(usualNumbers(\.usualHeads, of: .heads)), or what divides maps="
      )
    ),
    Setting(
      .positions,
      \.positions,
      .choice(PositionCode.self),
      "how attention is told of positions"
    ),
    Setting(
      .direction,
      \.direction,
      .choice(Direction.self),
      "which way recurrent layers read; both: half of the maps each way"
    ),
    Setting(
      .halting,
      \.halting,
      .boolean,
      "whether each position decides how often the layer is applied, layers= times at most"
    ),
  ]

  /// Returns the defaults of a setting by network, in words.
  private static func usualNumbers(
    _ usual: KeyPath<NetworkKind, Int>,
    of setting: ModelSetting
  ) -> String {
    let networks = NetworkKind.allCases.filter { $0.settings.contains(setting) }
    let counts: [Int] = networks.map { $0[keyPath: usual] }.reduce(into: []) { counts, count in
      if !counts.contains(count) { counts.append(count) }
    }
    return counts.map { count in
      let names = networks.filter { $0[keyPath: usual] == count }.map(\.rawValue)
      return "\(count) of \(Suggestion.listing(names, lastAfter: "and"))"
    }.joined(separator: ", ")
  }

  /// The settings, grouped by the networks that have them, except for those of all networks.
  private static var groups: [ScopedOptions] {
    let distinct: [[NetworkKind]] = settings.map(owners).reduce(into: []) { distinct, networks in
      if networks != NetworkKind.allCases, !distinct.contains(networks) {
        distinct.append(networks)
      }
    }
    return distinct.map { networks in
      ScopedOptions(
        Suggestion.listing(networks.map { "`model \($0.rawValue)`" }, lastAfter: "and"),
        under: networks.map(\.rawValue),
        options: settings.filter { owners(of: $0) == networks }.map(\.option)
      )
    }
  }

  /// Returns the networks that have a setting.
  private static func owners(of setting: Setting) -> [NetworkKind] {
    NetworkKind.allCases.filter { $0.settings.contains(setting.setting) }
  }

  /// Returns the kind of integers within a setting's limits.
  private static func integer(_ setting: ModelSetting) -> ArgumentKind<Int> {
    setting.range.map { .integer(in: $0) } ?? .integer
  }
}
