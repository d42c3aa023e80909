import Files
import Testing

@testable import Audio

@Suite("Tables of notes")
struct NoteTableTests {
  private func table(_ text: String, seconds: Double? = nil) throws -> NoteTable {
    try NoteTable(parsing: Array(text.utf8), seconds: seconds)
  }

  private static let two = [
    NoteEvent(onset: 0, offset: 0.5, pitch: 60), NoteEvent(onset: 0.5, offset: 1, pitch: 64),
  ]

  @Test("what is written is read again")
  func roundTrip() throws {
    let notes = [
      NoteEvent(onset: 0, offset: 0.25, pitch: 0, velocity: 1, confidence: 0.125),
      NoteEvent(onset: 3600.123456, offset: 3601, pitch: 61, velocity: 127),
      NoteEvent(onset: 2, offset: 2, pitch: 127, velocity: 64, confidence: 1),
    ]
    let text = NoteTable.text(notes)
    #expect(text.hasPrefix("onset,offset,pitch,name,velocity,confidence\n"))
    #expect(text.contains("3600.123456,3601.000000,61,C#4,127,\n"))
    let again = try table(text)
    #expect(again.notes == notes && again.remarks.texts.isEmpty)
    #expect(try table(NoteTable.text([])).notes == [])
  }

  @Test(
    "columns may change places, stand among others and have other names; marks, signs between values and blank lines do not matter",
    arguments: [
      "onset,offset,pitch\n0,0.5,60\n0.5,1,64\n", "Pitch,Offset,Onset\r\n60,0.5,0\r\n64,1,0.5\r\n",
      "\u{FEFF}onset,offset,name\n\n0, 0.5 ,C4\n0.5,1,E4\n",
      "onset;offset;pitch\n0,0;0,5;60\n0,5;1,0;64\n",
      "onset\toffset\tpitch\n0\t0,5\t60\n5e-1\t1\t64.0\n",
      "onset,offset,pitch,comment\n0,0.5,60,a\n0.5,1,64,b\n",
      "onset,offset,pitch,loudness\n0,0.5,60.0,\n0.5,1,64,-3 dB, and more\n",
      "start_time_s,end_time_s,pitch_midi,velocity,pitch_bend\n0.0,0.5,60,64,0,1,2.5\n0.5,1.0,64,64,1\n",
      "start,end,midi\n0,0.5,60\n0.5,1,64\n", "onset,offset,pitch\n0,0.5,C4\n0.5,1,E4\n",
      "onset offset pitch\n0 0.5 60\n0.5  1  64\n",
      "sep=;\nOnset;Offset;Name\n0;0,5;C4\n0,5;1;F♭4\n",
      "# from a score\n#onset,offset,pitch\n0,0.5,60\n0.5,1,64\n",
      "start_time,end_time,pitch\n0,0.5,60\n0.5,1,64\n",
      "onset,duration,pitch\n0,0.5,60\n0.5,0.5,64\n",
    ]
  )
  func forms(text: String) throws {
    let table = try table(text)
    #expect(table.notes == Self.two)
    #expect(!table.remarks.areOfLoss, "\(table.remarks.texts)")
  }

  @Test(
    "names of notes have sharps and flats of all kinds",
    arguments: [
      ("C♯4", 61), ("D♭4", 61), ("C#4", 61), ("Db4", 61), ("db4", 61), ("B♭2", 46), ("C-1", 0),
      ("C−1", 0), ("G9", 127), ("F𝄪3", 55), ("F##3", 55), ("E𝄫4", 62), ("Ebb4", 62), ("C♮4", 60),
      ("B♯3", 60), ("H4", nil), ("C♯", nil), ("C44", nil), ("Gb9", 126), ("G#9", nil), ("", nil),
    ] as [(String, Int?)]
  )
  func names(name: String, pitch: Int?) {
    #expect(Pitch.number(name) == pitch)
  }

