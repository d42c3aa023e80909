import Testing

@testable import Audio

@Suite("Notes that the pedal holds")
struct HeldNoteTests {
  private func note(_ onset: Double, _ offset: Double, _ pitch: Int = 60) -> NoteEvent {
    NoteEvent(onset: onset, offset: offset, pitch: pitch)
  }

  private func ends(_ notes: [NoteEvent], _ pedals: [PedalSpan]) -> [Double] {
    notes.held(by: pedals).map(\.offset)
  }

  @Test("a note lasts until the pedal is released, or its key is struck again")
  func held() {
    let pedal = [PedalSpan(start: 0.1, end: 2)]
    #expect(ends([note(0, 0.25), note(1, 1.25)], pedal) == [1, 2])
    #expect(ends([note(0, 0.25), note(1, 1.25, 64)], pedal) == [2, 2])
    #expect(ends([note(0, 3)], pedal) == [3])
  }

  @Test("a key that is released with the pedal is not held, one that is as it goes down is")
  func edges() {
    #expect(ends([note(0, 1)], [PedalSpan(start: 0.5, end: 1)]) == [1])
    #expect(ends([note(0, 1)], [PedalSpan(start: 1, end: 2)]) == [2])
    #expect(ends([note(0, 1)], [PedalSpan(start: 1.5, end: 2)]) == [1])
  }

  @Test("of two presses the one counts during which the key is released")
  func presses() {
    let pedals = [PedalSpan(start: 0, end: 1), PedalSpan(start: 1.5, end: 4)]
    #expect(ends([note(0, 0.5), note(0, 1.2, 61), note(0, 2, 62)], pedals) == [1, 1.2, 4])
  }

  @Test("a key that is struck before it was released is not shortened")
  func overlap() {
    #expect(ends([note(0, 2), note(1, 1.5)], [PedalSpan(start: 0, end: 3)]) == [2, 3])
  }

  @Test("a pedal holds notes of its program only")
  func programs() {
    var violin = note(0, 1)
    violin.program = 40
    let pedals = [PedalSpan(start: 0, end: 3, program: 0)]
    var piano = note(0, 1)
    piano.program = 0
    #expect(ends([violin, piano, note(0, 1)], pedals) == [1, 3, 1])
    // Another key of the same pitch does not end it.
    let other = NoteEvent(onset: 2, offset: 2.5, pitch: 60, program: 40)
    #expect(ends([piano, other], pedals) == [3, 2.5])
  }

  @Test("a file with a pedal: keys for a quarter of a second, the pedal down all the time")
  func file() throws {
    // 96 ticks to half a second: the pedal at 0, C4 from 0 and from 1 s for a quarter of a second, its end at 2 s.
    let track: [UInt8] =
      [0, 0xB0, 64, 127, 0, 0x90, 60, 80, 48, 0x80, 60, 0, 0x81, 0x10, 0x90, 60, 80]
      + [48, 0x80, 60, 0, 0x81, 0x10, 0xB0, 64, 0] + MIDIBytes.end
    let file = try MIDIFile(parsing: MIDIBytes.file(division: 96, tracks: [track]))
    #expect(file.notes.map(\.onset) == [0, 1] && file.notes.map(\.offset) == [0.25, 1.25])
    #expect(file.notes.held(by: file.pedals).map(\.offset) == [1, 2])
  }
}
