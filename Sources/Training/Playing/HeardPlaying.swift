import Tensors

/// A network's predictions for keys and pedal in the frames of some music, starting with frame 0 at its first sample.
///
/// An hour of 86 frames a second takes 137 MB.
package struct HeardPlaying: Sendable {
  /// The number of frames so far.
  package private(set) var frames = 0
  /// True if all predictions are finite; others count as 0.
  package private(set) var isFinite = true
  /// The proximity of an onset, [frames, 88].
  private var onsets: [UInt16] = []
  /// The probability that the key sounds, the proximity of its end, and the velocity of its onset, [frames, 88] each.
  private var sounding: [UInt8] = []
  private var ends: [UInt8] = []
  private var velocities: [UInt8] = []
  /// The probability that the pedal is pressed, and the proximity of its release.
  private var pressed: [UInt8] = []
  private var releases: [UInt8] = []

  package init() {}

  package mutating func reserve(_ frames: Int) {
    onsets.reserveCapacity(frames * PianoKeys.count)
    sounding.reserveCapacity(frames * PianoKeys.count)
    ends.reserveCapacity(frames * PianoKeys.count)
    velocities.reserveCapacity(frames * PianoKeys.count)
  }

  /// Adds a frame.
  ///
  /// - Parameter logits: the logits of a `PlayingRow`.
  mutating func add(_ logits: UnsafePointer<Float>) {
    typealias Row = PlayingRow
    func share(_ index: Int, of whole: Double) -> Double {
      guard logits[index].isFinite else {
        isFinite = false
        return 0
      }
      return (Real.sigmoid(Double(logits[index])) * whole).rounded()
    }
    for key in 0..<PianoKeys.count {
      onsets.append(UInt16(share(Row.index(key, .onset), of: 65535)))
      sounding.append(UInt8(share(Row.index(key, .sounding), of: 255)))
      ends.append(UInt8(share(Row.index(key, .end), of: 255)))
      velocities.append(UInt8(share(Row.index(key, .velocity), of: 127)))
    }
    pressed.append(UInt8(share(Row.index(.pressed), of: 255)))
    releases.append(UInt8(share(Row.index(.release), of: 255)))
    frames += 1
  }

  /// Removes frames at the end.
  mutating func removeLast(_ count: Int) {
    frames -= count
    for path in [\HeardPlaying.sounding, \.ends, \.velocities] {
      self[keyPath: path].removeLast(count * PianoKeys.count)
    }
    onsets.removeLast(count * PianoKeys.count)
    pressed.removeLast(count)
    releases.removeLast(count)
  }

  // MARK: Predictions, 0 … 1

  func onset(_ key: Int, _ frame: Int) -> Double {
    Double(onsets[frame * PianoKeys.count + key]) / 65535
  }

  package func sounding(_ key: Int, _ frame: Int) -> Double {
    Double(sounding[frame * PianoKeys.count + key]) / 255
  }

  func end(_ key: Int, _ frame: Int) -> Double {
    Double(ends[frame * PianoKeys.count + key]) / 255
  }

  /// Returns the velocity, 0 … 127.
  func velocity(_ key: Int, _ frame: Int) -> Int {
    Int(velocities[frame * PianoKeys.count + key])
  }

  func pressed(_ frame: Int) -> Double { Double(pressed[frame]) / 255 }
  func release(_ frame: Int) -> Double { Double(releases[frame]) / 255 }

  /// The probabilities that the 128 notes sound, [frames, 128].
  package var probabilities: [Float] {
    [Float](unsafeUninitializedCapacity: frames * NoteTargets.notes) { buffer, filled in
      buffer.initialize(repeating: 0)
      for frame in 0..<frames {
        for key in 0..<PianoKeys.count {
          buffer[frame * NoteTargets.notes + PianoKeys.lowest + key] = Float(sounding(key, frame))
        }
      }
      filled = frames * NoteTargets.notes
    }
  }
}