  @Test(
    "a line that is no note is skipped and told, the others are read",
    arguments: [
      ("0,1", "it has no pitch"), ("-1,1,60", "its onset is no time from 0"),
      ("nan,1,60", "its onset is no time from 0"), ("0,inf,60", "its offset is no time from 0"),
      ("0,1,128", "its pitch is no note from 0 to 127"),
      ("0,1,60.5", "its pitch is no note from 0 to 127"), ("2,1,60", "it ends before it begins"),
      ("0,1,H4", "its pitch is no note from 0 to 127"), ("x", "its onset is no time from 0"),
      ("0,0,0,5,60", "its commas may belong to numbers: part the values by semicolons"),
    ]
  )
  func skipped(line: String, reason: String) throws {
    let table = try table("onset,offset,pitch\n0,0.5,60\n\(line)\n0.5,1,64\n\(line)\n")
    #expect(table.notes == Self.two)
    #expect(table.remarks.texts == ["2 lines skipped, the first is line 3: \(reason)"])
    let error = #expect(throws: TableError.self) {
      try self.table("onset,offset,pitch\n\(line)\n")
    }
    #expect(error?.message == "no line is a note: line 2 skipped: \(reason)")
  }

  @Test(
    "names of columns may have their unit behind them, and another unit is none of ours",
    arguments: [
      ("Onset (s),Offset [sec],Pitch (MIDI)", true), ("start (seconds);end (s);note", true),
      ("onset (ms),offset (ms),pitch", false), ("onset (s),offset (samples),pitch", false),
    ]
  )
  func units(names: String, isRead: Bool) throws {
    let row = names.contains(";") ? "0;0.5;60" : "0,0.5,60"
    let notes = try? NoteTable(parsing: Array("\(names)\n\(row)\n".utf8)).notes
    #expect(notes == (isRead ? [NoteEvent(onset: 0, offset: 0.5, pitch: 60)] : nil))
  }

  @Test("velocities and confidences beyond their ranges cost no note")
  func values() throws {
    let table = try table(
      "onset,offset,pitch,velocity,confidence\n0,1,60,0,1.5\n0,1,61,90.4,\n0,1,62,300,0.5\n0,1,63,loud,x\n0,1,64,,\n"
    )
    #expect(table.notes.map(\.velocity) == [1, 90, 127, 64, 64])
    #expect(table.notes.map(\.confidence) == [nil, nil, 0.5, nil, nil])
    #expect(
      table.remarks.texts == [
        "2 lines, the first is line 2: a velocity beyond 1 … 127 is taken as the nearest",
        "2 lines, the first is line 2: a confidence beyond 0 … 1 is left out",
        "line 5: a velocity that is no number is taken as 64",
      ]
    )
    #expect(!table.remarks.areOfLoss)
  }

  @Test("where pitch and name differ the pitch counts; a name that is none is no matter then")
  func twoPitches() throws {
    let table = try table("onset,offset,pitch,name\n0,1,60,C5\n0,1,61,C#4\n0,1,,D4\n0,1,,X\n")
    #expect(table.notes.map(\.pitch) == [60, 61, 62])
    #expect(
      table.remarks.texts == [
        "line 2: pitch and name differ, and the pitch counts",
        "line 5 skipped: its name is not one such as C4, F#3 or B♭2",
      ]
    )
  }

  @Test(
    "what is no table of notes is refused with what is missing",
    arguments: [
      ("", nil, "empty"), ("\n \n", nil, "empty"),
      ("onset,offset\n0,1\n", 1, "no column `pitch` among `onset`, `offset`"),
      ("\noffset,pitch\n", 2, "no column `onset` among `offset`, `pitch`"),
      ("onset,offset,pitch,onset\n", 1, "two columns are named `onset`"),
      ("some words of prose\n", 1, "no column `onset` among `some`"),
      ("\u{0}\u{1}\u{2}\n", 1, "no column `onset`"),
    ] as [(String, Int?, String)]
  )
  func faults(text: String, line: Int?, message: String) {
    let error = #expect(throws: TableError.self) { try table(text) }
    #expect(error?.line == line && error?.message.contains(message) == true, "\(error as Any)")
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("text in 16 bits is named")
  func otherKind() {
    let text: [UInt8] =
      [0xFF, 0xFE] + "onset,offset,pitch\n0,1,60\n".utf8.flatMap { [$0, UInt8(0)] }
    let error = #expect(throws: TableError.self) { try NoteTable(parsing: text) }
    #expect(error?.message.contains("UTF-16") == true)
  }

  // MARK: MusicNet

  private static let header =
    "start_time,end_time,instrument,note,start_beat,end_beat,note_value\n"

  @Test("times of MusicNet become seconds, instruments programs, and notes are put in order")
  func labels() throws {
    let text = Self.header + "88200,132300,41,60,4.0,1.5,Quarter\n22050,44100,1,127,0,1,\n"
    #expect(
      try table(text).notes == [
        NoteEvent(onset: 0.5, offset: 1, pitch: 127, program: 0),
        NoteEvent(onset: 2, offset: 3, pitch: 60, program: 40),
      ]
    )
  }

  @Test(
    "labels are read by the rules of all tables",
    arguments: [
      "\u{FEFF}start_time,end_time,instrument,note\r\n0,44100,1,60\r\n",
      "note,instrument,end_time,start_time\n60,1,44100,0",
      "\"start_time\",\"end_time\",\"instrument\",\"note\",\"a \"\"b\"\", c\"\n\"0\",\"44100\",1,60,\"x,\ny\"\n",
      "start_time, end_time , instrument, note\r0, 44100, 1, 60\r\r",
      "\n\nkey,start_time,end_time,instrument,note\n\n,0.0,4.41e4,1,60.0\n\n",
      "Start_Time,End_Time,Instrument,Note\n0,44100,1,60\n",
      "start_time;end_time;note\n0;44100,0;60\n",
      "start_time,end_time,instrument,note\n0,44100,1,60\n5,5,1,62\n",
    ]
  )
  func labelForms(text: String) throws {
    let table = try table(text)
    #expect(table.notes == [NoteEvent(onset: 0, offset: 1, pitch: 60, program: 0)])
    #expect(table.remarks.texts.isEmpty)
  }

  @Test(
    "lines that are no label are told",
    arguments: [
      ("0,44100,1,128", "its note is no whole number from 0 to 127"),
      ("0,44100,1,60.5", "its note is no whole number from 0 to 127"),
      ("0,44100,0,60", "its instrument is no whole number from 1 to 128"),
      ("0,44100,1e300,60", "its instrument is no whole number from 1 to 128"),
      ("44100,100,1,60", "it ends before it begins"),
      ("-5,100,1,60", "its start_time is no time from 0"),
      ("0,x,1,60", "its end_time is no time from 0"),
      ("0,1,1", "its note is no whole number from 0 to 127"),
      ("0,500000,1,60", "it ends after the audio, which has 10.00 s: do they belong together?"),
    ]
  )
  func wrongLabels(line: String, reason: String) throws {
    let table = try table(Self.header + "0,44100,1,60,,,\n" + line + "\n", seconds: 10)
    #expect(table.notes.map(\.pitch) == [60])
    #expect(table.remarks.texts == ["line 3 skipped: \(reason)"])
  }

  @Test(
    "labels may go a second beyond the end, where they are cut off; notes of no length are none"
  )
  func ends() throws {
    let text = Self.header + "418950,480000,1,60,0,0,\n441500,442000,1,61,0,0,\n5,5,1,62,0,0,\n"
    #expect(
      try table(text, seconds: 10).notes == [
        NoteEvent(onset: 9.5, offset: 10, pitch: 60, program: 0)
      ]
    )
  }
}
