import Audio
import Tensors

/// Finds notes in probabilities of frames.
package struct NoteFinder: Sendable {
  /// From which probability on a note sounds.
  package var threshold: Float = 0.5
  /// Down to which probability a note that sounds goes on, at most `threshold`.
  package var release: Float = 0.5
  /// Frames whose mean counts for the one in their middle; odd.
  package var smoothing = 1
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

  /// The means about each frame, of fewer at the ends.
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
