import Audio
import Autograd
import Networks
import Tasks
import Tensors

extension Trainer {
  /// Returns the predictions for keys and pedal at every 128th sample of some music, starting with frame 0 at its first
  /// sample.
  ///
  /// Windows overlap: only the middle half of each one's frames is used, the others are left to its neighbours. The
  /// music is padded with zeros at both ends.
  ///
  /// - Parameters:
  ///   - music: the samples.
  ///   - done: receives the number of finished frames after each pass.
  /// - Throws: any error that `monitor` or `done` throws.
  package func playing(
    of music: some SampleSource,
    in data: PerformanceData,
    monitor: PassMonitor? = nil,
    done: (Int) throws -> Void = { _ in }
  ) throws -> HeardPlaying {
    let total = music.count / LabelFrames.stride + 1
    let frames = data.form.frames
    let step = max(1, frames / 2)
    let first = (frames - step) / 2
    let starts = Array(stride(from: 0, to: total, by: step))
    let portion = max(1, Self.framesPerPass / frames)
    var heard = HeardPlaying()
    heard.reserve(total + step)
    for index in stride(from: 0, to: starts.count, by: portion) {
      let part = starts[index..<min(index + portion, starts.count)]
      // Frame i of a window stands for its sample 128 (i + 1).
      let batch = data.batch(
        hearing: music,
        from: part.map { LabelFrames.stride * ($0 - first - 1) }
      )
      let logits = try model.forward(batch, monitor: monitor).logits.value
      logits.withPointer { logits in
        for window in part.indices {
          for frame in first..<first + step {
            let row = (window - part.startIndex) * frames + frame
            heard.add(logits + row * PlayingRow.count)
          }
        }
      }
      try done(min(total, heard.frames))
    }
    heard.removeLast(heard.frames - total)
    return heard
  }

  /// The maximum number of frames per pass (at least one window): the keys take 100 kB of each.
  package static let framesPerPass = 1024
}
