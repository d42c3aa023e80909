import Files
import Testing

@Suite("Tables of comma-separated values")
struct CSVRowsTests {
  @Test("bytes that are no text are refused")
  func noText() {
    #expect(throws: CSVError.self) { try CSVRows(parsing: [0x6F, 0x0A, 0xFF, 0xFE]) }
  }

  @Test("a line of very many values is refused")
  func manyValues() {
    let commas = String(repeating: ",", count: 5000)
    for text in [commas, "onset,offset,pitch\n0,1,60\n" + commas] {
      let error = #expect(throws: CSVError.self) { try CSVRows(parsing: Array(text.utf8)) }
      #expect(error?.message.contains("more than 1000 values") == true)
    }
  }

  @Test("rows are read again from where they stand, also behind values of several lines")
  func places() throws {
    let text = "\u{FEFF}onset,offset,name\r\n0,1,\"C\n4\"\r\n\n 2 ,3,\"D\"\"4\"\n"
    let rows = try CSVRows(parsing: Array(text.utf8))
    #expect(rows.rows.map(\.line) == [2, 5])
    #expect(rows.rows.map(\.cells) == [["0", "1", "C\n4"], ["2", "3", "D\"4"]])
  }
}
