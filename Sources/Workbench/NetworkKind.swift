/// The networks that `model` builds.
package enum NetworkKind: String, CaseIterable, Sendable {
  case rse

  /// What it is.
  package var summary: String {
    switch self {
    case .rse: "the Residual Shuffle-Exchange network"
    }
  }
}
