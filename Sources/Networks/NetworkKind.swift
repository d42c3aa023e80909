/// The networks that models can have.
package enum NetworkKind: String, CaseIterable, Sendable {
  case rse
  case se
  case lstm
  case gru

  /// What it is.
  package var summary: String {
    switch self {
    case .rse: "the Residual Shuffle-Exchange network"
    case .se: "the Neural Shuffle-Exchange network before it, with gated switch units"
    case .lstm: "recurrent layers of long short-term memory cells"
    case .gru: "recurrent layers of gated recurrent units"
    }
  }

  /// The settings that give it its form.
  package var settings: [ModelSetting] {
    switch self {
    case .rse: [.maps, .blocks, .tying, .norm]
    case .se: [.maps, .blocks]
    case .lstm, .gru: [.maps, .layers, .direction]
    }
  }
}
