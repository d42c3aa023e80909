import TestSupport
import Testing

@testable import Audio

@Suite("Names of notes")
struct NoteEventTests {
  @Test("each note number has a name that gives it again")
  func names() {
    for pitch in Pitch.range { #expect(Pitch.number(Pitch.name(pitch)) == pitch) }
    #expect(Pitch.name(60) == "C4" && Pitch.name(0) == "C-1" && Pitch.name(127) == "G9")
    #expect(Pitch.number("Bb3") == 58 && Pitch.number("g#4") == 68)
  }

  @Test("what is no note has no number", arguments: ["", "H3", "C", "C#", "A10", "C-2", "C4x"])
  func noNames(_ text: String) {
    #expect(Pitch.number(text) == nil)
  }

  @Test("A4 has 440 Hz, an octave doubles it")
  func frequencies() {
    #expect(Pitch.frequency(69) == 440 && Pitch.frequency(81) == 880)
  }
}
