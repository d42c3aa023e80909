// The head of a task family, as the recipe in ARCHITECTURE.md says.
import Autograd
import Networks
import Tensors
import Training

/// The share of ones up to each of T positions.
struct ShareTargets: SequenceTargets {
  let shares: [Float]

  func part(_ group: ExampleGroup) -> ShareTargets {
    ShareTargets(shares: Array(shares[group.rows]))
  }
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
    weights: [Double],
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    // All examples have one length.
    let length = layout.segments[0].length
    let errors = zip(logits.value.elements, targets.shares).map { abs($0 - $1) }
    let examples = stride(from: 0, to: errors.count, by: length).map { errors[$0..<$0 + length] }
    return HeadLoss(
      loss: tape.squaredError(logits, targets.shares, weight: weights[0] / Double(length)),
      losses: examples.map { $0.reduce(0) { $0 + Double($1 * $1) } / Double(length) },
      accuracies: examples.map { Double($0.count { $0 <= Self.tolerance }) / Double(length) }
    )
  }
}
