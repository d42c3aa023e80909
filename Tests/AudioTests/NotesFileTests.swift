import Files
import Testing

@testable import Audio

@Suite("Files of notes")
struct NotesFileTests {
  private func notes(_ text: String) throws -> [NoteEvent] {
    try NotesFile.notes(CSVRows(parsing: Array(text.utf8)))
  }

  @Test("what is written is read again")
  func roundTrip() throws {
    let notes = [
      NoteEvent(onset: 0, offset: 0.25, pitch: 0, velocity: 1, confidence: 0.125),
      NoteEvent(onset: 3600.123456, offset: 3601, pitch: 61, velocity: 127),
      NoteEvent(onset: 2, offset: 2, pitch: 127, velocity: 64, confidence: 1),
    ]
    let text = NotesFile.text(notes)
    #expect(text.hasPrefix("onset,offset,pitch,name,velocity,confidence\n"))
    #expect(text.contains("3600.123456,3601.000000,61,C#4,127,\n"))
    #expect(try self.notes(text) == notes)
    #expect(try self.notes(NotesFile.text([])) == [])
  }

  @Test(
    "columns may change places and be left out; marks, quotes and blank lines do not matter",
    arguments: [
      "onset,offset,pitch\n0.5,1,60\n", "Pitch,Offset,Onset\r\n60,1,0.5\r\n",
      "\u{FEFF}onset,offset,name\n\n0.5, 1 ,C4\n\n", "\"onset\",\"offset\",\"name\"\n0.5,1,\"C4\"",
      "onset,offset,pitch,name,velocity\n0.5,1,,C4,\n", "onset,offset,pitch,name\n5e-1,1,60,\n",
    ]
  )
  func forms(text: String) throws {
    #expect(try notes(text) == [NoteEvent(onset: 0.5, offset: 1, pitch: 60)])
  }

  @Test(
    "what is wrong is said with its line",
    arguments: [
      ("", nil, "empty"), ("\n \n", nil, "empty"), ("onset,offset\n", 1, "`pitch` is missing"),
      ("offset,pitch\n", 1, "`onset` is missing"),
      ("onset,offset,pitch,loudness\n", 1, "`loudness`"),
      ("onset,offset,pitch,onset\n", 1, "two columns"),
      ("onset,offset,pitch\n0,1,60\n0,1\n", 3, "but 2"),
      ("onset,offset,pitch\n0,1,60,4\n", 2, "but 4"),
      ("onset,offset,pitch\n-1,1,60\n", 2, "`-1` in column `onset`"),
      ("onset,offset,pitch\nnan,1,60\n", 2, "`nan`"),
      ("onset,offset,pitch\n0,inf,60\n", 2, "`inf`"),
      ("onset,offset,pitch\n0,1,128\n", 2, "from 0 to 127"),
      ("onset,offset,pitch\n0,1,60.5\n", 2, "`60.5`"),
      ("onset,offset,pitch\n2,1,60\n", 2, "before"),
      ("onset,offset,name\n0,1,H4\n", 2, "`H4`"), ("onset,offset,name\n0,1,\n", 2, "no name"),
      ("onset,offset,pitch,name\n0,1,60,C5\n", 2, "72"),
      ("onset,offset,pitch,velocity\n0,1,60,0\n", 2, "from 1 to 127"),
      ("onset,offset,pitch,confidence\n0,1,60,1.5\n", 2, "`1.5`"),
      ("onset,offset,pitch\n0,1,\"60\n", 2, "quote"),
    ] as [(String, Int?, String)]
  )
  func faults(text: String, line: Int?, message: String) {
    let error = #expect(throws: CSVError.self) { try notes(text) }
    #expect(error?.line == line && error?.message.contains(message) == true, "\(error as Any)")
    #expect(error?.remedy.isEmpty == false)
  }
}
