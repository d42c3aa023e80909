import Autograd
import Wiring

/// A network that models can use: its core and its properties.
///
/// Each is declared beside its core and has a row in `allCases`.
package struct NetworkKind: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The networks, in the order of the help pages.
  package static let allCases: [NetworkKind] = [
    .rse, .se, .transformer, .universal, .lstm, .gru, .conv, .gareader, .deepreal, .deepcomplex,
    .complextransformer, .cgrnn, .translationinvariant,
  ]

  /// The name in `model NAME` and in checkpoints.
  package let rawValue: String
  /// A one-line description.
  package let summary: String
  /// Its form, its cost, and its origin.
  package let about: String
  /// The settings that determine the form of its core.
  let coreSettings: [ModelSetting]
  /// The default number of layers.
  package let usualLayers: Int
  /// The default number of maps.
  package let usualMaps: Int
  /// The default number of heads, if it divides the maps.
  package let usualHeads: Int
  /// The reading of the symbol table before its core.
  let embedding: Embedding
  /// The initial bias of its output layer.
  let outputBias: OutputBias
  /// The training defaults of its released code.
  package let releasedTraining: ReleasedTraining
  /// The names of its parameters in checkpoints of the released code; nil for networks, and ways of tying, that the
  /// released code does not have.
  let releasedNames: @Sendable (Tying) -> ReleasedNames?
  /// Returns the contradiction between settings; nil if they are compatible.
  let flaw: @Sendable (ModelSpec) -> ModelFlaw?
  let form: Form

  /// Creates a network for sequences: a core between layers that read and answer at each position.
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

  /// Creates a network that reads windows of samples.
  ///
  /// - Parameters:
  ///   - shortest: the length of the shortest window that it can read, in samples.
  ///   - rate: the default highest learning rate.
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

  /// The structure of a network.
  enum Form: Sendable {
    /// Layers that read at each position, a core, and layers that answer at each position.
    case sequence(@Sendable (ModelSpec, inout InitialValues) -> any NetworkCore)
    /// Layers that read a window of samples as a whole, and answer for some of them.
    case window(shortest: Int, @Sendable (ModelSpec, Int, inout InitialValues) -> any WindowCore)
  }

  /// The networks that read anything, and those that read windows of samples.
  package static var ofSequences: [NetworkKind] { allCases.filter { !$0.hearsWindows } }
  package static var ofWindows: [NetworkKind] { allCases.filter(\.hearsWindows) }

  /// True if it reads windows of samples and nothing else.
  package var hearsWindows: Bool { if case .window = form { true } else { false } }

  /// Looks up the network with that name; nil if there is none.
  package init?(rawValue: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = kind
  }

  package static func == (a: NetworkKind, b: NetworkKind) -> Bool { a.rawValue == b.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// The settings that determine its form, including those of its input layer.
  package var settings: [ModelSetting] { coreSettings + (hearsWindows ? [] : [.convolutions]) }

  /// The initial values of the symbol table before a core, and the function applied to its rows.
  enum Embedding: Sendable {
    /// Normal with deviation 0.25; the rows themselves.
    case plain
    /// Uniform in ±0.01; the tanh of its rows times 30.
    case squashed
  }

  /// The initial bias of the output layer.
  enum OutputBias: Sendable {
    /// Uniform in [0, 0.01].
    case uniform
    case zero
  }
}

/// The training defaults of a network's released code.
package struct ReleasedTraining: Sendable {
  /// The label smoothing.
  package var smoothing: Float = 0.01
  package var loss = SymbolLossForm.weighted
  /// True if each gradient is clipped by its own second moment.
  package var clipping = true
  /// The highest learning rate; nil if it follows from the maps, see `RateSchedule.releasedRate`.
  package var rate: Double?
}

/// A contradiction between the settings of a model, and the remedy.
package struct ModelFlaw: Hashable, Sendable {
  package let message: String
  package let remedy: String

  init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}
