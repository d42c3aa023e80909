import Tensors

/// The frames of a window at which it is known which notes sound, as MusicNet's tasks count them: F = window / 128 − 1
/// frames, frame i for the sample 128 (i + 1) of the window.
package enum LabelFrames {
  /// Samples from one frame to the next.
  package static let stride = NoteTargets.stride
  /// Notes per frame.
  package static let notes = NoteTargets.notes

  /// The number of frames of a window of so many samples.
  package static func count(window: Int) -> Int {
    precondition(window % stride == 0 && window >= 2 * stride, "a multiple of 128 from 256 on")
    return window / stride - 1
  }

  /// Which notes sound at the frames of a window: 1 or 0, [F, 128].
  ///
  /// A note sounds from its onset on until just before its offset.
  ///
  /// - Parameters:
  ///   - events: in order of onset.
  ///   - start: the first sample of the window.
  ///   - window: the samples of the window.
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

  /// The first frame at or after a time in seconds, 0 … limit.
  private static func frame(reaching time: Double, start: Int, rate: Double, limit: Int) -> Int {
    let position = ((time * rate - Double(start)) / Double(stride)).rounded(.up) - 1
    return Int(min(Double(limit), max(0, position)))
  }
}
