import TestSupport
import Testing

@testable import Audio

/// A file that cannot be read, and why.
struct MIDIFault: Sendable, CustomStringConvertible {
  let description: String
  let bytes: [UInt8]
  let offset: Int
  let message: String

  init(_ description: String, _ bytes: [UInt8], at offset: Int, _ message: String) {
    self.description = description
    self.bytes = bytes
    self.offset = offset
    self.message = message
  }

  private static func track(_ content: [UInt8]) -> [UInt8] { MIDIBytes.file(tracks: [content]) }

  static let all: [MIDIFault] = [
    .init("an empty file", [], at: 0, "no MIDI file"),
    .init("a text", Array("onset,offset".utf8), at: 0, "no MIDI file"),
    .init("a cut header", Array("MThd".utf8) + [0, 0], at: 6, "ends"),
    .init("a short header", Array("MThd".utf8) + [0, 0, 0, 2, 0, 1], at: 10, "number of tracks"),
    .init("a huge header", Array("MThd".utf8) + [255, 255, 255, 255, 0], at: 8, "4294967295"),
    .init("format 2", MIDIBytes.file(format: 2, tracks: [[]]), at: 8, "format 2"),
    .init("no division", MIDIBytes.file(division: 0, tracks: [[]]), at: 12, "division"),
    .init("17 frames", MIDIBytes.file(division: 239 << 8 | 1, tracks: [[]]), at: 12, "division"),
    .init("no track", MIDIBytes.header(format: 1, count: 1, division: 1), at: 14, "a track"),
    .init(
      "a track with a lying length",
      MIDIBytes.header(format: 0, count: 1, division: 1) + MIDIBytes.chunk([0], length: 1 << 31),
      at: 22,
      "2147483648"
    ),
    .init(
      "a name cut off",
      MIDIBytes.header(format: 0, count: 1, division: 1) + [0x4D, 0x54],
      at: 16,
      "chunk"
    ),
    .init("a time without event", track([0]), at: 23, "an event should follow"),
    .init("half a note", track([0, 0x90, 60]), at: 25, "a velocity"),
    .init("data without status", track([0, 60, 1]), at: 23, "0x3C"),
    .init("status for data", track([0, 0x90, 60, 0x90]), at: 25, "0x90"),
    .init("a system message", track([0, 0xF8]), at: 23, "0xF8"),
    .init("a long number", track([255, 255, 255, 255, 0]), at: 22, "four bytes"),
    .init("a lying event", track([0, 0xFF, 1, 0x7F, 1]), at: 26, "127 bytes, but 1"),
    .init("a lying system message", track([0, 0xF0, 5, 1]), at: 25, "5 bytes, but 1"),
    .init(
      "half a million notes",
      track(Array(repeatElement([0, 0x90, 60, 64], count: MIDITracks.mostEvents + 1).joined())),
      at: 22 + 4 * (MIDITracks.mostEvents + 1),
      "more than 500000 events"
    ),
    .init("no tempo", track([0, 0xFF, 0x51, 3, 0, 0, 0]), at: 23, "no time"),
  ]
}

@Suite("Damaged MIDI files")
struct MIDIFaultTests {
  @Test("the fault is named with its byte", arguments: MIDIFault.all)
  func fault(row: MIDIFault) throws {
    let error = #expect(throws: MIDIFileError.self) { try MIDIFile(parsing: row.bytes) }
    #expect(error?.offset == row.offset)
    #expect(error?.message.contains(row.message) == true, "\(error?.message ?? "")")
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("a file that is cut anywhere, or has any byte changed, is read or refused")
  func mutations() {
    var random = SeededRandom(seed: 4)
    let whole = ReferenceMIDI.bytes
    for length in whole.indices {
      #expect(throws: MIDIFileError.self) { try MIDIFile(parsing: Array(whole[..<length])) }
    }
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...255,
          using: &random
        )
      }
      let notes = try? MIDIFile(parsing: bytes).notes
      #expect(notes?.allSatisfy { $0.onset <= $0.offset && $0.onset.isFinite } ?? true)
    }
  }
}
