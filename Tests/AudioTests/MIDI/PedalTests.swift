import Foundation
import Testing

@testable import Audio

@Suite("The sustain pedal in MIDI files")
struct PedalTests {
  /// Three channels, two of one program, with half pressed pedals, by mido 1.3.3.
  private static let reference =
    Data(
      base64Encoded: """
        TVRoZAAAAAYAAQAEAYBNVHJrAAAAEwD/UQMJV/mHaP9RAwZF5wD/LwBNVHJrAAAAZADAAIFVsEJ/A5A8RiGAPEaCDLBA
        BzhAf4FcQACBHEB4A5BARiGAQEZSsEJagQxAAHtAP0JAFAOQREYhgERGggGwQFoeQhSBDEAUc0AqA5BIRiGASEaBA7BA
        PzxAZDxACgD/LwBNVHJrAAAAZADBAIECsUIUA5E8RiGBPEYpsUA/ckBAP0A/H0A/A5FARiGBQEaBPLFCAIE6QFqBP0B/
        gg9AQAORREYhgURGgSGxQACBVUJ/gXRAACJAQAORSEYhgUhGerFAADxAZDxACgD/LwBNVHJrAAAAZADCC4EbskIAA5I8
        RiGCPEaCJLJAP4EeQFqBWkAAgXtAAAOSQEYhgkBGgUyyQhSBTEAUTUB/gUBAfwOSREYhgkRGRrJAFIE8Qn82QBSBbUBa
        A5JIRiGCSEaBTrJAFDxAZAD/LwA=
        """,
      options: .ignoreUnknownCharacters
    ).map(Array.init) ?? []

  /// Start, end and program by pretty_midi 0.2.11, from values of 64 on; 1.3155 … 2.1128 and 2.8719 … 2.9447
  /// are what both channels of program 0 hold together, and the last one ends with its track.
  private static let spans: [[Double]] = [
    [0.5118821484374999, 0.6123449999999999, 0],
    [0.9137335546874998, 1.2645562109374997, 0],
    [1.0221696484374998, 1.3698030078124999, 11],
    [1.3155849609374997, 2.1128195937499994, 0],
    [2.2701980234374997, 2.5892372890624995, 11],
    [2.3322929140624997, 2.5142951796874997, 0],
    [2.6384849609374994, 2.8076400078124992, 0],
    [2.8718761015624996, 2.9446770078124995, 0],
    [3.1020554375, 3.3611410156249995, 11],
    [3.425377109375, 3.425377109375, 11],
  ]

  @Test("spans are those that another program reads")
  func reference() throws {
    let found = try MIDIFile(parsing: Self.reference).pedals
    #expect(found.count == Self.spans.count)
    for (span, expected) in zip(found, Self.spans) {
      #expect(abs(span.start - expected[0]) < 1e-9 && abs(span.end - expected[1]) < 1e-9)
      #expect(span.program.map(Double.init) == expected[2])
    }
  }

  @Test("a pedal that never goes up is held to the end of its track; percussion has none")
  func endless() throws {
    let track: [UInt8] = [50, 0xB0, 64, 127, 0, 0xB9, 64, 127, 100, 0xFF, 0x2F, 0]
    #expect(
      try MIDIFile(parsing: MIDIBytes.file(tracks: [track])).pedals
        == [PedalSpan(start: 0.25, end: 0.75)]
    )
  }

  @Test("what sets back all controllers lifts the pedal")
  func reset() throws {
    let track: [UInt8] = [0, 0xB0, 121, 0, 50, 64, 127, 50, 121, 0, 50, 64, 0] + MIDIBytes.end
    #expect(
      try MIDIFile(parsing: MIDIBytes.file(tracks: [track])).pedals
        == [PedalSpan(start: 0.25, end: 0.5)]
    )
  }

  @Test("ups without downs, and downs without ups between, are passed over")
  func repeated() throws {
    let track: [UInt8] =
      [0, 0xB0, 64, 0, 50, 64, 64, 50, 64, 127, 50, 64, 63, 50, 64, 0] + MIDIBytes.end
    #expect(
      try MIDIFile(parsing: MIDIBytes.file(tracks: [track])).pedals
        == [PedalSpan(start: 0.25, end: 0.75)]
    )
  }
}
