/// A time over which the sustain pedal is held down.
package struct PedalSpan: Hashable, Sendable {
  /// When it is pressed, in seconds from the start of the recording.
  package var start: Double
  /// When it is released, in seconds; not before its start.
  package var end: Double
  /// The General MIDI program of the notes that it holds, as `NoteEvent` has it; nil where it is not known.
  package var program: Int?

  package init(start: Double, end: Double, program: Int? = nil) {
    self.start = start
    self.end = end
    self.program = program
  }

  /// The span so many seconds later.
  package func moved(by seconds: Double) -> PedalSpan {
    PedalSpan(start: start + seconds, end: end + seconds, program: program)
  }
}
