import Autograd
import Tensors
import Wiring

/// The position code of a network that would otherwise read a sequence as a set.
package enum PositionCode: String, Sendable, CaseIterable {
  /// Sines and cosines of geometrically growing wavelengths.
  case sinusoidal
  /// A learned vector for each position up to `ModelSpec.learnedPositions`.
  case learned
}

/// The direction in which a recurrent network reads.
package enum Direction: String, Sendable, CaseIterable {
  /// From the first position to the last.
  case forward
  /// Each layer once forward and once backward, half of the maps each.
  case both
}

/// The spec of a model: everything that determines its form; its parameters' shapes follow from it.
///
/// Each network reads the settings that it lists, see `NetworkKind.settings`.
package struct ModelSpec: Hashable, Sendable {
  package var network: NetworkKind
  /// m, the number of maps at one position.
  package var maps: Int
  /// The number of Beneš blocks, 1 … 8.
  package var blocks = 2
  package var tying = Tying.shared
  package var norm = NormAxis.positions
  /// The number of layers of networks other than Beneš networks; for `universal`, the number of times its layer is
  /// applied.
  package var layers: Int
  /// The number of heads of an attention layer; divides `maps`.
  package var heads: Int
  package var positions = PositionCode.sinusoidal
  package var direction = Direction.both
  /// True if a universal transformer decides at each position how many times its layer is applied.
  package var halting = false
  /// The kind of input.
  package var input = InputKind.symbols
  /// True if a scale and an offset of each output are learned, see `OutputCalibration`.
  package var isCalibrated = false
  /// The number of convolutions before the core of a network that reads audio, 0 … 3.
  package var convolutions = 2
  /// The number of samples of a window, for a network that reads windows; nil for other networks, and until its data
  /// are known: then its outline is that of the shortest window.
  package var window: Int?
  /// The number of input symbols, including the blank 0; for spectrograms the values of a place; for word vectors their
  /// length.
  package var inputSymbols: Int
  /// The number of output symbols, including the blank 0.
  package var outputSymbols: Int

  package init(
    _ network: NetworkKind = .rse,
    maps: Int? = nil,
    inputSymbols: Int,
    outputSymbols: Int
  ) {
    let maps = maps ?? network.usualMaps
    self.network = network
    self.maps = maps
    layers = network.usualLayers
    heads = [network.usualHeads, 4, 2, 1].first { maps.isMultiple(of: $0) } ?? 1
    self.inputSymbols = inputSymbols
    self.outputSymbols = outputSymbols
  }

  /// Creates the spec of a residual network with these settings.
  package init(
    maps: Int = 96,
    blocks: Int,
    tying: Tying = .shared,
    norm: NormAxis = .positions,
    inputSymbols: Int,
    outputSymbols: Int
  ) {
    self.init(.rse, maps: maps, inputSymbols: inputSymbols, outputSymbols: outputSymbols)
    self.blocks = blocks
    self.tying = tying
    self.norm = norm
  }
}

extension ModelSpec {
  /// Returns a model of this form with the initial values of `seed`.
  package func makeModel(seed: UInt64) -> any SequenceModel {
    var values = InitialValues(seed: seed)
    return makeModel(using: &values)
  }

  /// A model of this form without values: to query its form, or to fill.
  package var outline: any SequenceModel {
    var values = InitialValues.placeholders
    return makeModel(using: &values)
  }

  private func makeModel(using values: inout InitialValues) -> any SequenceModel {
    switch network.form {
    case .sequence(let makeCore):
      return SequenceNetwork(self, core: makeCore, using: &values)
    case .window(let shortest, let makeCore):
      return WindowNetwork(self, window: window ?? shortest, core: makeCore, using: &values)
    }
  }

  /// The reason why it cannot read its data; nil if it can.
  package var dataFlaw: ModelFlaw? {
    guard case .window(let shortest, _) = network.form else { return nil }
    guard let window, input == .audio else {
      return ModelFlaw(
        "`\(network.rawValue)` hears windows of samples, and these data have none",
        remedy: "use `data notes`, `data musicnet` with input=raw, or another network"
      )
    }
    return window >= shortest
      ? nil
      : ModelFlaw(
        "`\(network.rawValue)` needs windows of \(shortest) samples or more, not \(window)",
        remedy: "use `data … window=\(shortest)`"
      )
  }

  /// The contradiction between its settings; nil if they are compatible.
  package var flaw: ModelFlaw? {
    if input == .audio, network.settings.contains(.convolutions), convolutions > 1,
      !maps.isMultiple(of: 2)
    {
      return ModelFlaw(
        "the first of \(convolutions) convolutions has half of the maps, and maps=\(maps) is odd",
        remedy: "use an even maps=, or convolutions=1"
      )
    }
    if input == .harmonics,
      inputSymbols != KeyTaps.columns || !KeyReadout.fits(outputSymbols)
    {
      return ModelFlaw(
        "the keys of a piano hear \(KeyTaps.columns) values a place, not \(inputSymbols)",
        remedy: "use data that have such spectrograms"
      )
    }
    return network.flaw(self)
  }

  /// The number of positions that a model with `positions=learned` knows.
  package static let learnedPositions = 2048

  /// The names and shapes of the parameters of a model of this form, in order.
  package var parameterShapes: [(name: String, shape: Shape)] {
    outline.parameters.map { ($0.name, $0.parameter.shape) }
  }

  /// The number of learned values.
  package var parameterCount: Int { outline.parameterCount }
}
