import Tensors

/// The note loss and the values reported with it.
package struct NoteLossResult {
  /// The weighted sum of the windows' losses.
  package let loss: Variable
  /// The loss of every window.
  package let losses: [Double]
  /// The accuracy of every window: the share of notes of its middle frame on the right side of 0.5 before calibration.
  package let accuracies: [Double?]
  /// The cross-entropy of the middle frames alone, the mean over the windows.
  package let middleLoss: Double
  /// The calibrated probabilities of the notes in the middle frame, window by window.
  package let probabilities: [Float]
}

/// The constants of the notes' cross-entropy.
package enum NoteLoss {
  /// The value added to every logit, because few notes sound.
  package static let offset: Float = -4
  fileprivate static let lateralWeight = 2.0
  fileprivate static let idleWeight = 0.01
  fileprivate static let idleSmoothing: Float = 0.1
  fileprivate static let calibrationWeight = 0.1

  /// Returns the position of a frame's logits in a window.
  ///
  /// - Parameter downscale: the number of samples per position.
  package static func position(ofFrame frame: Int, downscale: Int) -> Int {
    NoteTargets.stride * frame / downscale
  }
}

extension Tape {
  /// Returns the loss of the released music model.
  ///
  /// With z the logits − 4 and bce(z, t, s) the mean sigmoid cross-entropy against t (1 − s) + s / 2:
  ///
  ///     bce(middle frame) + 2 mean over frames of bce(frame) + 0.01 bce(all positions, 0, (s + 0.1) / 2)
  ///       + 0.1 bce(scale ∘ z + offset of the middle frame, t, 0)
  ///
  /// where the last term teaches `scale` and `offset` only.
  ///
  /// - Parameters:
  ///   - logits: [B · n, 128] of windows of n positions.
  ///   - scale: the scale of the calibration, 128 values.
  ///   - offset: the offset of the calibration, 128 values.
  ///   - weight: the weight of a window in the loss; 1 / B if nil.
  ///   - downscale: the number of samples per position.
  package func noteLoss(
    _ logits: Variable,
    targets: NoteTargets,
    scale: Variable,
    offset: Variable,
    weight: Double? = nil,
    downscale: Int,
    smoothing: Float
  ) -> NoteLossResult {
    let (windows, frames, notes) = (targets.windows, targets.frames, NoteTargets.notes)
    let positions = logits.shape[0] / windows
    precondition(logits.shape == [windows * positions, notes], "\(logits.shape)")
    precondition(
      NoteLoss.position(ofFrame: frames - 1, downscale: downscale) < positions,
      "\(frames) frames in \(positions) positions"
    )
    let share = weight ?? 1 / Double(windows)
    let one = share / Double(notes)
    let idleScale = NoteLoss.idleWeight * share / Double(positions * notes)
    let lateralScale = NoteLoss.lateralWeight / Double(frames) * one
    let (on, off) = (1 - smoothing / 2, smoothing / 2)
    let idle = (smoothing + NoteLoss.idleSmoothing) / 4
    var dLogits = isRecording ? Tensor(zeros: logits.shape) : nil
    var losses = [(all: Double, middle: Double)](repeating: (0, 0), count: windows)

    func evaluate(
      into gradient: UnsafeMutablePointer<Float>?,
      _ flags: UnsafePointer<UInt8>,
      _ losses: UnsafeMutablePointer<(all: Double, middle: Double)>
    ) {
      logits.value.withPointer { logits in
        WorkerPool.shared.run(parts: windows) { window in
          let first = window * positions * notes
          let d = gradient.map { $0 + first }
          var all =
            idleScale
            * kernels.note_loss(
              .init(
                count: positions * notes,
                z: logits + first,
                shift: NoteLoss.offset,
                flags: nil,
                on: on,
                off: idle,
                scale: Float(idleScale),
                dz: d
              )
            )
          for frame in 0..<frames {
            let row = NoteLoss.position(ofFrame: frame, downscale: downscale) * notes
            let weight = lateralScale + (frame == targets.middle ? one : 0)
            let sum = kernels.note_loss(
              .init(
                count: notes,
                z: logits + first + row,
                shift: NoteLoss.offset,
                flags: flags + (window * frames + frame) * notes,
                on: on,
                off: off,
                scale: Float(weight),
                dz: d.map { $0 + row }
              )
            )
            all += weight * sum
            if frame == targets.middle { losses[window].middle = one * sum }
          }
          losses[window].all = all
        }
      }
    }
    dLogits.withMutablePointer { evaluate(into: $0, targets.flags, &losses) }

    let row = NoteLoss.position(ofFrame: targets.middle, downscale: downscale)
    let z = logits.value.withPointer { logits in
      (0..<windows).flatMap { window in
        (0..<notes).map { logits[(window * positions + row) * notes + $0] + NoteLoss.offset }
      }
    }
    let calibration = Calibration(
      z: z,
      flags: targets.flags(ofFrame: targets.middle),
      scale: scale.value.elements,
      offset: offset.value.elements,
      one: one
    )
    let weighted = zip(losses, calibration.losses).map {
      $0.all + NoteLoss.calibrationWeight * $1
    }
    let loss = weighted.reduce(0, +)
    let variable = record(Tensor([Float(loss)], [])) { [dLogits] gradient, gradients in
      let factor = gradient.scalar
      precondition(factor == 1, "the loss is where the backward pass begins")
      if let dLogits { gradients.add(dLogits, to: logits) }
      let weight = NoteLoss.calibrationWeight
      gradients.add(Tensor(calibration.dScale.map { Float(weight * $0) }, scale.shape), to: scale)
      gradients.add(
        Tensor(calibration.dOffset.map { Float(weight * $0) }, offset.shape),
        to: offset
      )
    }
    return NoteLossResult(
      loss: variable,
      losses: weighted.map { $0 / share },
      accuracies: calibration.accuracies,
      middleLoss: losses.reduce(0) { $0 + $1.middle } / (share * Double(windows)),
      probabilities: calibration.probabilities
    )
  }
}

/// The calibrated probabilities of one frame of each window, and the gradients of the calibration.
private struct Calibration {
  /// The cross-entropy of each window without smoothing, times its weight.
  private(set) var losses: [Double]
  private(set) var probabilities: [Float] = []
  private(set) var dScale = [Double](repeating: 0, count: NoteTargets.notes)
  private(set) var dOffset = [Double](repeating: 0, count: NoteTargets.notes)
  private(set) var accuracies: [Double?]

  /// - Parameter one: the weight of a note in the middle frame.
  init(z: [Float], flags: [UInt8], scale: [Float], offset: [Float], one: Double) {
    let windows = z.count / NoteTargets.notes
    losses = Array(repeating: 0, count: windows)
    var right = [Int](repeating: 0, count: windows)
    probabilities.reserveCapacity(z.count)
    for (index, (value, flag)) in zip(z, flags).enumerated() {
      let (window, note) = index.quotientAndRemainder(dividingBy: NoteTargets.notes)
      let x = Double(scale[note] * value + offset[note])
      let target = flag == 0 ? 0.0 : 1.0
      let probability = Real.sigmoid(x)
      losses[window] += one * (max(x, 0) - x * target + Real.log1p(Real.exp(-abs(x))))
      dScale[note] += one * (probability - target) * Double(value)
      dOffset[note] += one * (probability - target)
      probabilities.append(Float(probability))
      if (value > 0) == (flag != 0) { right[window] += 1 }
    }
    accuracies = right.map { Double($0) / Double(NoteTargets.notes) }
  }
}
