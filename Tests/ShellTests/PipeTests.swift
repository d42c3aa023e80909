import Testing

@Suite("Without a terminal")
struct PipeTests {
  @Test("the results of `-c` go to standard output, and nothing else does")
  func results() throws {
    let commands = "data badd lengths=8 batch=4; model rse maps=8; train 5"
    let run = try PipedRun(["-c", commands], in: try ShellPlace())
    #expect(run.ending == .status(0))
    #expect(run.outputLines.count == 3)
    #expect(run.outputLines.first == "rse: a new model of 8 maps, seed 1")
    #expect(TrainingSummary(in: run.outputLines)?.step == 5)
    #expect(run.errors.isEmpty)
  }

  @Test("a bar that was asked for goes to standard error")
  func bar() throws {
    let commands = "\(LongTraining.preparation); train 40"
    let run = try PipedRun(["--progress", "bar", "-c", commands], in: try ShellPlace())
    #expect(run.ending == .status(0))
    #expect(run.outputLines.count == 4)
    #expect(
      run.outputLines.prefix(2) == [
        "seed 7, for models made from now on", "rse: a new model of 48 maps, seed 7",
      ]
    )
    #expect(run.errors.contains("train  ▕"))
    #expect(run.errors.hasSuffix("\r\u{1B}[K"))
  }

  @Test("a script on standard input runs without prompts")
  func script() throws {
    let run = try PipedRun(
      [],
      in: try ShellPlace(),
      input: "let a = 1\nfor i in 1..3 {\n  $i\n}\n$a\n"
    )
    #expect(run.ending == .status(0))
    #expect(run.output == "1\n2\n3\n1\n")
    #expect(run.errors.isEmpty)
  }

  @Test("an empty script does nothing")
  func emptyScript() throws {
    let run = try PipedRun([], in: try ShellPlace())
    #expect(run.ending == .status(0))
    #expect(run.output.isEmpty && run.errors.isEmpty)
  }

  @Test(
    "the status tells a failure from a wrong text",
    arguments: [("let x = 7", 0), ("quit", 0), ("train 5", 1), ("trian 5", 2), ("seed (", 2)]
      as [(String, Int32)]
  )
  func status(commands: String, status: Int32) throws {
    let run = try PipedRun(["-c", commands], in: try ShellPlace())
    #expect(run.ending == .status(status))
    #expect(run.output.isEmpty)
    #expect(run.errors.isEmpty == (status == 0))
  }

  @Test("wrong options end with status 2 and say what is right")
  func options() throws {
    let run = try PipedRun(["--progress", "often"], in: try ShellPlace())
    #expect(run.ending == .status(2))
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("'auto', 'bar', 'plain' or 'none'"))
  }

  @Test("a reader that closes the pipe early ends the program without a word")
  func closedPipe() throws {
    let run = try PipedRun(
      ["-c", "for i in 1..1000000 { $i }"],
      in: try ShellPlace(),
      output: .closedAfter(1)
    )
    #expect(run.output.hasPrefix("1\n"))
    #expect(run.errors.isEmpty)
    #expect(run.ending == .signal(13))
  }

  @Test(
    "output that cannot be written ends with status 1 and a message",
    arguments: ["-c", "help"]
  )
  func fullDisk(form: String) throws {
    let run = try PipedRun(
      form == "-c" ? ["-c", "help"] : ["help"],
      in: try ShellPlace(),
      output: .file("/dev/full")
    )
    #expect(run.ending == .status(1))
    #expect(run.errors == "rse: some of the output could not be written\n")
  }

  @Test("a standard output that is closed is told, and no file is spoilt")
  func closedOutput() throws {
    let place = try ShellPlace()
    let commands = "data badd lengths=8 batch=4; model rse maps=8; train 2; save m.safetensors"
    let run = try PipedRun(["-c", commands], in: place, output: .closed)
    #expect(run.ending == .status(1))
    #expect(run.errors == "rse: some of the output could not be written\n")
    #expect(try PipedRun(["-c", "load m.safetensors"], in: place).ending == .status(0))
  }

  @Test("a standard input that is closed is told as that")
  func closedInput() throws {
    let place = try ShellPlace()
    let script = "\(ShellPlace.program) <&- > output.txt 2> errors.txt"
    let shell = try ShellTranscript(place.launch(program: "/bin/sh", ["-c", script]), in: place)
    #expect(try shell.waitForEnd() == .status(1))
    let errors = try place.text(of: "errors.txt")
    #expect(errors.contains("cannot read standard input"))
    #expect(!errors.contains("temporarily"))
  }

  @Test("standard streams that are closed together lose no output silently")
  func closedStreams() throws {
    let place = try ShellPlace()
    let script = "\(ShellPlace.program) -c 'show environment' <&- >&-; echo status $?"
    let shell = try ShellTranscript(place.launch(program: "/bin/sh", ["-c", script]), in: place)
    try shell.waitFor("status")
    #expect(shell.screen.lines.last == "status 1")
  }
}
