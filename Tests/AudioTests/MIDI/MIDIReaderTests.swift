import Testing

@testable import Audio

@Suite("Reading MIDI files")
struct MIDIReaderTests {
  /// Onset, offset, pitch, velocity, program (−1 where it is not known) of each note.
  private func rows(_ bytes: [UInt8]) throws -> [[Double]] {
    try MIDIFile(parsing: bytes).notes.map {
      [$0.onset, $0.offset, Double($0.pitch), Double($0.velocity), Double($0.program ?? -1)]
    }
  }

  @Test("a file of another program gives the notes that a third one reads")
  func reference() throws {
    let found = try rows(ReferenceMIDI.bytes)
    #expect(found.count == ReferenceMIDI.notes.count && found.count > 50)
    for (row, expected) in zip(found, ReferenceMIDI.notes) {
      #expect(abs(row[0] - expected[0]) < 1e-9 && abs(row[1] - expected[1]) < 1e-9)
      #expect(row[2...] == expected[2...])
    }
  }

  @Test("running status goes on over other events; velocity 0 ends a note")
  func runningStatus() throws {
    let track: [UInt8] =
      [0, 0x90, 60, 100, 50, 64, 90, 0, 0xFF, 0x05, 2, 0x6C, 0x61, 50, 60, 0]
      + [0, 0xF0, 2, 1, 0xF7, 100, 64, 0, 0, 0xB0, 7, 1, 0, 0xD0, 3, 0, 0xE0, 1, 2]
    #expect(
      try rows(MIDIBytes.file(tracks: [track]))
        == [[0, 0.5, 60, 100, -1], [0.25, 1, 64, 90, -1]]
    )
  }

  @Test("of overlapping notes of one pitch the first ends first; ends of no note are passed over")
  func overlaps() throws {
    let track: [UInt8] =
      [0, 0x80, 60, 0, 0, 0x90, 60, 1, 50, 60, 2, 50, 60, 3, 50, 60, 0, 50, 60, 0, 50, 60, 0]
      + [50, 60, 0] + MIDIBytes.end
    #expect(
      try rows(MIDIBytes.file(tracks: [track]))
        == [[0, 0.75, 60, 1, -1], [0.25, 1, 60, 2, -1], [0.5, 1.25, 60, 3, -1]]
    )
  }

  @Test("a note that is never ended lasts to the end of its track")
  func endless() throws {
    let track: [UInt8] = [0, 0x90, 60, 1, 100, 0xFF, 0x2F, 0]
    let file = try MIDIFile(parsing: MIDIBytes.file(tracks: [track, MIDIBytes.end]))
    #expect(file.endlessCount == 1 && file.notes.map(\.offset) == [0.5])
  }

  /// By "MIDI 1.0 Detailed Specification", channel mode messages: 120 and 123 end notes, 124 to 127 imply 123.
  @Test(
    "all notes of a channel of a track end where it is told so",
    arguments: [120, 123, 124, 125, 126, 127]
  )
  func silence(controller: UInt8) throws {
    let track: [UInt8] =
      [0, 0x90, 60, 1, 0, 64, 2, 0, 0x91, 67, 3, 50, 0xB0, controller, 0, 0, 0x90, 60, 4]
      + [50, 0xB0, controller, 0] + MIDIBytes.end
    let other: [UInt8] = [0, 0x90, 62, 5, 100, 62, 0] + MIDIBytes.end
    let file = try MIDIFile(parsing: MIDIBytes.file(tracks: [track, other]))
    #expect(file.endlessCount == 1)
    #expect(
      file.notes.map { [$0.onset, $0.offset, Double($0.pitch)] }
        == [[0, 0.25, 60], [0, 0.5, 62], [0, 0.25, 64], [0, 0.5, 67], [0.25, 0.5, 60]]
    )
  }

  @Test("a note may begin and end at once")
  func noLength() throws {
    let track: [UInt8] = [50, 0x90, 60, 1, 0, 60, 0] + MIDIBytes.end
    #expect(try rows(MIDIBytes.file(tracks: [track])) == [[0.25, 0.25, 60, 1, -1]])
  }

  @Test("tempi of any track hold for all; a second tempo at the same time replaces the first")
  func tempi() throws {
    let notes: [UInt8] = [0, 0x90, 60, 1, 0x81, 0x48, 60, 0] + MIDIBytes.end
    let tempi: [UInt8] =
      [0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 100, 0xFF, 0x51, 3, 0, 0, 1]
      + [0, 0xFF, 0x51, 3, 0x1E, 0x84, 0x80] + MIDIBytes.end
    #expect(try rows(MIDIBytes.file(tracks: [notes, tempi])) == [[0, 3, 60, 1, -1]])
  }

  @Test("an hour of tempo changes does not drift")
  func drift() throws {
    var track: [UInt8] = []
    for _ in 0..<7200 { track += [96, 0xFF, 0x51, 3, 0x07, 0xA1, 0x1F] }
    track += [0, 0x90, 60, 1, 96, 60, 0] + MIDIBytes.end
    let note = try #require(
      try MIDIFile(parsing: MIDIBytes.file(division: 96, tracks: [track])).notes.first
    )
    // The first quarter note has the usual tempo, the others 499,999 microseconds.
    #expect(note.onset == (500_000 + 7199 * 499_999) / 1e6)
  }

  @Test(
    "frames per second take the place of tempi",
    arguments: [(24, 24.0), (25, 25.0), (29, 30000.0 / 1001), (30, 30.0)]
  )
  func frames(code: Int, rate: Double) throws {
    let track: [UInt8] =
      [0, 0xFF, 0x51, 3, 1, 1, 1, 120, 0x90, 60, 1, 80, 60, 0] + MIDIBytes.end
    let division = (256 - code) << 8 | 40
    let note = try #require(
      try MIDIFile(parsing: MIDIBytes.file(division: division, tracks: [track])).notes.first
    )
    #expect(abs(note.onset - 3 / rate) < 1e-12 && abs(note.offset - 5 / rate) < 1e-12)
  }

  @Test("programs hold for a channel in the order of time, also from another track")
  func programs() throws {
    let choices: [UInt8] = [0, 0xC1, 40, 100, 0xC1, 41] + MIDIBytes.end
    let notes: [UInt8] =
      [0, 0x91, 60, 1, 50, 60, 0, 50, 60, 1, 50, 60, 0, 0, 0x92, 61, 1, 50, 61, 0]
      + MIDIBytes.end
    #expect(
      try rows(MIDIBytes.file(tracks: [choices, notes])).map(\.last) == [40, 41, -1]
    )
  }

  @Test("percussion has no pitch and is left out; tracks of the same channel do not mix")
  func percussion() throws {
    let drums: [UInt8] = [0, 0x99, 60, 1, 50, 60, 0] + MIDIBytes.end
    let first: [UInt8] = [0, 0x90, 60, 1, 100, 60, 0] + MIDIBytes.end
    let second: [UInt8] = [20, 0x90, 60, 2, 20, 60, 0] + MIDIBytes.end
    let file = try MIDIFile(parsing: MIDIBytes.file(tracks: [drums, first, second]))
    #expect(file.percussionCount == 1 && file.notes.map(\.velocity) == [1, 2])
    #expect(file.notes.map(\.offset) == [0.5, 0.2])
  }

  @Test("other chunks, a longer header and bytes behind the last track are passed over")
  func otherChunks() throws {
    var bytes = MIDIBytes.header(format: 0, count: 1, division: 100)
    bytes[7] = 8
    bytes += [1, 2] + MIDIBytes.chunk([1, 2, 3], name: "XFIH")
    bytes += MIDIBytes.chunk([0, 0x90, 60, 1, 50, 60, 0]) + [9, 9, 9]
    #expect(try rows(bytes).count == 1)
  }
}
