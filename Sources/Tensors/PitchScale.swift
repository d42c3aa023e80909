/// The pitches of those values of a spectrogram row that transforms of one length give, from low to high.
package struct PitchScale: Hashable, Sendable {
  /// The number of samples of a transform.
  package let span: Int
  /// The lowest pitch, in MIDI semitones.
  package let lowest: Double
  package let stepsPerSemitone: Double
  package let count: Int

  package init(span: Int, lowest: Double, stepsPerSemitone: Double, count: Int) {
    self.span = span
    self.lowest = lowest
    self.stepsPerSemitone = stepsPerSemitone
    self.count = count
  }

  /// The scales that a transcription network reads at 11,000 samples per second: thirds of semitones from long
  /// transforms, which resolve pitches, and semitones from shorter ones, which resolve times.
  package static let ofNotes = [
    PitchScale(span: 4096, lowest: 20 + 2.0 / 3, stepsPerSemitone: 3, count: 276),
    PitchScale(span: 1024, lowest: 21, stepsPerSemitone: 1, count: 92),
    PitchScale(span: 512, lowest: 45, stepsPerSemitone: 1, count: 68),
  ]

  /// Returns the index of the value nearest to a pitch; nil beyond the ends.
  package func index(of pitch: Double) -> Int? {
    let index = Int(((pitch - lowest) * stepsPerSemitone).rounded())
    return (0..<count).contains(index) ? index : nil
  }
}

/// The keys of a piano, which a transcription network predicts.
package enum PianoKeys {
  package static let count = 88
  /// The MIDI note number of the lowest key.
  package static let lowest = 21
  /// The MIDI note numbers of all keys.
  package static let pitches = lowest..<lowest + count
}
