/// What a network that writes notes tells at each frame, value by value of its output.
package enum PlayingRow {
  /// What is told of each key.
  package enum Key: Int, CaseIterable, Sendable {
    /// How near an onset is: 1 at the onset, falling to 0 at `reach` frames from it.
    case onset
    /// Whether the note sounds, held by finger or pedal.
    case sounding
    /// How near the end of a note is, as for onsets.
    case end
    /// The velocity of the note whose onset is near, as a share of 127.
    case velocity
  }

  /// What is told of the sustain pedal.
  package enum Pedal: Int, CaseIterable, Sendable {
    case pressed
    /// How near the moment of release is, as for onsets.
    case release
  }

  /// Values of a row: those of each key one after another, then those of the pedal.
  package static let count = PianoKeys.count * Key.allCases.count + Pedal.allCases.count

  /// Frames from an onset, or an end, at which its share in the targets has fallen to 0.
  package static let reach = 3.0

  /// The place of a value of a key, 0 ..< 88.
  package static func index(_ key: Int, _ value: Key) -> Int {
    key * Key.allCases.count + value.rawValue
  }

  package static func index(_ value: Pedal) -> Int {
    PianoKeys.count * Key.allCases.count + value.rawValue
  }
}

/// What is played in the frames of windows of audio.
package struct PlayingTargets: SequenceTargets, Hashable {
  /// Frames of each window.
  package let frames: Int
  /// Targets from 0 to 1, [windows, frames, `PlayingRow.count`].
  package let values: [Float]
  /// What each counts in the loss; 0 where it is not known.
  package let weights: [Float]

  package init(frames: Int, values: [Float], weights: [Float]) {
    precondition(
      frames > 0 && values.count.isMultiple(of: frames * PlayingRow.count)
        && weights.count == values.count,
      "whole frames"
    )
    self.frames = frames
    self.values = values
    self.weights = weights
  }

  /// The number of windows.
  package var windows: Int { values.count / (frames * PlayingRow.count) }

  package func part(_ group: ExampleGroup) -> PlayingTargets {
    let size = frames * PlayingRow.count
    let own = group.examples.lowerBound * size..<group.examples.upperBound * size
    return PlayingTargets(
      frames: frames,
      values: Array(values[own]),
      weights: Array(weights[own])
    )
  }
}
