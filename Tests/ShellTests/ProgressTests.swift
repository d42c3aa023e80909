import Testing

@Suite("Progress", .serialized)
struct ProgressTests {
  @Test("is redrawn in one row that never wraps, and is gone afterwards", arguments: [80, 40, 20])
  func bar(columns: Int) throws {
    let shell = try ShellTranscript(size: TerminalSize(columns: columns, rows: 24))
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation + " schedule=1000000")
    try shell.enter("train 1000000")
    let statementLine = shell.screen.cursorLine
    let rows = RowsSeen()
    shell.onChange = rows.look
    try shell.waitUntil("the bar was drawn five times") { $0.received.text.frames.count >= 5 }
    shell.onChange = { _ in }
    #expect(rows.most == 1)
    #expect(shell.screen.cursorLine == statementLine + 1)
    shell.press(.controlC)
    try shell.waitForPrompt()
    #expect(shell.received.text.frames.allSatisfy { $0.contains("0 %") && $0.count < columns })
    let below = shell.screen.lines[(statementLine + 1)...]
    #expect(!below.contains { $0.contains("%") || $0.contains("^C") })
    #expect(shell.screen.cells(showing: "rse>").allSatisfy { $0.foreground == .default })
  }

  @Test("has room for the terminal's ^C in its row", arguments: [21, 33, 34, 35, 36])
  func interrupted(columns: Int) throws {
    let shell = try ShellTranscript(size: TerminalSize(columns: columns, rows: 24))
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation)
    try shell.enter(LongTraining.statement)
    try shell.waitUntil("the bar is shown") { $0.screen.rows.contains { $0.contains("%") } }
    shell.press(.controlC)
    try shell.waitFor("interrupted")
    #expect(!shell.screen.lines.contains { $0.contains("%") })
  }

  @Test(
    "draws the curve of the loss, and all of it in plain characters where the locale has no others"
  )
  func curve() throws {
    let place = try ShellPlace()
    for locale in ["C.UTF-8", "C"] {
      place.environment["LANG"] = locale
      let shell = try ShellTranscript(in: place, size: .large)
      try shell.waitForPrompt()
      try shell.run(LongTraining.preparation)
      try shell.enter(LongTraining.statement)
      try shell.waitUntil("the bar has at least ten steps") {
        $0.received.text.contains(/\d\d\/20000/)
      }
      let frames = shell.received.text.frames
      #expect(frames.contains { $0.contains("▁") && $0.contains("█") } == (locale == "C.UTF-8"))
      #expect(frames.allSatisfy { $0.allSatisfy(\.isASCII) } == (locale == "C"))
      #expect(frames.contains { $0.contains("train  [........]") } == (locale == "C"))
      shell.press(.controlC)
      try shell.waitForPrompt()
    }
  }

  @Test("leaves nothing behind when the command ends by itself")
  func end() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation)
    let lines = try shell.run("train 10")
    #expect(lines.count == 2)
    #expect(TrainingSummary(in: lines)?.step == 10)
  }

  @Test("follows the window when it changes its size")
  func resize() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.startTraining()
    let narrow = 40
    shell.resize(to: TerminalSize(columns: narrow, rows: 24))
    // Wide ones may still be on their way.
    func narrowFrames() -> ArraySlice<Substring> {
      shell.received.text.frames[...].drop { $0.count >= narrow }
    }
    try shell.waitUntil("the bar was drawn four times") { _ in narrowFrames().count > 3 }
    #expect(narrowFrames().allSatisfy { $0.count < narrow })
  }

  @Test("is not shown with `none`")
  func none() throws {
    let shell = try ShellTranscript(["--progress", "none"])
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation)
    #expect(try shell.run("train 20").count == 2)
    #expect(shell.received.text.frames.isEmpty)
  }

  @Test("is shown in lines with `plain`, one below another")
  func plain() throws {
    let shell = try ShellTranscript(["--progress", "plain"], size: .large)
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation)
    try shell.enter(LongTraining.statement)
    try shell.waitFor("train  ▕")
    shell.press(.controlC)
    try shell.waitForPrompt()
    #expect(shell.received.text.frames.isEmpty)
    #expect(shell.screen.lines.contains { $0.hasPrefix("train  ▕") && $0.contains("steps/s") })
  }

  @Test("goes to standard error, results to standard output")
  func streams() throws {
    let place = try ShellPlace()
    let commands = "\(LongTraining.preparation); train 20"
    let script = "\(ShellPlace.program) -c '\(commands)' > output.txt; echo status $?"
    let shell = try ShellTranscript(place.launch(program: "/bin/sh", ["-c", script]), in: place)
    try shell.waitFor("status 0")
    #expect(shell.received.text.contains("train  ▕"))
    #expect(shell.screen.lines == ["status 0"])
    let output = try place.text(of: "output.txt").split(separator: "\n").map(String.init)
    #expect(
      output.prefix(2) == [
        "seed 7, for models made from now on", "rse: a new model of 48 maps, seed 7",
      ]
    )
    #expect(output.count == 4)
    #expect(TrainingSummary(in: output)?.step == 20)
  }

  @Test("is not drawn where standard error is a file")
  func errorsInFile() throws {
    let place = try ShellPlace()
    let commands = "\(LongTraining.preparation); train 2; train 1 of=none"
    let script = "\(ShellPlace.program) -c '\(commands)' 2> errors.txt"
    let shell = try ShellTranscript(place.launch(program: "/bin/sh", ["-c", script]), in: place)
    #expect(try shell.waitForEnd() != .status(0))
    #expect(!shell.received.contains(0x1B))
    let errors = try place.text(of: "errors.txt")
    #expect(errors.hasPrefix("error: "))
    #expect(!errors.contains("\u{1B}") && !errors.contains("\r"))
  }
}

/// The rows that showed a bar at the same time.
private final class RowsSeen {
  private(set) var most = 0

  func look(_ screen: Screen) {
    most = max(most, screen.rows.count { $0.contains("%") })
  }
}

extension String {
  /// What was drawn over the row at each time; not the deletions alone.
  fileprivate var frames: [Substring] {
    split(separator: "\r\u{1B}[K").dropFirst().map { frame in
      frame.prefix { $0 != "\r" && $0 != "\r\n" && $0 != "^" }
    }
    .filter { $0.contains("%") }
  }
}
