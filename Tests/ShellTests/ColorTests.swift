import Testing

@Suite("Colours")
struct ColorTests {
  @Test("mark the parts of a message", arguments: [nil, ""])
  func colored(noColor: String?) throws {
    let place = try ShellPlace()
    place.environment["NO_COLOR"] = noColor
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    try shell.run("trian 5")
    let mark = shell.screen.cells(showing: "error:")
    #expect(mark.count == 6 && mark.allSatisfy { $0.foreground == .red && $0.isBold })
    let carets = shell.screen.cells(showing: "^^^^^")
    #expect(carets.count == 5 && carets.allSatisfy { $0.foreground == .red && $0.isBold })
    let message = shell.screen.cells(showing: "unknown command")
    #expect(message.count == 15 && message.allSatisfy { $0.foreground == .default && $0.isBold })
    let remedy = shell.screen.cells(showing: "did you mean")
    #expect(remedy.count == 12 && remedy.allSatisfy { $0.foreground == .cyan && !$0.isBold })
    let prompt = shell.screen.cells(showing: "rse> ")
    #expect(prompt.count == 5 && prompt.allSatisfy { $0.foreground == .default && !$0.isBold })
  }

  @Test(
    "are left out where the user or the terminal does not want them",
    arguments: [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", nil)] as [(String, String?)]
  )
  func plain(variable: String, value: String?) throws {
    let place = try ShellPlace()
    place.environment[variable] = value
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    #expect(try shell.run("trian 5").first == "error: unknown command `trian`")
    #expect(!shell.received.hasAttributes)
    if variable == "TERM" { #expect(!shell.received.contains(0x1B)) }
  }

  @Test("and bars are left out on a dumb terminal while a network trains")
  func dumbTraining() throws {
    let place = try ShellPlace()
    place.environment["TERM"] = "dumb"
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    try shell.run(LongTraining.preparation)
    #expect(try shell.run("train 2").count == 2)
    #expect(!shell.received.contains(0x1B))
  }

  @Test("do not go into files and pipes")
  func redirected() throws {
    let run = try PipedRun(["-c", "trian 5"], in: try ShellPlace())
    #expect(run.errors.hasPrefix("error: unknown command `trian`\n"))
    #expect(!run.errors.contains("\u{1B}"))
  }
}
