import Autograd
import Tensors

/// The last layer of a network: a product at each position, or the readout of the keys of a piano.
enum OutputLayer {
  case plain(Linear)
  case keys(KeyReadout)

  init(_ spec: ModelSpec, using values: inout InitialValues) {
    if spec.input == .harmonics {
      self = .keys(KeyReadout(maps: spec.maps, outputs: spec.outputSymbols, using: &values))
      return
    }
    self = .plain(
      Linear(
        weight: values.matrix(spec.maps, spec.outputSymbols),
        bias: spec.network.outputBias == .zero
          ? values.constant(0, spec.outputSymbols) : values.bias(spec.outputSymbols)
      )
    )
  }

  /// Maps [T', m] → [T', V].
  ///
  /// - Parameter keys: the features of the keys, for an input that has keys.
  func callAsFunction(_ positions: Variable, keys: Variable?, on tape: Tape) -> Variable {
    switch (self, keys) {
    case (.plain(let layer), _): return layer(positions, on: tape)
    case (.keys(let readout), let keys?): return readout(positions, keys: keys, on: tape)
    case (.keys, nil): preconditionFailure("the input has no keys")
    }
  }

  var member: Member {
    switch self {
    case .plain(let layer): .module(layer)
    case .keys(let readout): .module(readout)
    }
  }
}

extension ModelSpec {
  /// The layers after the core: the paths of their weights, and their widths.
  var outputLayers: [(path: String, widths: [Int])] {
    guard input == .harmonics else { return [("output", [maps, outputSymbols])] }
    return KeyReadout.layers(maps: maps, outputs: outputSymbols)
  }

  /// The floating-point operations of their products at a position.
  var outputOperations: Double {
    guard input == .harmonics else { return 2 * Double(maps * outputSymbols) }
    return KeyReadout.operations(maps: maps, outputs: outputSymbols)
  }
}
