import TestSupport
import Testing

@testable import Audio

@Suite("Writing MIDI files")
struct MIDIWriterTests {
  private func notes(_ count: Int, seconds: Double, programs: [Int?]) -> [NoteEvent] {
    var random = SeededRandom(seed: 9)
    return (0..<count).map { _ in
      let onset = Double.random(in: 0..<seconds, using: &random)
      return NoteEvent(
        onset: onset,
        offset: onset + Double.random(in: 0.01..<3, using: &random),
        pitch: Int.random(in: 0...127, using: &random),
        velocity: Int.random(in: 1...127, using: &random),
        program: programs.randomElement(using: &random) ?? nil
      )
    }
  }

  @Test(
    "what is written is read again to half a tick, over an hour, at any tempo",
    arguments: MIDIWriter.Format.allCases,
    [4, 59.7, 120, 133.3, 1000]
  )
  func roundTrip(format: MIDIWriter.Format, tempo: Double) throws {
    let writer = MIDIWriter(format: format, tempo: tempo)
    #expect(writer.tickLength <= 0.00105)
    let notes = notes(1500, seconds: 3600, programs: [nil, 0, 40, 41, 127])
    let read = try MIDIFile(parsing: writer.bytes(notes))
    expectSame(read, notes, tickLength: writer.tickLength)
  }

  private func expectSame(_ file: MIDIFile, _ notes: [NoteEvent], tickLength: Double) {
    let half = tickLength / 2 + 1e-9
    #expect(file.notes.count == notes.count && file.endlessCount == 0)
    // Notes that begin in the same tick may change places.
    func key(_ note: NoteEvent) -> (Int, Int, Int, Int) {
      (note.pitch, Int((note.onset / tickLength).rounded()), note.velocity, note.program ?? -1)
    }
    let (a, b) = (file.notes.sorted { key($0) < key($1) }, notes.sorted { key($0) < key($1) })
    for (found, note) in zip(a, b) {
      #expect(found.pitch == note.pitch && found.velocity == note.velocity)
      #expect(found.program == note.program)
      #expect(abs(found.onset - note.onset) <= half && abs(found.offset - note.offset) <= half)
    }
  }

  @Test("notes of one pitch that overlap keep their ends", arguments: MIDIWriter.Format.allCases)
  func overlaps(format: MIDIWriter.Format) throws {
    let notes = (0..<15).map { index in
      NoteEvent(
        onset: Double(index) * 0.1,
        offset: 10 - Double(index) * 0.3,
        pitch: 60,
        velocity: index + 1
      )
    }
    let writer = MIDIWriter(format: format)
    expectSame(
      try MIDIFile(parsing: writer.bytes(notes)),
      notes,
      tickLength: writer.tickLength
    )
  }

  @Test("more programs than channels keep their notes", arguments: MIDIWriter.Format.allCases)
  func programs(format: MIDIWriter.Format) throws {
    let writer = MIDIWriter(format: format)
    let notes = notes(800, seconds: 100, programs: (0..<40).map { $0 * 3 })
    expectSame(
      try MIDIFile(parsing: writer.bytes(notes)),
      notes,
      tickLength: writer.tickLength
    )
  }

  @Test("no notes are an empty file; a note without length gets a tick", arguments: [0, 1])
  func small(count: Int) throws {
    for format in MIDIWriter.Format.allCases {
      let writer = MIDIWriter(format: format)
      let notes = [NoteEvent](
        repeating: NoteEvent(onset: 1, offset: 1, pitch: 60),
        count: count
      )
      let read = try MIDIFile(parsing: writer.bytes(notes)).notes
      #expect(read.count == count)
      for note in read { #expect(abs(note.offset - note.onset - writer.tickLength) < 1e-12) }
    }
  }

  @Test("a wait of two days is bridged")
  func longWait() throws {
    let writer = MIDIWriter()
    let notes = [NoteEvent(onset: 172_800, offset: 172_801, pitch: 60)]
    expectSame(
      try MIDIFile(parsing: writer.bytes(notes)),
      notes,
      tickLength: writer.tickLength
    )
  }

  @Test("the bytes are those of the standard")
  func bytes() {
    let notes = [
      NoteEvent(onset: 0.5, offset: 1, pitch: 60, velocity: 100, program: 5),
      NoteEvent(onset: 1, offset: 1.5, pitch: 60, velocity: 90, program: 5),
    ]
    let tempo: [UInt8] = [0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20]
    let name: [UInt8] = [0, 0xFF, 0x03, 16] + Array("Electric piano 2".utf8)
    let track: [UInt8] =
      [0x83, 0x60, 0xC0, 5, 0, 0x90, 60, 100, 0x83, 0x60, 0x80, 60, 64, 0, 0x90, 60, 90]
      + [0x83, 0x60, 0x80, 60, 64]
    #expect(
      MIDIWriter().bytes(notes)
        == MIDIBytes.file(
          division: 480,
          tracks: [tempo + MIDIBytes.end, name + track + MIDIBytes.end]
        )
    )
    #expect(
      MIDIWriter(format: .singleTrack).bytes(notes)
        == MIDIBytes.file(format: 0, division: 480, tracks: [tempo + track + MIDIBytes.end])
    )
  }
}
