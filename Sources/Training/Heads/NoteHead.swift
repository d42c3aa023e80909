import Autograd
import Networks
import Tensors

/// The head of the released music model: predicts the notes that sound in the frames of a window.
package struct NoteHead: Head {
  package let metric = "average precision"
  package let isCalibrated = true

  package init() {}

  package func loss(
    of logits: Variable,
    targets: NoteTargets,
    layout: SequenceLayout,
    weights: [Double],
    model: any SequenceModel,
    settings: TrainingSettings,
    on tape: Tape
  ) -> HeadLoss {
    let result = model.noteLoss(
      of: logits,
      targets,
      weight: weights[0],
      smoothing: settings.smoothing,
      on: tape
    )
    return HeadLoss(loss: result.loss, losses: result.losses, accuracies: result.accuracies)
  }
}

extension SequenceModel {
  /// Returns the loss of the logits of notes [B · n, 128], with the probabilities in the middle frames.
  ///
  /// - Parameter weight: the weight of a window in the loss; equal weights with sum 1 if nil.
  package func noteLoss(
    of logits: Variable,
    _ targets: NoteTargets,
    weight: Double? = nil,
    smoothing: Float,
    on tape: Tape
  ) -> NoteLossResult {
    guard let calibration else {
      preconditionFailure("a network that tells notes has a calibration")
    }
    let positions = logits.shape[0] / targets.windows
    // One row per frame, or positions closer together than frames.
    let downscale = heardSamples == nil ? targets.samples / positions : NoteTargets.stride
    return tape.noteLoss(
      logits,
      targets: heardSamples.map { targets.at(samples: $0) } ?? targets,
      scale: tape.use(calibration.scale),
      offset: tape.use(calibration.offset),
      weight: weight,
      downscale: downscale,
      smoothing: smoothing
    )
  }
}
