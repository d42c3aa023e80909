import Autograd
import Networks
import Tensors

/// The head of the released music model: which notes sound in the frames of a window.
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
  /// The loss of the logits of notes [B · n, 128], with the probabilities in the middle frames.
  ///
  /// - Parameter weight: what a window counts in the loss; all the same, 1 in all, if nil.
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
    // A row of its own for each frame, or positions that lie closer than frames.
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
