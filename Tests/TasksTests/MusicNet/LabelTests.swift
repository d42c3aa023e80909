import Audio
import Foundation
import TestSupport
import Testing

@testable import Tasks

@Suite("Labels of recordings")
struct LabelTests {
  @Test("labels that had to be skipped are a fault of the recording, with their lines")
  func training() throws {
    let header = "start_time,end_time,instrument,note\n"
    let good = Data((header + "0,44100,1,60\n").utf8)
    #expect(try NoteTable.labels(good, file: "1.csv", seconds: 10).map(\.pitch) == [60])
    for (text, message) in [
      (
        header + "0,44100,1,60\n0,1,1,200\n0,1,1,300\n5,1,1,60\n",
        "1.csv: 2 lines skipped, the first is line 3: its note is no whole number from 0 to 127; "
          + "line 5 skipped: it ends before it begins"
      ),
      ("start_time,note\n0,1\n", "1.csv:1: there is no column `offset` among `start_time`, `note`"),
      ("", "1.csv: the file is empty"),
    ] {
      let fault = #expect(throws: DataFault.self) {
        try NoteTable.labels(Data(text.utf8), file: "1.csv", seconds: 10)
      }
      #expect(fault?.message == message)
    }
    let bytes = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 3) })
    #expect(throws: DataFault.self) { try NoteTable.labels(bytes, file: "x", seconds: 10) }
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
