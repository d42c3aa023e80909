import Audio
import CommandLanguage
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Comparing files of notes")
struct ScoreCommandTests {
  private static let played = [
    NoteEvent(onset: 0, offset: 1, pitch: 60), NoteEvent(onset: 1, offset: 2, pitch: 64),
    NoteEvent(onset: 2, offset: 3, pitch: 67), NoteEvent(onset: 3, offset: 4, pitch: 72),
  ]
  private static let heard = [
    NoteEvent(onset: 0.025, offset: 1, pitch: 60), NoteEvent(onset: 1, offset: 1.5, pitch: 64),
    NoteEvent(onset: 2, offset: 3, pitch: 55),
  ]

  private func session() throws -> TestSession {
    let test = try TestSession()
    func write(_ bytes: [UInt8], to name: String) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: test.folder(name)))
    }
    try write(MIDIWriter().bytes(Self.played), to: "played.mid")
    try write(MIDIWriter(format: .singleTrack).bytes(Self.heard), to: "heard.midi")
    try write(Array(NoteTable.text(Self.played).utf8), to: "played.csv")
    try write(Array(NoteTable.text(Self.heard).utf8), to: "heard.csv")
    let labels = Self.played.map {
      "\(Int($0.onset * 44_100)),\(Int($0.offset * 44_100)),1,\($0.pitch),0,1,Half\n"
    }
    let columns = "start_time,end_time,instrument,note,start_beat,end_beat,note_value\n"
    try write(Array((columns + labels.joined()).utf8), to: "labels.csv")
    try write(MIDIWriter().bytes([]), to: "empty.mid")
    return test
  }

  @Test(
    "MIDI, tables and MusicNet labels give the same scores",
    arguments: ["played.csv heard.csv", "played.mid heard.midi", "labels.csv heard.csv"]
  )
  func forms(files: String) throws {
    let test = try session()
    #expect(
      test.stableLines("score \(files)") == [
        "4 notes played, 3 transcribed, 2 right",
        "                     precision  recall      F1  overlap",
        "onsets within 50 ms     0.6667  0.5000  0.5714   0.7375",
        "onsets and ends         0.3333  0.2500  0.2857   0.9750",
        "frames of 10 ms         0.5951  0.3675  0.4544",
        "frames, any octave      1.0000  0.6175  0.7635",
        "                    accuracy  errors   wrong  missed   extra",
        "frames                0.2940  0.6325  0.2500  0.3825  0.0000",
        "frames, any octave    0.6175  0.3825  0.0000  0.3825  0.0000",
      ]
    )
  }

  @Test("files of mir_eval are read; their scores are those that it gives")
  func frequencies() throws {
    let test = try session()
    try test.folder.write(
      "# onset offset pitch\n0.0\t1.0\t261.6256\n1.0\t2.0\t329.6276\n2.0\t3.0\t391.9954\n"
        + "3.0\t4.0\t523.2511\n",
      to: "played.txt"
    )
    try test.folder.write("0.025,1.0,262.0,100\n1.0,1.5,329.0,64\n2 3 195.9977\n", to: "heard.txt")
    // mir_eval.transcription.evaluate of these, version 0.8.2.
    #expect(
      test.stableLines("score played.txt heard.txt").prefix(4) == [
        "4 notes played, 3 transcribed, 2 right",
        "                     precision  recall      F1  overlap",
        "onsets within 50 ms     0.6667  0.5000  0.5714   0.7375",
        "onsets and ends         0.3333  0.2500  0.2857   0.9750",
      ]
    )
    try test.folder.write("0,1,60\n", to: "numbers.txt")
    let failure = test.submit("score played.txt numbers.txt").failure
    #expect(failure?.contains("numbers.txt: its pitches are numbers of notes") == true)
  }

  @Test("a constant shift is told where it explains much")
  func shift() throws {
    let test = try session()
    func table(_ shift: Double) -> String {
      let rows = Self.played.map { "\($0.onset + shift),\($0.offset + shift),\($0.pitch)\n" }
      return "onset,offset,pitch\n" + rows.joined()
    }
    for (shift, line) in [
      (0.409, "notes are 409 ms late; without that F1 would be 1.0000"), (0.02, nil), (0, nil),
    ] {
      try test.folder.write(table(shift), to: "moved.csv")
      let lines = test.stableLines("let r = score played.csv moved.csv")
      #expect(lines.contains { $0.contains("without that") } == (line != nil))
      if let line { #expect(lines[1] == line) }
    }
    try test.folder.write(table(1), to: "late.csv")
    #expect(
      test.stableLines("let r = score late.csv played.csv")[1]
        == "notes are 1000 ms early; without that F1 would be 1.0000"
    )
    let check = "assert $r.shift.seconds == -1 and $r.shift.f1 == 1 and $r.onsets.f1 == 0"
    #expect(test.submit(check).failure == nil)
  }

  @Test("the pedal of the reference, or of both, prolongs notes where that is asked for")
  func pedal() throws {
    let test = try session()
    // C4 from 0 and from 1 s for a quarter of a second, the pedal down from 0 to 2 s.
    let track: [UInt8] =
      [0, 0xB0, 64, 127, 0, 0x90, 60, 80, 48, 0x80, 60, 0, 0x81, 0x10, 0x90, 60, 80]
      + [48, 0x80, 60, 0, 0x81, 0x10, 0xB0, 64, 0, 0, 0xFF, 0x2F, 0]
    let header: [UInt8] = Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96]
    let bytes = header + Array("MTrk".utf8) + [0, 0, 0, UInt8(track.count)] + track
    try Data(bytes).write(to: URL(fileURLWithPath: test.folder("pedal.mid")))
    try test.folder.write("onset,offset,pitch\n0,0.25,60\n1,1.25,60\n", to: "keys.csv")
    try test.folder.write("onset,offset,pitch\n0,1,60\n1,2,60\n", to: "strings.csv")
    for (files, option, right) in [
      ("pedal.mid keys.csv", "", 2), ("pedal.mid strings.csv", "", 0),
      ("pedal.mid keys.csv", "pedal=on", 0), ("pedal.mid strings.csv", "pedal=on", 2),
      ("pedal.mid pedal.mid", "pedal=on", 0), ("pedal.mid pedal.mid", "pedal=both", 2),
      ("strings.csv pedal.mid", "pedal=both", 2), ("keys.csv pedal.mid", "pedal=off", 2),
    ] {
      let check = "let r = score \(files) \(option)\nassert $r.offsets.right == \(right)"
      #expect(test.submit(check).failure == nil, "\(files) \(option)")
    }
    #expect(
      test.stableLines("score keys.csv pedal.mid pedal=on").first
        == "keys.csv: no pedal is pressed in it; notes end with their keys"
    )
  }

  @Test("the record has what the tables show; tolerance and frames can be chosen")
  func record() throws {
    let test = try session()
    let outcome = test.submit(
      """
      let r = score played.csv heard.csv onset=0.01 frames=0.5
      assert $r.played == 4 and $r.transcribed == 3 and $r.onsets.right == 1
      assert $r.frames.accuracy == 2 / 10 and $r.chroma.errors == 4 / 8
      assert $r.frames.wrong + $r.frames.missed + $r.frames.extra == $r.frames.errors
      let none = score empty.mid heard.csv
      assert $none.onsets.f1 == 0 and $none.frames.accuracy == 0
      """
    )
    #expect(outcome.failure == nil, "\(test.diagnostics.map(\.message))")
  }

  @Test("percussion and notes without an end are told of")
  func remarks() throws {
    let test = try session()
    let header: [UInt8] = Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96]
    let track: [UInt8] = Array("MTrk".utf8) + [0, 0, 0, 8, 0, 0x99, 40, 9, 0, 0x90, 60, 9]
    let bytes = header + track
    try Data(bytes).write(to: URL(fileURLWithPath: test.folder("drums.mid")))
    let lines = test.stableLines("score drums.mid heard.csv")
    #expect(lines.first == "drums.mid: 1 note of percussion left out")
    #expect(lines.dropFirst().first == "drums.mid: 1 note never ends; it lasts to the file's end")
  }

  @Test("of a MIDI file that is cut off what is there is read, with a remark")
  func cutOff() throws {
    let test = try session()
    let cut = MIDIWriter().bytes(Self.played).dropLast(12)
    try Data(cut).write(to: URL(fileURLWithPath: test.folder("cut.mid")))
    let lines = test.stableLines("score played.csv cut.mid")
    #expect(lines.first?.hasPrefix("cut.mid: the file is cut off at byte \(cut.count)") == true)
    #expect(lines.count > 2)
  }

  @Test(
    "what is wrong is said with file, place and remedy",
    arguments: [
      ("score played.mid", "estimate", "score"),
      ("score none.mid heard.csv", "no file `none.mid`", "relative paths"),
      ("score played.csv text.mid", "text.mid: byte 0", "Standard MIDI File"),
      (
        "score text.csv played.csv", "text.csv:1: there is no column `onset` among `hello`",
        "onset, offset"
      ),
      (
        "score played.csv odd.csv",
        "odd.csv: no line is a note: 2 lines skipped, the first is line 2: its name", "columns"
      ),
      (
        "score label.csv played.csv", "label.csv:1: there is no column `pitch` among `start_time`",
        "start_time"
      ),
      ("score played.csv heard.csv onset=0", "> 0", "found 0"),
      ("score played.csv heard.csv frames=0", "0.0001", "found 0"),
      ("score many.csv many.csv onset=10", "5,000,000 pairs", "onset="),
    ]
  )
  func faults(statement: String, message: String, remedy: String) throws {
    let test = try session()
    try test.folder.write("hello\n", to: "text.mid")
    try test.folder.write("hello\n", to: "text.csv")
    try test.folder.write("onset,offset,name\n0,1,H4\n0,1,H5\n", to: "odd.csv")
    try test.folder.write("start_time,end_time,instrument\n1,2,3\n", to: "label.csv")
    let rows = (0..<3000).map { "0.\($0),1,60\n" }.joined()
    try test.folder.write("onset,offset,pitch\n" + rows, to: "many.csv")
    #expect(test.submit(statement).failure != nil)
    let diagnostic = try #require(test.diagnostics.first)
    let text = diagnostic.rendered()
    #expect(test.diagnostics.count == 1 && diagnostic.position != nil)
    #expect(text.contains(message) && text.contains(remedy), "\(text)")
    #expect(test.submit("score played.csv heard.csv").failure == nil, "the session goes on")
  }
}
