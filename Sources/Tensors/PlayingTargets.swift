/// The layout of a transcription network's output at each frame.
package enum PlayingRow {
  /// The values of each key.
  package enum Key: Int, CaseIterable, Sendable {
    /// The proximity of an onset: 1 at the onset, falling to 0 at `reach` frames from it.
    case onset
    /// The sounding of the note, held by finger or pedal.
    case sounding
    /// The proximity of a note's end, as for onsets.
    case end
    /// The velocity of the note whose onset is near, as a fraction of 127.
    case velocity
  }

  /// The values of the sustain pedal.
  package enum Pedal: Int, CaseIterable, Sendable {
    case pressed
    /// The proximity of the release, as for onsets.
    case release
  }

  /// The number of values of a row: those of each key in turn, then those of the pedal.
  package static let count = PianoKeys.count * Key.allCases.count + Pedal.allCases.count

  /// The distance in frames from an onset, or an end, at which its target has fallen to 0.
  package static let reach = 3.0

  /// Returns the index of a value of a key, 0 ..< 88.
  package static func index(_ key: Int, _ value: Key) -> Int {
    key * Key.allCases.count + value.rawValue
  }

  package static func index(_ value: Pedal) -> Int {
    PianoKeys.count * Key.allCases.count + value.rawValue
  }
}

/// The playing in the frames of audio windows, as targets.
package struct PlayingTargets: SequenceTargets, Hashable {
  /// The number of frames of each window.
  package let frames: Int
  /// Targets from 0 to 1, [windows, frames, `PlayingRow.count`].
  package let values: [Float]
  /// The weight of each target in the loss; 0 where the target is unknown.
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
