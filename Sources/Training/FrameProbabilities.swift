import Audio
import Autograd
import Networks
import Tasks
import Tensors

extension Trainer {
  /// The calibrated probabilities of the notes at every 128th sample of some music, [T, 128].
  ///
  /// Each frame is the middle of a window of its own; zeros stand before and behind the music.
  ///
  /// - Parameters:
  ///   - samples: at 11,000 Hz.
  ///   - done: told how many frames are done after each pass.
  /// - Throws: what `monitor` and `done` throw.
  package func probabilities(
    of samples: [Float],
    in data: MusicData,
    monitor: PassMonitor? = nil,
    done: (Int) throws -> Void = { _ in }
  ) throws -> [Float] {
    let window = data.form.span
    let frames = samples.count / LabelFrames.stride + 1
    let silence = [Float](repeating: 0, count: window / 2)
    let padded = silence + samples + silence + [Float](repeating: 0, count: LabelFrames.stride)
    let portion = max(1, Self.placesPerPass / data.form.places)
    var result: [Float] = []
    result.reserveCapacity(frames * NoteTargets.notes)
    for first in stride(from: 0, to: frames, by: portion) {
      let part = first..<min(first + portion, frames)
      let batch = data.batch(hearing: padded, from: part.map { $0 * LabelFrames.stride })
      result += try middleFrames(of: batch, monitor: monitor).probabilities
      try done(part.upperBound)
    }
    return result
  }
}

/// Finds notes in probabilities of frames.
package struct NoteFinder {
  /// From which probability on a note sounds.
  package var threshold: Float = 0.5
  /// Frames that a note lasts at least.
  package var leastFrames = 3

  package init() {}

  /// The notes, in order of onset.
  ///
  /// - Parameters:
  ///   - probabilities: [T, 128].
  ///   - frameRate: frames per second.
  ///   - start: the second of the first frame.
  package func notes(
    in probabilities: [Float],
    frameRate: Double,
    start: Double = 0
  ) -> [NoteEvent] {
    let frames = probabilities.count / NoteTargets.notes
    var notes: [NoteEvent] = []
    for pitch in Pitch.range {
      var begin: Int?
      var sum: Float = 0
      for frame in 0...frames {
        let value = frame < frames ? probabilities[frame * NoteTargets.notes + pitch] : 0
        if value >= threshold {
          if begin == nil { (begin, sum) = (frame, 0) }
          sum += value
        } else if let first = begin {
          begin = nil
          guard frame - first >= leastFrames else { continue }
          notes.append(
            NoteEvent(
              onset: start + Double(first) / frameRate,
              offset: start + Double(frame) / frameRate,
              pitch: pitch,
              confidence: Double(sum) / Double(frame - first)
            )
          )
        }
      }
    }
    return notes.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
  }
}
