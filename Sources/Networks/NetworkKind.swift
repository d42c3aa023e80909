/// The networks that models can have.
package enum NetworkKind: String, CaseIterable, Sendable {
  case rse

  /// What it is.
  package var summary: String {
    switch self {
    case .rse: "the Residual Shuffle-Exchange network"
    }
  }

  /// The settings that give it its form.
  package var settings: [ModelSetting] {
    switch self {
    case .rse: [.maps, .blocks, .tying, .norm]
    }
  }
}
