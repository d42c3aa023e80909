import Autograd
import Networks
import Tasks
import Tensors

/// The head that predicts everything that is played: see `PlayingRow`.
package struct PlayingHead: Head {
  package let metric = "onset F1"

  package init() {}

  package func loss(
    of logits: Variable,
    targets: PlayingTargets,
    layout: SequenceLayout,
    weights: [Double],
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    let result = tape.playingLoss(logits, targets: targets, weight: weights[0])
    return HeadLoss(
      loss: result.loss,
      losses: result.losses,
      accuracies: Self.onsetScores(logits.value, targets)
    )
  }

  /// Returns the F1 of the frames and keys in each window that are predicted to be nearest to an onset: σ(logit) and
  /// target over half; nil if there are none.
  private static func onsetScores(_ logits: Tensor, _ targets: PlayingTargets) -> [Double?] {
    let keys = (0..<PianoKeys.count).map { PlayingRow.index($0, .onset) }
    return logits.withPointer { logits in
      targets.values.withUnsafeBufferPointer { values in
        (0..<targets.windows).map { window in
          var (right, told, actual) = (0, 0, 0)
          for frame in window * targets.frames..<(window + 1) * targets.frames {
            for key in keys {
              let index = frame * PlayingRow.count + key
              let (isTold, isTrue) = (logits[index] > 0, values[index] > 0.5)
              right += isTold && isTrue ? 1 : 0
              told += isTold ? 1 : 0
              actual += isTrue ? 1 : 0
            }
          }
          return told + actual == 0 ? nil : 2 * Double(right) / Double(told + actual)
        }
      }
    }
  }
}
