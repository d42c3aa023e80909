/// A time span in which the sustain pedal is held down.
package struct PedalSpan: Hashable, Sendable {
  /// The time of the press, in seconds from the start of the recording.
  package var start: Double
  /// The time of the release, in seconds; not before the start.
  package var end: Double
  /// The General MIDI program of the notes that the pedal holds, as in `NoteEvent`; nil if unknown.
  package var program: Int?

  package init(start: Double, end: Double, program: Int? = nil) {
    self.start = start
    self.end = end
    self.program = program
  }

  /// Returns the span moved later by some seconds.
  package func moved(by seconds: Double) -> PedalSpan {
    PedalSpan(start: start + seconds, end: end + seconds, program: program)
  }
}
