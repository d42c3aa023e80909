import Audio
import Autograd
import Networks
import Tasks
import Tensors

extension Trainer {
  /// Returns the calibrated probabilities of the notes at every 128th sample of some music, [T, 128], starting with
  /// frame 0 at its first sample.
  ///
  /// Windows overlap: only the middle frames of each are used; the first and the last ones are left to its neighbours.
  /// If a network answers for some samples of a window, only the middle one is used. The music is padded with zeros at
  /// both ends.
  ///
  /// - Parameters:
  ///   - music: the samples.
  ///   - share: the share of a window's frames that is used, at least the one in the middle.
  ///   - done: receives the number of finished frames after each pass.
  /// - Throws: any error that `monitor` or `done` throws.
  package func probabilities(
    of music: some SampleSource,
    in data: MusicData,
    share: Double = Trainer.usualShare,
    monitor: PassMonitor? = nil,
    done: (Int) throws -> Void = { _ in }
  ) throws -> [Float] {
    let total = music.count / LabelFrames.stride + 1
    let isWhole = model.heardSamples == nil
    let step = isWhole ? min(data.frames, max(1, Int(share * Double(data.frames)))) : 1
    let first = (data.frames - step) / 2
    let starts = Array(stride(from: 0, to: total, by: step))
    let portion = max(1, Self.placesPerListening / data.form.places)
    var result: [Float] = []
    result.reserveCapacity((total + step) * NoteTargets.notes)
    for index in stride(from: 0, to: starts.count, by: portion) {
      let part = starts[index..<min(index + portion, starts.count)]
      // Frame i of a window stands for its sample 128 (i + 1).
      let batch = data.batch(
        hearing: music,
        from: part.map { LabelFrames.stride * ($0 - first - 1) }
      )
      result += try probabilities(of: batch, frames: first..<first + step, monitor: monitor)
      try done(min(total, result.count / NoteTargets.notes))
    }
    result.removeLast(result.count - total * NoteTargets.notes)
    return result
  }

  /// The maximum number of places per pass (at least one window): more would need more memory, and not be faster.
  package static let placesPerListening = 1 << 13

  /// The share of the frames of a window that is used.
  package static let usualShare = 0.5

  /// Returns the calibrated probabilities in some frames of each window of a batch, one window after another.
  ///
  /// - Throws: any error that `monitor` throws.
  private func probabilities(
    of batch: Batch,
    frames: Range<Int>,
    monitor: PassMonitor?
  ) throws -> [Float] {
    guard let calibration = model.calibration else {
      preconditionFailure("a network that tells notes has a calibration")
    }
    let targets = batch.targets(of: NoteTargets.self)
    let logits = try model.forward(batch, monitor: monitor).logits
    let positions = logits.shape[0] / targets.windows
    let downscale = targets.samples / positions
    let (scale, offset) = (
      calibration.scale.value.elements, calibration.offset.value.elements
    )
    var result: [Float] = []
    result.reserveCapacity(targets.windows * frames.count * NoteTargets.notes)
    logits.value.withPointer { logits in
      for window in 0..<targets.windows {
        for frame in frames {
          let position =
            model.heardSamples.map { $0.count / 2 }
            ?? NoteLoss.position(ofFrame: frame, downscale: downscale)
          let row = logits + (window * positions + position) * NoteTargets.notes
          for note in 0..<NoteTargets.notes {
            let x = scale[note] * (row[note] + NoteLoss.offset) + offset[note]
            result.append(Float(Real.sigmoid(Double(x))))
          }
        }
      }
    }
    return result
  }
}
