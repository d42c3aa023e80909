import Autograd
import Wiring

/// A network that models can have: its core, and what is to be told of it.
///
/// Each is declared beside its core and has a row in `allCases`.
package struct NetworkKind: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The networks, in the order in which help lists them.
  package static let allCases: [NetworkKind] = [
    .rse, .se, .transformer, .universal, .lstm, .gru, .conv, .gareader, .deepreal, .deepcomplex,
    .complextransformer, .cgrnn, .translationinvariant,
  ]

  /// The name in `model NAME` and in checkpoints.
  package let rawValue: String
  /// What it is.
  package let summary: String
  /// Its form, its cost, and where it comes from.
  package let about: String
  /// The settings that give its core its form.
  let coreSettings: [ModelSetting]
  /// Layers where none are asked for.
  package let usualLayers: Int
  /// Maps where none are asked for.
  package let usualMaps: Int
  /// Heads where none are asked for, if they divide the maps.
  package let usualHeads: Int
  /// How the table of symbols before its core is read.
  let embedding: Embedding
  /// How the bias of its output layer begins.
  let outputBias: OutputBias
  /// What its released code does in training.
  package let releasedTraining: ReleasedTraining
  /// The names of its parameters in checkpoints of the released code; nil for ways of tying, and networks, that it
  /// does not have.
  let releasedNames: @Sendable (Tying) -> ReleasedNames?
  /// What settings contradict each other in; nil if they go together.
  let flaw: @Sendable (ModelSpec) -> ModelFlaw?
  let form: Form

  /// A network of sequences: a core between layers that read and answer at each position.
  init(
    _ name: String,
    summary: String,
    about: String,
    settings: [ModelSetting],
    usualLayers: Int = 4,
    embedding: Embedding = .plain,
    outputBias: OutputBias = .uniform,
    releasedTraining: ReleasedTraining = ReleasedTraining(),
    releasedNames: @escaping @Sendable (Tying) -> ReleasedNames? = { _ in nil },
    flaw: @escaping @Sendable (ModelSpec) -> ModelFlaw? = { _ in nil },
    core makeCore: @escaping @Sendable (ModelSpec, inout InitialValues) -> any NetworkCore
  ) {
    form = .sequence(makeCore)
    usualMaps = 96
    usualHeads = 4
    rawValue = name
    self.summary = summary
    self.about = about
    coreSettings = settings
    self.usualLayers = usualLayers
    self.embedding = embedding
    self.outputBias = outputBias
    self.releasedTraining = releasedTraining
    self.releasedNames = releasedNames
    self.flaw = flaw
  }

  /// A network that hears windows of samples.
  ///
  /// - Parameters:
  ///   - shortest: samples of the shortest window that it can hear.
  ///   - rate: the highest learning rate where none is asked for.
  init(
    _ name: String,
    summary: String,
    about: String,
    settings: [ModelSetting],
    usualMaps: Int,
    usualLayers: Int = 4,
    usualHeads: Int = 4,
    shortest: Int,
    rate: Double,
    flaw: @escaping @Sendable (ModelSpec) -> ModelFlaw? = { _ in nil },
    window makeCore: @escaping @Sendable (ModelSpec, Int, inout InitialValues) -> any WindowCore
  ) {
    form = .window(shortest: shortest, makeCore)
    rawValue = name
    self.summary = summary
    self.about = about
    coreSettings = settings
    self.usualMaps = usualMaps
    self.usualHeads = usualHeads
    self.usualLayers = usualLayers
    self.flaw = flaw
    embedding = .plain
    outputBias = .zero
    releasedTraining = ReleasedTraining(rate: rate)
    releasedNames = { _ in nil }
  }

  /// What a network is made of.
  enum Form: Sendable {
    /// Layers that read at each position, a core, and layers that answer at each position.
    case sequence(@Sendable (ModelSpec, inout InitialValues) -> any NetworkCore)
    /// Layers that hear a window of samples as a whole, and answer for some of them.
    case window(shortest: Int, @Sendable (ModelSpec, Int, inout InitialValues) -> any WindowCore)
  }

  /// Those that read anything, and those that hear windows of samples.
  package static var ofSequences: [NetworkKind] { allCases.filter { !$0.hearsWindows } }
  package static var ofWindows: [NetworkKind] { allCases.filter(\.hearsWindows) }

  /// Whether it hears windows of samples and reads nothing else.
  package var hearsWindows: Bool { if case .window = form { true } else { false } }

  /// The network of a name; nil if there is none.
  package init?(rawValue: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = kind
  }

  package static func == (a: NetworkKind, b: NetworkKind) -> Bool { a.rawValue == b.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// The settings that give it its form, those of its input layer among them.
  package var settings: [ModelSetting] { coreSettings + (hearsWindows ? [] : [.convolutions]) }

  /// How the table of symbols before a core begins, and what is read of it.
  enum Embedding: Sendable {
    /// Normal with deviation 0.25; its rows.
    case plain
    /// Uniform in ±0.01; tanh of its rows times 30.
    case squashed
  }

  /// How the bias of the output layer begins.
  enum OutputBias: Sendable {
    /// Uniform in [0, 0.01].
    case uniform
    case zero
  }
}

/// What the released code of a network does in training where nothing else is chosen.
package struct ReleasedTraining: Sendable {
  /// Label smoothing.
  package var smoothing: Float = 0.01
  package var loss = SymbolLossForm.weighted
  /// Whether each gradient is limited by its own second moment.
  package var clipping = true
  /// The highest learning rate; nil where it follows from the maps, see `RateSchedule.releasedRate`.
  package var rate: Double?
}

/// What the settings of a model contradict each other in, and the remedy.
package struct ModelFlaw: Hashable, Sendable {
  package let message: String
  package let remedy: String

  init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}
