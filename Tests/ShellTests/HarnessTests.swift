import Testing

@Suite("The terminal of these tests")
struct HarnessTests {
  @Test("shows text, colours and the cursor")
  func cells() {
    let screen = Screen(size: TerminalSize(columns: 10, rows: 3))
    #expect(screen.feed(Array("a\u{1B}[1;31mb\u{1B}[0mc\r\n\u{1B}[36;7méé\u{1B}[m".utf8)).isEmpty)
    #expect(screen.rows == ["abc", "éé", ""])
    #expect(screen.cursor == Screen.Position(row: 1, column: 2))
    let letter = screen.cell(Screen.Position(row: 0, column: 1))
    #expect(letter.foreground == .red && letter.isBold && !letter.isReversed)
    let plain = screen.cell(Screen.Position(row: 0, column: 2))
    #expect(plain.foreground == .default && plain.background == .default && !plain.isBold)
    #expect(screen.cells(showing: "éé").allSatisfy { $0.foreground == .cyan && $0.isReversed })
    #expect(screen.cells(showing: "absent").isEmpty)
  }

  @Test("keeps the lines that leave it at the top, also when it shrinks")
  func scrolling() {
    let screen = Screen(size: TerminalSize(columns: 5, rows: 3))
    _ = screen.feed(Array("1\r\n2\r\n3\r\n4567890".utf8))
    #expect(screen.scrolledOff == ["1", "2"])
    #expect(screen.lines == ["1", "2", "3", "45678", "90"])
    #expect(screen.cursorLine == 4)
    screen.resize(to: TerminalSize(columns: 5, rows: 2))
    #expect(screen.lines == ["1", "2", "3", "45678", "90"])
    #expect(screen.cursorLine == 4)
  }

  @Test("answers where the cursor is, what it is, and commands it knows")
  func answers() {
    let screen = Screen(size: .usual)
    screen.deviceAttributes = "62;4"
    screen.answerToCommand = { $0.hasPrefix("G") ? "\u{1B}_Gi=31;OK\u{1B}\\" : "" }
    var answer = screen.feed(Array("ab\u{1B}[6n".utf8))
    answer += screen.feed(Array("\u{1B}_Gi=31,s=1;AAAA".utf8))
    answer += screen.feed(Array("\u{1B}".utf8)) + screen.feed(Array("\\\u{1B}[c".utf8))
    #expect(
      String(decoding: answer, as: UTF8.self)
        == "\u{1B}[1;3R\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c"
    )
    #expect(screen.rows[0] == "ab")
  }

  @Test("sends its answers and its keys to the program, and tells how that ends")
  func program() throws {
    let place = try ShellPlace()
    let script = """
      stty raw -echo; printf 'where?\\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c
      dd bs=1 count=3 2>/dev/null | od -An -c; stty size; exit 7
      """
    let shell = try ShellTranscript(
      place.launch(program: "/bin/sh", ["-c", script]),
      in: place,
      size: TerminalSize(columns: 90, rows: 30)
    )
    try shell.waitFor("033   [   1   ;   7   R")
    shell.press(.up)
    try shell.waitFor("033   [   A")
    #expect(try shell.waitForEnd() == .status(7))
    #expect(shell.screen.lines.contains { $0.hasSuffix("30 90") })
  }

  @Test("does not wait longer than told, nor for a program that has ended")
  func failure() throws {
    let place = try ShellPlace()
    let script = "echo some text; read line; kill -KILL $$"
    let shell = try ShellTranscript(place.launch(program: "/bin/sh", ["-c", script]), in: place)
    try shell.waitFor("some text")
    #expect(!shell.comesTrue(within: .milliseconds(50)) { _ in false })
    shell.press(.enter)
    #expect(!shell.comesTrue { _ in false })
    #expect(try shell.waitForEnd() == .signal(9))
    let rows = shell.picture.split(separator: "\n").map(String.init)
    #expect(rows.first == "+" + String(repeating: "-", count: 80) + "+")
    #expect(rows[1] == "|some text" + String(repeating: " ", count: 71) + "|")
    #expect(rows.last == "cursor in row 2, column 0; the program has ended: signal(9)")
  }
}
