import Glibc
import Testing

@Suite("Ctrl-C", .serialized)
struct InterruptionTests {
  @Test("drops the line and shows a new prompt")
  func line() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.type("trian 5")
    try shell.waitForLine("trian 5")
    shell.press(.left)
    shell.press(.controlC)
    try shell.waitForPrompt()
    #expect(shell.screen.lines.suffix(2) == ["rse> trian 5^C", "rse>"])
    #expect(
      try shell.run("seed 7") == ["seed 7, for models made from now on"]
    )
  }

  @Test("drops a block that is not complete")
  func block() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.enter("for i in 1..2 {")
    try shell.waitForPrompt(ShellTranscript.morePrompt)
    shell.press(.controlC)
    try shell.waitForPrompt()
    #expect(try shell.run("let a = 1") == [])
    #expect(shell.place.history == "let a = 1\n")
  }

  @Test("leaves a search of the history")
  func search() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("let apple = 1")
    shell.press(.controlR)
    shell.type("app")
    try shell.waitFor("`app': let apple = 1")
    shell.press(.controlC)
    try shell.waitUntil("a prompt is below the search") {
      $0.screen.lines.last?.hasPrefix("rse>") == true
    }
    shell.type("seed 7")
    try shell.waitUntil("it is typed behind the prompt") {
      $0.screen.lines.last == "rse> seed 7"
    }
  }

  @Test("drops what was typed while a command ran")
  func typeAhead() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.startTraining()
    shell.type("let a = 1\rlet b")
    try shell.waitUntil("the terminal shows it") { $0.received.text.contains("let b") }
    shell.press(.controlC)
    try shell.waitFor("interrupted")
    try shell.waitForPrompt()
    try shell.run("let c = 3")
    #expect(shell.place.history.hasSuffix("\(LongTraining.statement)\nlet c = 3\n"))
  }

  @Test("at the prompt never leaves the shell, however often it is pressed")
  func oftenAtPrompt() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    for _ in 0..<5 {
      shell.press(.controlC)
      try shell.waitForPrompt()
    }
    #expect(try shell.run("let a = 1") == [])
  }

  @Test("stops a training after its last complete step, from which the next goes on")
  func training() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.startTraining()
    let statementLine = shell.promptLine
    shell.press(.controlC)
    try shell.waitForPrompt()
    let lines = Array(shell.screen.lines[(statementLine + 1)..<shell.promptLine])
    #expect(lines.last == "interrupted")
    let stopped = try #require(TrainingSummary(in: lines))
    let next = try #require(TrainingSummary(in: try shell.run("train 2")))
    #expect(next.step == stopped.step + 2)

    let undisturbed = try PipedRun(
      ["-c", "\(LongTraining.preparation); train \(stopped.step)\ntrain 2"],
      in: shell.place
    )
    #expect(TrainingSummary(in: undisturbed.outputLines) == stopped)
    #expect(TrainingSummary(in: undisturbed.outputLines.reversed()) == next)
  }

  @Test("stops in the middle of a long step and throws it away")
  func longStep() throws {
    // Where the step was complete before the key came, it is tried again.
    for _ in 0..<20 {
      let shell = try ShellTranscript()
      try shell.waitForPrompt()
      try shell.run("seed 7; data badd lengths=16384 batch=1; model rse maps=48")
      try shell.enter("train 1000")
      try shell.waitFor("train  ▕")
      shell.press(.controlC)
      try shell.waitFor("interrupted")
      try shell.waitForPrompt()
      if shell.screen.lines.contains(where: { $0.contains("weights") }) { continue }

      let next = try shell.run("data badd lengths=8 batch=4; train 2")
      let fresh = try PipedRun(
        ["-c", "seed 7; data badd lengths=8 batch=4; model rse maps=48; train 2"],
        in: shell.place
      )
      #expect(TrainingSummary(in: next) != nil)
      #expect(TrainingSummary(in: next) == TrainingSummary(in: fresh.outputLines))
      return
    }
    Issue.record("the step was always complete before the key came")
  }

  @Test("stops a test, which changes nothing")
  func test() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("seed 7; data badd lengths=8 batch=4; model rse maps=48; train 1")
    try shell.enter("test lengths=1024 count=1000000")
    try shell.waitFor("test  ▕")
    shell.press(.controlC)
    try shell.waitFor("interrupted")
    try shell.waitForPrompt()
    #expect(!shell.screen.lines.contains { $0.contains("wrong sequences") })

    let next = try shell.run("train 2")
    let undisturbed = try PipedRun(
      ["-c", "seed 7; data badd lengths=8 batch=4; model rse maps=48; train 3"],
      in: shell.place
    )
    #expect(TrainingSummary(in: next) != nil)
    #expect(TrainingSummary(in: next) == TrainingSummary(in: undisturbed.outputLines))
  }

  @Test("stops a loop that floods the screen")
  func flood() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.enter("for i in 1..1000000 { $i }")
    try shell.waitUntil("300 is shown") {
      $0.screen.rows.contains { $0.count >= 3 && Int($0) != nil }
    }
    shell.press(.controlC)
    try shell.waitFor("interrupted")
    try shell.waitForPrompt()
    #expect(
      try shell.run("seed 7") == ["seed 7, for models made from now on"]
    )
  }

  @Test(
    "pressed twice at once leaves with status 130",
    arguments: ["train 1000", "test count=100000"]
  )
  func twice(statement: String) throws {
    // Whoever is slower than the command has stopped comes to the prompt instead, and may try again.
    for _ in 0..<50 {
      let shell = try ShellTranscript()
      try shell.waitForPrompt()
      try shell.run("data badd lengths=16384 batch=1; model rse maps=96")
      try shell.enter(statement)
      try shell.waitFor("▕")
      // The second press comes right behind the handling of the first, whenever that is: a press before it is none.
      for _ in 0..<200 {
        shell.press(.controlC)
        usleep(200)
      }
      let prompts = shell.comesTrue {
        $0.screen.lines.last == "rse>"
      }
      if prompts { continue }
      #expect(try shell.waitForEnd() == .status(130))
      return
    }
    Issue.record("the command always stopped before the second press")
  }

  @Test("ends a run of `-c` with status 130")
  func commands() throws {
    let commands = "\(LongTraining.preparation); \(LongTraining.statement)"
    let shell = try ShellTranscript(["-c", commands])
    try shell.waitFor("  loss 0.")
    shell.press(.controlC)
    #expect(try shell.waitForEnd() == .status(130))
    #expect(TrainingSummary(in: shell.screen.lines) != nil)
    #expect(!shell.screen.lines.contains { $0.contains("[") })
  }
}
