import Tensors

/// The loss of the predictions for keys and pedal, and the losses of the windows.
package struct PlayingLossResult {
  /// The weighted sum of the windows' losses, a scalar.
  package let loss: Variable
  /// The loss of each window.
  package let losses: [Double]
}

extension Tape {
  /// Returns the cross-entropy of σ(logits) with the targets: the mean over each window's frames, summed over the
  /// windows with a weight.
  ///
  /// The values of a frame are summed, each with the weight that the targets give it.
  ///
  /// - Parameters:
  ///   - logits: [T, `PlayingRow.count`], T frames of all windows.
  ///   - weight: the weight of a window in the loss.
  package func playingLoss(
    _ logits: Variable,
    targets: PlayingTargets,
    weight: Double
  ) -> PlayingLossResult {
    let (windows, size) = (targets.windows, targets.frames * PlayingRow.count)
    precondition(
      logits.shape == [windows * targets.frames, PlayingRow.count],
      "\(logits.shape) for \(windows) windows of \(targets.frames) frames"
    )
    let mean = 1 / Double(targets.frames)
    var dLogits = isRecording ? Tensor(zeros: logits.shape) : nil
    var losses = [Double](repeating: 0, count: windows)
    func evaluate(_ gradient: UnsafeMutablePointer<Float>?) {
      losses.withUnsafeMutableBufferPointer { losses in
        nonisolated(unsafe) let losses = losses
        nonisolated(unsafe) let gradient = gradient
        logits.value.withPointer { logits in
          targets.values.withUnsafeBufferPointer { values in
            targets.weights.withUnsafeBufferPointer { weights in
              // There is at least one frame.
              guard let goal = values.baseAddress, let share = weights.baseAddress else { return }
              nonisolated(unsafe) let (z, goals, shares) = (logits, goal, share)
              WorkerPool.shared.run(parts: windows) { window in
                let first = window * size
                losses[window] =
                  mean
                  * kernels.soft_entropy(
                    .init(
                      count: size,
                      z: z + first,
                      targets: goals + first,
                      weights: shares + first,
                      scale: Float(weight * mean),
                      dz: gradient.map { $0 + first }
                    )
                  )
              }
            }
          }
        }
      }
    }
    dLogits.withMutablePointer { evaluate($0) }
    let loss = losses.reduce(0) { $0 + weight * $1 }
    let variable = record(Tensor([Float(loss)], [])) { [dLogits] gradient, gradients in
      precondition(gradient.scalar == 1, "the loss is where the backward pass begins")
      if let dLogits { gradients.add(dLogits, to: logits) }
    }
    return PlayingLossResult(loss: variable, losses: losses)
  }
}
