import Audio
import Tasks
import Tensors

/// The rules that turn a network's predictions for keys and pedal into notes.
///
/// A note begins at a peak of the onset's proximity, between frames where the slopes on both sides meet. It ends where
/// the key no longer sounds, at the nearest peak of the end's proximity, or where it is struck again.
package struct PlayingReader: Sendable {
  /// The minimum height of a peak that is an onset.
  package var threshold = 0.3
  /// The probability below which a key no longer sounds.
  package var release = 0.4
  /// The minimum height of a peak that is an end.
  package var endThreshold = 0.25
  /// The minimum length of a note, in frames.
  package var leastFrames = 2.0

  package init() {}

  /// The number of frames on each side of a peak that are not higher.
  private static let reach = 3
  /// The number of frames around the one where a key no longer sounds in which its end's peak is searched.
  private static let searched = 5
  /// The velocity of the softest note.
  private static let softest = 1

  /// Returns the notes, by onset, then by pitch, and the spans in which the pedal is pressed.
  ///
  /// - Parameter rate: frames per second.
  package func read(_ heard: HeardPlaying, rate: Double) -> (
    notes: [NoteEvent], pedals: [PedalSpan]
  ) {
    var notes: [NoteEvent] = []
    for key in 0..<PianoKeys.count { notes += self.notes(of: key, heard, rate) }
    notes.sort { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) }
    return (notes, pedals(heard, rate))
  }

  private func notes(of key: Int, _ heard: HeardPlaying, _ rate: Double) -> [NoteEvent] {
    let peaks = Self.peaks(heard.frames, over: threshold) { heard.onset(key, $0) }
    return peaks.enumerated().compactMap { number, peak in
      let next = number + 1 < peaks.count ? peaks[number + 1].place : nil
      let end = end(of: key, from: peak, before: next, heard)
      guard end - peak.place >= leastFrames else { return nil }
      return NoteEvent(
        onset: max(0, peak.place) / rate,
        offset: max(0, end) / rate,
        pitch: PianoKeys.lowest + key,
        velocity: max(Self.softest, heard.velocity(key, peak.frame)),
        confidence: peak.height
      )
    }
  }

  /// Returns the place at which a note ends, in frames.
  private func end(
    of key: Int,
    from onset: Peak,
    before next: Double?,
    _ heard: HeardPlaying
  ) -> Double {
    let last = next.map { min(heard.frames - 1, Int($0)) } ?? heard.frames - 1
    var frame = onset.frame + 1
    while frame <= last, heard.sounding(key, frame) >= release { frame += 1 }
    let crossing = Double(frame)
    let low = max(onset.frame + 1, frame - Self.searched)
    let high = min(last, frame + Self.searched)
    if low <= high {
      let peaks = Self.peaks(heard.frames, in: low...high, over: endThreshold) {
        heard.end(key, $0)
      }
      if let nearest = peaks.min(by: { abs($0.place - crossing) < abs($1.place - crossing) }) {
        return min(nearest.place, next ?? .infinity)
      }
    }
    return min(max(crossing, onset.place + leastFrames), next ?? .infinity)
  }

  private func pedals(_ heard: HeardPlaying, _ rate: Double) -> [PedalSpan] {
    var spans: [PedalSpan] = []
    var start: Int?
    for frame in 0...heard.frames {
      let isPressed = frame < heard.frames && heard.pressed(frame) >= 0.5
      guard let first = start else {
        start = isPressed ? frame : nil
        continue
      }
      guard !isPressed || frame > first && isRelease(frame, heard) else { continue }
      if Double(frame - first) >= leastFrames {
        spans.append(PedalSpan(start: Double(first) / rate, end: Double(frame) / rate))
      }
      start = isPressed ? frame : nil
    }
    return spans
  }

  /// Returns true if the pedal is released at a frame and pressed again at once.
  private func isRelease(_ frame: Int, _ heard: HeardPlaying) -> Bool {
    let height = heard.release(frame)
    guard height >= 0.5 else { return false }
    let near = max(0, frame - Self.reach)...min(heard.frames - 1, frame + Self.reach)
    return near.allSatisfy {
      heard.release($0) < height || $0 >= frame && heard.release($0) <= height
    }
  }

  /// A peak of a proximity.
  private struct Peak {
    let frame: Int
    let height: Double
    /// The place of the peak, between frames.
    let place: Double
  }

  /// Returns the peaks: frames whose value is over a threshold and not exceeded nearby, the first of ties.
  private static func peaks(
    _ frames: Int,
    in range: ClosedRange<Int>? = nil,
    over threshold: Double,
    _ value: (Int) -> Double
  ) -> [Peak] {
    guard frames > 0 else { return [] }
    return (range ?? 0...frames - 1).compactMap { frame in
      let height = value(frame)
      guard height >= threshold else { return nil }
      for other in max(0, frame - reach)..<frame where value(other) >= height { return nil }
      for other in frame + 1..<min(frames, frame + reach + 1) where value(other) > height {
        return nil
      }
      let before = frame > 0 ? value(frame - 1) : 0
      let after = frame + 1 < frames ? value(frame + 1) : 0
      // Both slopes are equally steep; the higher side is nearer to the peak.
      let slope = height - min(before, after)
      let distance = slope > 0 ? (after - before) / (2 * slope) : 0
      return Peak(frame: frame, height: height, place: Double(frame) + distance)
    }
  }
}
