import Glibc
import Testing

@Suite("Signals", .serialized)
struct SignalTests {
  /// What ends a program from outside.
  enum Cause: String, CaseIterable {
    case terminated, hungUp

    func happen(to shell: ShellTranscript) {
      switch self {
      case .terminated: shell.terminal.process.send(signal: SIGTERM)
      case .hungUp: shell.terminal.hangUp()
      }
    }

    var ending: ChildProcess.Ending { .signal(self == .terminated ? SIGTERM : SIGHUP) }
  }

  @Test("that end the program do so while a line is edited", arguments: Cause.allCases)
  func editing(cause: Cause) throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("record start notes.rsenb")
    shell.type("seed 7")
    try shell.waitForLine("seed 7")
    cause.happen(to: shell)
    let ending = try shell.waitForEnd()
    #expect(ending == cause.ending)
    #expect(try shell.place.names() == ["notes.rsenb"])
    if cause == .terminated {
      #expect(shell.received.endsBracketedPaste)
    }
  }

  @Test("that end the program do so during a training", arguments: Cause.allCases)
  func training(cause: Cause) throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("record start notes.rsenb")
    try shell.startTraining()
    cause.happen(to: shell)
    #expect(try shell.waitForEnd() == cause.ending)
    #expect(try shell.place.names() == ["notes.rsenb"])
  }

  @Test("that end the program while it saves leave no part of a file", arguments: Cause.allCases)
  func saving(cause: Cause) throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("data badd lengths=8 batch=4; model rse maps=48; save m.safetensors")
    try shell.enter("for i in 1..100000 { save m.safetensors }")
    try shell.waitUntil("a file is being written") { try $0.place.names().count > 1 }
    cause.happen(to: shell)
    #expect(try shell.waitForEnd() == cause.ending)
    #expect(try shell.place.names() == ["m.safetensors"])
    let loaded = try PipedRun(["-c", "load m.safetensors"], in: shell.place)
    #expect(loaded.ending == .status(0))
  }

  @Test("stop the shell in the middle of a line, which is there when it goes on")
  func stopEditing() throws {
    let shell = try Self.jobShell()
    shell.type("seed 7")
    try shell.waitForLine("seed 7")
    shell.press(.controlZ)
    try shell.waitFor("Stopped")
    try shell.waitForPrompt("$ ")
    shell.type("fg\r")
    try shell.waitUntil("the line is shown again") {
      $0.screen.cursorLine > shell.promptLine && $0.screen.lines.last == "rse> seed 7"
    }
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(shell.place.history == "seed 7\n")
    try shell.enter("quit")
    try shell.waitForPrompt("$ ")
    shell.type("echo status $?\r")
    try shell.waitFor("status 0")
  }

  @Test("stop a training, which goes on with the same weights")
  func stopTraining() throws {
    let shell = try Self.jobShell()
    try shell.startTraining()
    shell.press(.controlZ)
    try shell.waitFor("Stopped")
    try shell.waitForPrompt("$ ")
    shell.type("fg\r")
    try shell.waitUntil("the bar is shown again") {
      $0.screen.cursorLine > shell.promptLine
        && $0.screen.row($0.screen.cursor.row).contains("loss 0.")
    }
    shell.press(.controlC)
    try shell.waitFor("interrupted")
    try shell.waitForPrompt()
    let stopped = try #require(TrainingSummary(in: shell.screen.lines))
    let undisturbed = try PipedRun(
      ["-c", "\(LongTraining.preparation); train \(stopped.step)"],
      in: shell.place
    )
    #expect(TrainingSummary(in: undisturbed.outputLines) == stopped)
  }

  /// A shell started by one that knows jobs, as in everyday life.
  private static func jobShell() throws -> ShellTranscript {
    let place = try ShellPlace()
    place.environment["PS1"] = "$ "
    place.environment["PATH"] = "\(ShellPlace.programFolder):/usr/bin:/bin"
    let bash = place.launch(program: "/bin/bash", ["--norc", "--noprofile", "-i"])
    let shell = try ShellTranscript(bash, in: place)
    try shell.waitForPrompt("$ ")
    shell.type("rse\r")
    try shell.waitForPrompt()
    return shell
  }
}
