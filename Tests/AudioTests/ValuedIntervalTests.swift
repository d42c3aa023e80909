import Files
import Testing

@testable import Audio

@Suite("Notes as mir_eval keeps them")
struct ValuedIntervalTests {
  private func notes(_ text: String) throws(TableError) -> [NoteEvent] {
    try ValuedIntervals.notes(parsing: Array(text.utf8))
  }

  private func fault(_ text: String) -> TableError? {
    do {
      _ = try notes(text)
      return nil
    } catch { return error }
  }

  @Test(
    "lines are parted by blanks, tabs or commas",
    arguments: [
      "0.0\t1.0\t261.6256\n1.0\t2.5\t440\n", "0.0 1.0 261.6256\n1.0   2.5 440.0",
      "# onset offset pitch\n\n0.0,1.0, 261.6256\r\n1.0, 2.5, 440.0 # the A\r\n",
      "\u{FEFF}0 1 262.0\n1 2.5 438.9\n",
    ]
  )
  func lines(text: String) throws {
    #expect(ValuedIntervals.begin(Array(text.utf8)))
    #expect(
      try notes(text) == [
        NoteEvent(onset: 0, offset: 1, pitch: 60), NoteEvent(onset: 1, offset: 2.5, pitch: 69),
      ]
    )
  }

  @Test("a fourth number is the velocity")
  func velocity() throws {
    #expect(try notes("0 1 440.0 100\n0 1 440.0 0.0\n").map(\.velocity) == [100, 1])
  }

  @Test("the lowest and the highest note are taken, what lies beyond is not")
  func range() throws {
    #expect(try notes("0 1 8.1758\n0 1 12543.85\n").map(\.pitch) == [0, 127])
    #expect(fault("0 1 7.9\n")?.line == 1)
    #expect(fault("0 1 440.0\n0 1 12950.0\n")?.line == 2)
  }

  @Test(
    "tables with names of columns are something else",
    arguments: ["onset,offset,pitch\n0,1,60\n", "", "words and so on\n", "1 2\n", "a 1 2\n"]
  )
  func others(text: String) { #expect(!ValuedIntervals.begin(Array(text.utf8))) }

  @Test(
    "what is wrong is said with its line",
    arguments: [
      ("0 1 440.0\n0 1\n", 2, "2 values"), ("# a\n2 1 440.0\n", 2, "before it begins"),
      ("0 1 440.0\n\nx 1 440.0\n", 3, "no onset"), ("0 -1 440.0\n", 1, "no offset"),
      ("0 1 nan\n", 1, "no pitch in Hz"), ("0 1 440.0 200\n", 1, "no velocity"),
    ]
  )
  func wrong(text: String, line: Int, message: String) throws {
    let error = try #require(fault(text))
    #expect(error.line == line && error.message.contains(message))
  }

  @Test("numbers of notes are not taken for frequencies")
  func numbers() throws {
    let error = try #require(fault("0,1,60\n1,2,64\n"))
    #expect(error.message.contains("numbers of notes"))
    #expect(error.remedy.contains("onset,offset,pitch"))
    #expect(try notes("0,1,60\n1,2,440\n").map(\.pitch) == [35, 69])
  }
}
