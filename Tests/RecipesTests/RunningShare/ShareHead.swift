// The head of a task family, as the recipe in ARCHITECTURE.md says.
import Autograd
import Networks
import Tensors
import Training

/// The share of ones up to each of T positions.
struct ShareTargets: SequenceTargets {
  let shares: [Float]
}

/// The head of tasks that tell a number at each position.
struct ShareHead: Head {
  let metric = "within 0.1"

  /// How far a right answer may be off.
  private static let tolerance: Float = 0.1

  func loss(
    of logits: Variable,
    targets: ShareTargets,
    layout: SequenceLayout,
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    let near = zip(logits.value.elements, targets.shares).count { abs($0 - $1) <= Self.tolerance }
    return HeadLoss(
      loss: tape.squaredError(logits, targets.shares),
      accuracy: Double(near) / Double(layout.rows)
    )
  }
}
