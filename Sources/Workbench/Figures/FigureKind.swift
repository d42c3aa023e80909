/// The figures that `plot` draws.
package enum FigureKind: String, CaseIterable, Sendable {
  case loss

  /// What it shows.
  package var summary: String {
    switch self {
    case .loss:
      "loss and accuracy over the training steps, every step faint and a running mean bold"
    }
  }
}
