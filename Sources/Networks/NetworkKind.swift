/// The networks that models can have.
package enum NetworkKind: String, CaseIterable, Sendable {
  case rse
  case se
  case transformer
  case universal
  case lstm
  case gru
  case conv

  /// What it is.
  package var summary: String {
    switch self {
    case .rse: "the Residual Shuffle-Exchange network"
    case .se: "the Neural Shuffle-Exchange network before it, with gated switch units"
    case .transformer: "the encoder of a transformer, in which all positions see each other"
    case .universal: "a universal transformer, whose one layer is applied several times"
    case .lstm: "recurrent layers of long short-term memory cells"
    case .gru: "recurrent layers of gated recurrent units"
    case .conv: "residual layers of dilated convolutions"
    }
  }

  /// The settings that give it its form.
  package var settings: [ModelSetting] {
    switch self {
    case .rse: [.maps, .blocks, .tying, .norm]
    case .se: [.maps, .blocks]
    case .transformer: [.maps, .layers, .heads, .positions]
    case .universal: [.maps, .layers, .heads]
    case .lstm, .gru: [.maps, .layers, .direction]
    case .conv: [.maps, .layers]
    }
  }

  /// Layers where none are asked for.
  package var usualLayers: Int {
    switch self {
    case .lstm, .gru: 2
    case .conv: DilatedConvolutions.cycle
    default: 4
    }
  }
}
