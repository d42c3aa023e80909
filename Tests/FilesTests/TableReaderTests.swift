import Files
import Testing

@Suite("Tables of text")
struct TableReaderTests {
  /// The names of the columns and the fields of the lines.
  private func read(_ text: String) throws -> (names: [String], rows: [[String]], lines: [Int]) {
    var reader = try #require(TableReader(Array(text.utf8)))
    var (rows, lines) = ([[String]](), [Int]())
    while reader.next() {
      rows.append((0..<reader.count).map(reader.text))
      lines.append(reader.line)
    }
    return (reader.columns, rows, lines)
  }

  @Test(
    "values are parted by the sign that the names have most of",
    arguments: [
      "a,b\n1,2", "A;B\n1;2\n", "a\tb\r\n1\t2\r\n", "a b\n1  2 \n", "  a   b\n  1   2\n",
      "sep=;\na;b\n1;2", "\"sep=,\"\r\na,b\r\n1,2", "# made by hand\n# a,b\n1,2\n",
      "# a note; of two parts\na,b\n#1,2\n1,2\n", "\u{FEFF}a,b\r1,2\r", "\n\n a , b \n\n 1 , 2 \n",
      "# a b\n1 2\n",
    ]
  )
  func separators(text: String) throws {
    let table = try read(text)
    #expect(table.names == ["a", "b"])
    #expect(table.rows == [["1", "2"]])
  }

  @Test("quotes hold separators, line ends and doubled quotes, and mean nothing inside of a value")
  func quotes() throws {
    let table = try read("\u{FEFF}x,y,z\r\n0,\"C\n4\",a\r\n\n 2 ,\"D\"\"4\",5\" wide\n")
    #expect(table.rows == [["0", "C\n4", "a"], ["2", "D\"4", "5\" wide"]])
    #expect(table.lines == [2, 5])
  }

  @Test("a quote that nothing closes is a sign like others, and told once")
  func openQuote() throws {
    var reader = try #require(TableReader(Array("x,y\n0,\"60\n1,\"61\n2,62\n".utf8)))
    var rows: [[String]] = []
    while reader.next() { rows.append((0..<reader.count).map(reader.text)) }
    // The first two quotes enclose a text of two lines.
    #expect(rows == [["0", "60\n1,61"], ["2", "62"]])
    var other = try #require(TableReader(Array("x,y\n0,\"60\n1,61\n2,\"62\n3,\"63\n".utf8)))
    rows = []
    while other.next() { rows.append((0..<other.count).map(other.text)) }
    #expect(rows == [["0", "60\n1,61\n2,62"], ["3", "\"63"]])
    #expect(
      other.remarks.texts == ["line 5: a quote that nothing closes is taken as a sign like others"]
    )
  }

  @Test(
    "numbers are finite; where commas part no values they may be decimal",
    arguments: [
      ("a;b\n0,5;-1,25e2", 0.5, -125), ("a\tb\n0.5\t1,5", 0.5, 1.5), ("a,b\n007,+2.50", 7, 2.5),
      ("a,b\n60.0,1234567890123456", 60, 1_234_567_890_123_456), ("a;b\n1,000,5;nan", nil, nil),
      ("a,b\ninf,1e999", nil, nil), ("a,b\n0x,", nil, nil), ("a b\n1,5 2", 1.5, 2),
    ] as [(String, Double?, Double?)]
  )
  func numbers(text: String, first: Double?, second: Double?) throws {
    var reader = try #require(TableReader(Array(text.utf8)))
    let isThere = reader.next()
    try #require(isThere)
    #expect(reader.number(0) == first)
    #expect(reader.number(1) == second)
    #expect(reader.number(7) == nil && reader.text(7) == "" && reader.isEmpty(7))
  }

  @Test("lines whose commas may be decimal are told from those with further values")
  func decimalCommas() throws {
    let lines = [
      ("0,0,0,5,60", true), ("0,1,60,7", true), ("0,0.5,60,1,2", false), ("0,1,60,a", false),
      ("0,1,60", false), ("0,1,60,1,2,3,4", false),
    ]
    var reader = try #require(
      TableReader(Array(("x,y,z\n" + lines.map(\.0).joined(separator: "\n")).utf8))
    )
    for (line, expected) in lines {
      let isThere = reader.next()
      try #require(isThere)
      #expect(reader.mayHaveDecimalCommas == expected, "\(line)")
    }
  }

  @Test("a text without a line has no names; bytes that are no text and very many values pass")
  func oddities() throws {
    #expect(TableReader([]) == nil)
    #expect(TableReader(Array("\n \n# only this\n".utf8)) == nil)
    var reader = try #require(TableReader(Array("x,y\n1,".utf8) + [0xFF, 0x0A]))
    let isThere = reader.next()
    try #require(isThere)
    #expect(reader.number(0) == 1 && reader.text(1) == "\u{FFFD}")
    let many = String(repeating: "1,", count: 5000)
    #expect(try read("x,y\n\(many)\n3,4\n").rows.last == ["3", "4"])
  }
}
