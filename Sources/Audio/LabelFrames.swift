import Tensors

/// The labelled frames of a window, counted as in MusicNet's tasks: F = window / 128 − 1 frames, with frame i at the window's
/// sample 128 (i + 1).
package enum LabelFrames {
  /// The number of samples from one frame to the next.
  package static let stride = NoteTargets.stride
  /// The number of notes per frame.
  package static let notes = NoteTargets.notes

  /// Returns the number of frames in a window of `window` samples.
  package static func count(window: Int) -> Int {
    precondition(window % stride == 0 && window >= 2 * stride, "a multiple of 128 from 256 on")
    return window / stride - 1
  }

  /// Returns a piano roll of the notes that sound at a window's frames: 1 or 0, [F, 128].
  ///
  /// A note sounds from its onset until just before its offset.
  ///
  /// - Parameters:
  ///   - events: the notes, in order of onset.
  ///   - start: the index of the window's first sample.
  ///   - window: the number of samples in the window.
  ///   - rate: samples per second.
  package static func sounding(
    _ events: [NoteEvent],
    start: Int,
    window: Int,
    rate: Double
  ) -> [UInt8] {
    let frames = count(window: window)
    var sounding = [UInt8](repeating: 0, count: frames * notes)
    let end = Double(start + window) / rate
    for event in events {
      guard event.onset < end else { break }
      guard Pitch.range.contains(event.pitch) else { continue }
      let first = frame(reaching: event.onset, start: start, rate: rate, limit: frames)
      let last = frame(reaching: event.offset, start: start, rate: rate, limit: frames)
      for frame in first..<max(first, last) { sounding[frame * notes + event.pitch] = 1 }
    }
    return sounding
  }

  /// Returns the first frame at or after a time in seconds, clamped to 0 … limit.
  private static func frame(reaching time: Double, start: Int, rate: Double, limit: Int) -> Int {
    let position = ((time * rate - Double(start)) / Double(stride)).rounded(.up) - 1
    return Int(min(Double(limit), max(0, position)))
  }
}
