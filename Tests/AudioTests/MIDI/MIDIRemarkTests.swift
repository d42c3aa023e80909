import TestSupport
import Testing

@testable import Audio

/// A file that deviates from the standard, what is in it, and what is said of it.
struct MIDIDeviation: Sendable, CustomStringConvertible {
  let description: String
  let bytes: [UInt8]
  /// Pitches in the order of their onsets.
  let pitches: [Int]
  /// Words of the only remark; nil if there is none.
  let remark: String?

  init(_ description: String, _ bytes: [UInt8], _ pitches: [Int], _ remark: String?) {
    self.description = description
    self.bytes = bytes
    self.pitches = pitches
    self.remark = remark
  }

  /// A note of 100 ticks that begins at once.
  private static func note(_ pitch: UInt8) -> [UInt8] { [0, 0x90, pitch, 80, 100, 0x80, pitch, 0] }
  private static let end = MIDIBytes.end

  private static func track(_ content: [UInt8]) -> [UInt8] {
    MIDIBytes.file(tracks: [note(60) + content + note(64) + end])
  }

  private static func file(count: Int, format: Int = 1, _ chunks: [UInt8]...) -> [UInt8] {
    MIDIBytes.header(format: format, count: count, division: 100) + chunks.flatMap { $0 }
  }

  private static func chunk(_ pitch: UInt8) -> [UInt8] { MIDIBytes.chunk(note(pitch) + end) }

  static let all: [MIDIDeviation] = [
    // Counts and kinds of chunks.
    .init(
      "fewer tracks said",
      file(count: 1, chunk(60), chunk(64)),
      [60, 64],
      "says 1 track, 2 were"
    ),
    .init("no tracks said", file(count: 0, chunk(60)), [60], "says 0 tracks, 1 was"),
    .init("more tracks said", file(count: 3, chunk(60)), [60], "says 3 tracks, 1 was"),
    .init(
      "another chunk counted",
      file(count: 2, MIDIBytes.chunk([1, 2, 3], name: "XFIH"), chunk(60)),
      [60],
      nil
    ),
    .init("format 2 of one track", file(count: 1, format: 2, chunk(60)), [60], nil),
    .init("format 2", file(count: 2, format: 2, chunk(60), chunk(64)), [60, 64], "format 2"),
    .init("format 7", file(count: 1, format: 7, chunk(60)), [60], "unknown format"),
    // Lengths.
    .init(
      "a length beyond the file",
      file(count: 1, MIDIBytes.chunk(note(60) + end, length: 4_000)),
      [60],
      "another length"
    ),
    .init(
      "a length beyond the next track",
      file(count: 2, MIDIBytes.chunk(note(60) + end, length: 26), chunk(64)),
      [60, 64],
      "another length"
    ),
    .init(
      "a length that is too small",
      file(count: 2, MIDIBytes.chunk(note(60) + end, length: 5), chunk(64)),
      [60, 64],
      "another length"
    ),
    .init("no mark of the end", MIDIBytes.file(tracks: [note(60), note(64)]), [60, 64], nil),
    .init("zeros at the end", file(count: 1, chunk(60), [0, 0, 0, 0, 0]), [60], nil),
    .init(
      "a text at the end",
      file(count: 1, chunk(60), Array("bye".utf8)),
      [60],
      "3 bytes that belong"
    ),
    .init(
      "bytes between tracks",
      file(count: 2, chunk(60), [1, 2, 3, 4, 5, 6, 7, 8, 9], chunk(64)),
      [60, 64],
      "9 bytes that belong"
    ),
    .init(
      "an event that reaches beyond its track",
      MIDIBytes.file(tracks: [note(60) + [0, 0xFF, 1, 0x7F, 1], note(64) + end]),
      [60, 64],
      "reaches beyond its track"
    ),
    .init(
      "half a message at the end of a track",
      MIDIBytes.file(tracks: [note(60) + [0, 0x90], note(64) + end]),
      [60, 64],
      "reaches beyond its track"
    ),
    .init(
      "cut off in a note",
      Array(file(count: 1, chunk(60)).prefix(28)),
      [60],
      "cut off at byte 28"
    ),
    // Wrappers.
    .init(
      "RIFF",
      Array("RIFF".utf8) + [0, 0, 0, 0] + Array("RMIDdata".utf8) + [0, 0, 0, 0]
        + file(count: 1, chunk(60)),
      [60],
      nil
    ),
    .init(
      "MacBinary",
      [UInt8](repeating: 0, count: 128) + file(count: 1, chunk(60)),
      [60],
      "128 bytes before the MIDI header"
    ),
    // Values.
    .init("a controller above 127", track([0, 0xB0, 7, 0xFF]), [60, 64], "above 127 at byte 33"),
    .init(
      "a velocity above 127",
      track([0, 0x90, 62, 200, 9, 0x80, 62, 0]),
      [60, 62, 64],
      "above 127"
    ),
    .init("a pitch above 127", track([0, 0x90, 200, 80]), [60, 64], "a note above 127"),
    .init("a tempo of 0", track([0, 0xFF, 0x51, 3, 0, 0, 0]), [60, 64], "a tempo of 0"),
    .init(
      "zeros before a time",
      track([0x80, 0x80, 0x80, 0x80, 0x80, 0, 0xB0, 7, 9]),
      [60, 64],
      nil
    ),
    // Messages that are not for files.
    .init("clocks", track([0, 0xF8, 0, 0xFE]), [60, 64], "2 system messages"),
    .init("a song's position", track([0, 0xF2, 1, 2]), [60, 64], "a system message"),
    .init(
      "values without status",
      MIDIBytes.file(tracks: [[0, 60, 1, 0x90, 62, 80, 9, 0x80, 62, 0] + end]),
      [62],
      "2 bytes that belong"
    ),
  ]
}

@Suite("MIDI files as they are")
struct MIDIRemarkTests {
  @Test("no note is lost, and each kind of deviation is told once", arguments: MIDIDeviation.all)
  func deviation(row: MIDIDeviation) throws {
    let file = try MIDIFile(parsing: row.bytes)
    #expect(file.notes.map(\.pitch) == row.pitches)
    #expect(file.remarks.texts.count == (row.remark == nil ? 0 : 1), "\(file.remarks.texts)")
    if let remark = row.remark, let text = file.remarks.texts.first {
      #expect(text.contains(remark), "\(text)")
    }
  }

  @Test("notes keep their times through what is passed over")
  func times() throws {
    let clock: [UInt8] = [50, 0xF8]
    let note: [UInt8] = [50, 0x90, 60, 80, 100, 0x80, 60, 0]
    let file = try MIDIFile(parsing: MIDIBytes.file(tracks: [clock + note + MIDIBytes.end]))
    // 100 ticks are a quarter note of half a second.
    #expect(file.notes.map(\.onset) == [0.5] && file.notes.map(\.offset) == [1])
  }

  @Test("deviations of one kind are counted")
  func counts() throws {
    let values = Array(repeatElement([0, 0xB0, 1, 0xC8] as [UInt8], count: 7).joined())
    let file = try MIDIFile(parsing: MIDIBytes.file(tracks: [values + MIDIBytes.end]))
    #expect(file.remarks.texts == ["7 values above 127, the first at byte 25, are taken as 127"])
  }
}
