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
    .init("a huge header", Array("MThd".utf8) + [255, 255, 255, 255, 0], at: 9, "ends"),
    .init("no division", MIDIBytes.file(division: 0, tracks: [[]]), at: 12, "division"),
    .init("17 frames", MIDIBytes.file(division: 239 << 8 | 1, tracks: [[]]), at: 12, "division"),
    .init("no track", MIDIBytes.header(format: 1, count: 1, division: 1), at: 14, "a track"),
    .init(
      "half a million notes",
      track(Array(repeatElement([0, 0x90, 60, 64], count: MIDITracks.mostEvents + 1).joined())),
      at: 22 + 4 * (MIDITracks.mostEvents + 1),
      "more than 500000 events"
    ),
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

  @Test("a file that is cut anywhere is refused, or read with a remark")
  func cuts() throws {
    let whole = ReferenceMIDI.bytes
    let notes = try MIDIFile(parsing: whole).notes
    var longest = 0
    for length in whole.indices {
      guard let file = try? MIDIFile(parsing: Array(whole[..<length])) else { continue }
      #expect(!file.remarks.texts.isEmpty, "\(length) bytes")
      #expect(file.notes.count <= notes.count)
      longest = max(longest, file.notes.count)
    }
    #expect(longest == notes.count)
  }

  @Test("a file that has any byte changed is read or refused")
  func mutations() {
    var random = SeededRandom(seed: 4)
    let whole = ReferenceMIDI.bytes
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
