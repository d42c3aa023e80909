import Audio
import Tensors

/// The rules for finding notes in frame probabilities.
package struct NoteFinder: Sendable {
  /// The minimum probability at which a note begins.
  package var threshold: Float = 0.5
  /// The probability down to which a sounding note continues, at most `threshold`.
  package var release: Float = 0.5
  /// The number of frames whose mean replaces the value of the middle one; odd.
  package var smoothing = 1
  /// The minimum length of a note, in frames.
  package var leastFrames = 3

  package init() {}

  /// Returns the notes, in order of onset.
  ///
  /// - Parameters:
  ///   - probabilities: [T, 128].
  ///   - frameRate: frames per second.
  ///   - start: the time of the first frame, in seconds.
  package func notes(
    in probabilities: [Float],
    frameRate: Double,
    start: Double = 0
  ) -> [NoteEvent] {
    let frames = probabilities.count / NoteTargets.notes
    var notes: [NoteEvent] = []
    for pitch in Pitch.range {
      let values = smoothed(
        (0..<frames).map { probabilities[$0 * NoteTargets.notes + pitch] }
      )
      var begin: Int?
      var sum: Float = 0
      for frame in 0...frames {
        let value = frame < frames ? values[frame] : 0
        if value >= (begin == nil ? threshold : min(release, threshold)), frame < frames {
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

  /// Returns the moving means around each frame, of fewer frames at the ends.
  private func smoothed(_ values: [Float]) -> [Float] {
    let reach = smoothing / 2
    guard reach > 0, !values.isEmpty else { return values }
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    for value in values { sums.append(sums[sums.count - 1] + Double(value)) }
    return values.indices.map { frame in
      let (low, high) = (max(0, frame - reach), min(values.count, frame + reach + 1))
      return Float((sums[high] - sums[low]) / Double(high - low))
    }
  }
}
