import Foundation
import Glibc
import Testing

@Suite("The shell")
struct PromptTests {
  private static let sizes = [TerminalSize.usual, .large]

  @Test("greets and prompts", arguments: sizes)
  func greeting(size: TerminalSize) throws {
    let shell = try ShellTranscript(size: size)
    try shell.waitForPrompt()
    #expect(shell.promptLine == 1)
    #expect(shell.screen.rows[0].hasPrefix("rse "))
    #expect(shell.screen.rows[0].contains("`help` explains, Ctrl-D leaves"))
    #expect(shell.screen.lines.count == 2)
  }

  @Test("runs a statement and shows its output below it", arguments: sizes)
  func statement(size: TerminalSize) throws {
    let shell = try ShellTranscript(size: size)
    try shell.waitForPrompt()
    #expect(
      try shell.run("data badd lengths=8 batch=4; model rse maps=8") == [
        "rse: a new model of 8 maps, seed 1"
      ]
    )
    let lines = try shell.run("train 5")
    #expect(lines.count == 2)
    #expect(
      lines.first?.wholeMatch(
        of: /step 5  loss \d\.\d{4}  accuracy \d\.\d{4}  weights [0-9a-f]{12}/
      ) != nil
    )
    #expect(lines.last?.wholeMatch(of: /\d\.\d s, \d+\.\d steps\/s/) != nil)
  }

  @Test("fills long lines of help to the width of the terminal", arguments: sizes)
  func help(size: TerminalSize) throws {
    let shell = try ShellTranscript(size: size)
    try shell.waitForPrompt()
    let lines = try shell.run("help train")
    #expect(lines.contains { $0.hasPrefix("train – ") })
    #expect(
      lines.contains { $0.contains("data badd lengths=8 batch=4; model rse maps=8; train 5") }
    )
    // As they were written: the screen would have wrapped longer ones.
    let written = shell.received.text.split(separator: "\r\n")
    #expect(
      written.map(\.count).max().map { (size.columns - 10...size.columns).contains($0) } == true
    )
  }

  @Test("points at an error with a caret", arguments: sizes)
  func caret(size: TerminalSize) throws {
    let shell = try ShellTranscript(size: size)
    try shell.waitForPrompt()
    #expect(
      try shell.run("seed 7; trian 5") == [
        "error: unknown command `trian`",
        "  input:1:9",
        "    1 | seed 7; trian 5",
        "      |         ^^^^^",
        "  did you mean `train`?",
      ]
    )
    #expect(
      try shell.run("seed 8") == ["seed 8, for models made from now on"]
    )
  }

  @Test("runs a line that is wider than the terminal")
  func wide() throws {
    let shell = try ShellTranscript(size: TerminalSize(columns: 40, rows: 10))
    try shell.waitForPrompt()
    let words = (1...30).map { "word\($0)" }.joined(separator: " ")
    #expect(try shell.run("let x = \"\(words)\"") == [])
    let shown = try shell.run("$x").joined()
    #expect(shown.replacing(" ", with: "").contains(words.replacing(" ", with: "")))
  }

  @Test("follows the window when it changes its size")
  func resize() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    let narrow = try shell.run("help train")
    shell.resize(to: .large)
    try shell.run("seed 7")
    let wide = try shell.run("help train")
    #expect(wide.count < narrow.count)
    #expect((wide.map(\.count).max() ?? 0) > 80)
    shell.resize(to: TerminalSize(columns: 60, rows: 24))
    try shell.run("seed 8")
    let narrowest = try shell.run("help train")
    #expect(narrowest.count > narrow.count)
  }

  @Test("edits a line that wraps after the window has become narrower")
  func resizeWhileEditing() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.type("let x = 1")
    try shell.waitForLine("let x = 1")
    shell.resize(to: TerminalSize(columns: 30, rows: 24))
    shell.type(" + 2 + 3 + 4 + 5 + 6 + 7")
    try shell.waitUntil("the whole line is shown in two rows") {
      $0.screen.lines.suffix(2).joined() == "rse> let x = 1 + 2 + 3 + 4 + 5 + 6 + 7"
    }
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(try shell.run("$x").isEmpty == false)
  }

  @Test("leaves with status 0 after Ctrl-D")
  func endOfInput() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.press(.controlD)
    #expect(try shell.waitForEnd() == .status(0))
    #expect(shell.screen.cursor.column == 0)
    #expect(shell.screen.cursorLine > shell.promptLine)
  }

  @Test("leaves no empty row behind Ctrl-D")
  func rowsAfterEndOfInput() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.press(.controlD)
    _ = try shell.waitForEnd()
    #expect(shell.screen.cursorLine == shell.promptLine + 1)
  }

  @Test("keeps a line that Ctrl-D is pressed in")
  func deleteForward() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.type("seedx 7")
    for _ in 0..<3 { shell.press(.left) }
    shell.press(.controlD)
    try shell.waitUntil("the letter is gone") {
      $0.screen.row($0.screen.cursor.row) == "rse> seed 7"
    }
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(shell.screen.lines.suffix(2) == ["seed 7, for models made from now on", "rse>"])
  }

  @Test("leaves with status 0 after `quit`, also when a command failed before")
  func quit() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("trian 5")
    try shell.enter("quit")
    #expect(try shell.waitForEnd() == .status(0))
    #expect(shell.screen.cursorLine == shell.promptLine + 1)
  }

  @Test("takes what was typed while a command ran")
  func typeAhead() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation)
    try shell.enter("train 10")
    shell.type("let a = 41 + 1\r$a\r")
    try shell.waitUntil("42 is shown") { $0.screen.lines.contains("42") }
    try shell.waitForPrompt()
    #expect(shell.place.history.hasSuffix("train 10\nlet a = 41 + 1\n$a\n"))
  }

  @Test("clears the screen with Ctrl-L and keeps the line")
  func clear() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("help data")
    shell.type("let a = 1")
    try shell.waitForLine("let a = 1")
    shell.press(.controlL)
    try shell.waitUntil("only the line is shown") {
      $0.screen.rows[0] == "rse> let a = 1" && $0.screen.rows[1...].joined().isEmpty
    }
  }

  @Test("gives the terminal back as it was", arguments: [nil, SIGTERM])
  func terminalState(signal: Int32?) throws {
    let place = try ShellPlace()
    let script = """
      stty -g > before
      sh -c 'echo $$ > process; exec \(ShellPlace.program)'; echo status $?
      stty -g > after; cmp before after && echo alike
      """
    let shell = try ShellTranscript(place.launch(program: "/bin/sh", ["-c", script]), in: place)
    try shell.waitForPrompt()
    shell.type("seed 7")
    try shell.waitForLine("seed 7")
    if let signal {
      let process = try place.text(of: "process").trimmingCharacters(in: .whitespacesAndNewlines)
      let identifier = try #require(pid_t(process))
      kill(identifier, signal)
    } else {
      shell.press(.controlU)
      shell.press(.controlD)
    }
    try shell.waitFor("status \(signal.map { 128 + $0 } ?? 0)")
    #expect(try shell.waitForEnd() == .status(0))
    #expect(shell.screen.lines.contains { $0.hasSuffix("alike") })
    #expect(shell.received.endsBracketedPaste)
  }

  @Test("takes no notice of Ctrl-\\ while a line is edited")
  func quitKey() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.press(.controlBackslash)
    // The terminal drops keys that follow at once: one is pressed until it is seen.
    for _ in 0..<100 where !shell.editedText.contains("x") {
      shell.type("x")
      _ = shell.comesTrue(within: .milliseconds(100)) { $0.editedText.contains("x") }
    }
    shell.press(.controlU)
    try shell.waitForLine("")
    #expect(try shell.run("1 + 1") == ["2"])
    #expect(!shell.received.text.contains("crashed"))
  }

  @Test("tells that a statement was not finished when Ctrl-D ends it")
  func unfinished() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.type("for m in 1..2 {\r")
    try shell.waitForPrompt(ShellTranscript.morePrompt)
    shell.press(.controlD)
    #expect(try shell.waitForEnd() == .status(0))
    #expect(shell.screen.lines.last == "the unfinished statement was dropped")
  }
}
