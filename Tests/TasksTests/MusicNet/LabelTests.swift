import Audio
import Foundation
import TestSupport
import Testing

@testable import Tasks

@Suite("Labels of recordings")
struct LabelTests {
  private static let header = "start_time,end_time,instrument,note,start_beat,end_beat,note_value\n"

  private func notes(_ text: String, seconds: Double? = nil) throws -> [NoteEvent] {
    try LabelFile(parsing: Data(text.utf8), file: "1.csv", seconds: seconds).notes
  }

  private func faults(_ text: String, seconds: Double? = nil) -> [String] {
    do {
      _ = try LabelFile(parsing: Data(text.utf8), file: "1.csv", seconds: seconds)
      return []
    } catch { return error.all.map(\.message) }
  }

  @Test("times become seconds, instruments programs")
  func reading() throws {
    let text = Self.header + "88200,132300,41,60,4.0,1.5,Quarter\n22050,44100,1,127,0,1,\n"
    #expect(
      try notes(text) == [
        NoteEvent(onset: 0.5, offset: 1, pitch: 127, program: 0),
        NoteEvent(onset: 2, offset: 3, pitch: 60, program: 40),
      ]
    )
  }

  @Test(
    "quotes, line ends, a byte order mark, blank lines and other columns are no matter",
    arguments: [
      "\u{FEFF}start_time,end_time,instrument,note\r\n0,44100,1,60\r\n",
      "note,instrument,end_time,start_time\n60,1,44100,0",
      "\"start_time\",\"end_time\",\"instrument\",\"note\",\"a \"\"b\"\", c\"\n\"0\",\"44100\",1,60,\"x,\ny\"\n",
      "start_time, end_time , instrument, note\r0, 44100, 1, 60\r\r",
      "\n\nkey,start_time,end_time,instrument,note\n\n,0.0,4.41e4,1,60.0\n\n",
    ]
  )
  func forms(text: String) throws {
    #expect(try notes(text) == [NoteEvent(onset: 0, offset: 1, pitch: 60, program: 0)])
  }

  @Test(
    "a wrong line is named with its number",
    arguments: [
      ("0,44100,1,128", "1.csv:3: the note 128 is not within 0 to 127"),
      ("0,44100,1,-1", "1.csv:3: the note -1 is not within 0 to 127"),
      ("0,44100,1,60.5", "1.csv:3: the note 60.5 is not within 0 to 127"),
      ("0,44100,0,60", "1.csv:3: the instrument 0 is not within 1 to 128"),
      ("0,44100,1e300,60", "1.csv:3: the instrument 1e+300 is not within 1 to 128"),
      ("44100,100,1,60", "1.csv:3: the note ends before it begins"),
      ("-5,100,1,60", "1.csv:3: the note begins before the audio"),
      ("0,x,1,60", "1.csv:3: `x` is no number for end_time"),
      ("nan,1,1,60", "1.csv:3: `nan` is no number for start_time"),
      ("0,inf,1,60", "1.csv:3: `inf` is no number for end_time"),
      ("0,1,1", "1.csv:3: there is no note"),
      ("0,500000,1,60", "1.csv:3: the note ends at 11.34 s, the audio at 10.00 s"),
      ("0,44100,1,\"60", "1.csv:3: a quote is never closed"),
    ]
  )
  func wrongLines(line: String, message: String) {
    let text = Self.header + "\"0\",44100,1,60,\"\",,\n" + line + "\n"
    #expect(faults(text, seconds: 10).contains(message), "\(faults(text, seconds: 10))")
  }

  @Test(
    "labels may go a second beyond the end, where they are cut off; notes of no length are none"
  )
  func ends() throws {
    let text = Self.header + "418950,480000,1,60,0,0,\n441500,442000,1,61,0,0,\n5,5,1,62,0,0,\n"
    #expect(
      try notes(text, seconds: 10) == [NoteEvent(onset: 9.5, offset: 10, pitch: 60, program: 0)]
    )
  }

  @Test("files without the columns say which; a file of faults says the first ten")
  func wholeFiles() {
    #expect(faults("") == ["1.csv: it is empty"])
    #expect(
      faults("start_time,note\n0,1\n") == ["1.csv:1: there is no column end_time, instrument"]
    )
    #expect(faults("0,44100,1,60\n").count == 1)
    let many = Self.header + String(repeating: "0,1,1,200\n", count: 1000)
    #expect(faults(many).count == 10)
    let bytes = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 3) })
    #expect(throws: LabelFile.Faults.self) { try LabelFile(parsing: bytes, file: "x") }
  }

  @Test("a roll says the same as a look at every note")
  func roll() {
    var random = SeededRandom(seed: 8)
    for count in [0, 1, 7, 300] {
      // A coarse grid, so that ends and beginnings meet.
      let notes = (0..<count).map { _ in
        let onset = Double(Int.random(in: 0..<100, using: &random)) / 10
        let length = Double(Int.random(in: 0..<20, using: &random)) / 10
        let pitch = Int.random(in: 0...127, using: &random) / 9 * 9
        return NoteEvent(onset: onset, offset: onset + length, pitch: pitch)
      }
      let roll = LabelRoll(notes)
      let times = (-10..<250).map { Double($0) / 20 }
      let flags = roll.flags(at: times)
      for (index, time) in times.enumerated() {
        let sounding = Set(notes.filter { $0.onset <= time && time < $0.offset }.map(\.pitch))
        for pitch in 0..<128 {
          #expect(flags[index * 128 + pitch] == (sounding.contains(pitch) ? 1 : 0))
        }
      }
    }
  }

  @Test("the edges of notes belong to the times of samples at 11 kHz exactly")
  func edges() {
    // Both rates have the sample at second 1.
    let roll = LabelRoll([NoteEvent(onset: 44_100 / 44_100.0, offset: 88_200 / 44_100.0, pitch: 3)])
    let times = [10_999, 11_000, 21_999, 22_000].map { Double($0) / 11_000 }
    let flags = roll.flags(at: times)
    #expect(times.indices.map { flags[$0 * 128 + 3] } == [0, 1, 1, 0])
    #expect(flags.reduce(0) { $0 + Int($1) } == 2)
  }
}
