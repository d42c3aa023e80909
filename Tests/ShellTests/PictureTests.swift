import Testing

@Suite("A figure without a file")
struct PictureTests {
  private static let preparation = "data badd lengths=8 batch=4; model rse maps=4; train 20"

  private func plot(
    _ arguments: [String] = [],
    size: TerminalSize = .usual,
    environment: [String: String] = [:],
    configure: (Screen) -> Void = { _ in }
  ) throws -> ShellTranscript {
    let place = try ShellPlace()
    place.environment.merge(environment) { $1 }
    let shell = try ShellTranscript(arguments, in: place, size: size)
    configure(shell.screen)
    try shell.waitForPrompt()
    try shell.run(Self.preparation)
    try shell.enter("plot loss")
    try shell.waitFor("loss  drawing ")
    try shell.waitForPrompt()
    return shell
  }

  /// Plots, again if the program did not get the terminal's answers in time, which it does not
  /// wait long for.
  private func plot(
    until isShown: (ShellTranscript) -> Bool,
    configure: (Screen) -> Void
  ) throws -> ShellTranscript {
    var shell = try plot(configure: configure)
    for _ in 0..<10 where !isShown(shell) { shell = try plot(configure: configure) }
    return shell
  }

  @Test(
    "is set in characters that stay in the terminal's width",
    arguments: [TerminalSize.usual, .large]
  )
  func blocks(size: TerminalSize) throws {
    let shell = try plot(size: size)
    let lines = shell.screen.lines
    #expect(lines.contains("Learning to add two binary numbers"))
    #expect(lines.contains { $0.contains("training step") })
    #expect(lines.contains { $0.contains("┤") } && lines.contains { $0.contains("⠤") })
    #expect(lines.allSatisfy { $0.count < size.columns })
    #expect(shell.received.hasAttributes)
    #expect(try shell.place.names().isEmpty)
    #expect(shell.screen.cursor.column == "rse> ".count)
  }

  @Test("has no colours with NO_COLOR and only ASCII in a plain locale")
  func plain() throws {
    let shell = try plot(environment: ["NO_COLOR": "1", "LANG": "C"])
    let first = try #require(shell.screen.lines.firstIndex { $0.hasPrefix("Learning") })
    let picture = shell.screen.lines[first...].filter { !$0.hasPrefix("rse>") }
    #expect(picture.allSatisfy { $0.allSatisfy(\.isASCII) })
    #expect(picture.contains { $0.contains("training step") })
    #expect(!shell.received.text.contains("\u{1B}[38"))
  }

  @Test("is a sixel picture where the terminal says it can show one")
  func sixel() throws {
    let shell = try plot {
      $0.received.text.contains("\u{1B}P")
    } configure: {
      $0.deviceAttributes = "62;4;22"
    }
    #expect(shell.received.text.contains("\u{1B}P"))
    #expect(shell.received.text.contains("\u{1B}\\"))
    #expect(!shell.screen.lines.contains { $0.contains("training step") })
    #expect(try shell.place.names().isEmpty)
  }

  @Test("is a PNG for kitty where the terminal answers its question")
  func kitty() throws {
    let shell = try plot {
      $0.received.text.contains("a=T")
    } configure: { screen in
      screen.answerToCommand = { $0.contains("a=q") ? "\u{1B}_Gi=31;OK\u{1B}\\" : "" }
    }
    #expect(shell.received.text.contains("a=T"))
    // A PNG begins with these bytes in base 64.
    #expect(shell.received.text.contains("iVBORw0KGgo"))
    #expect(try shell.place.names().isEmpty)
  }

  @Test("goes into a file, which is named, where the terminal shows none or `never` is asked for")
  func file() throws {
    for shell in [
      try plot(["--inline", "never"]), try plot(environment: ["TERM": "dumb"]),
      try plot(["--json"], environment: ["TERM": "xterm"]),
    ] {
      #expect(shell.screen.lines.joined().contains("wrote loss.png"))
      #expect(try shell.place.names() == ["loss.png"])
    }
  }

  @Test("goes into a file without a terminal, and into the output where a way is asked for")
  func piped() throws {
    let place = try ShellPlace()
    let run = try PipedRun(["-c", Self.preparation + "; plot loss"], in: place)
    #expect(run.outputLines.last == "wrote loss.png")
    #expect(try place.names() == ["loss.png"])
    let shown = try PipedRun(
      ["--inline", "blocks", "-c", Self.preparation + "; plot loss"],
      in: try ShellPlace()
    )
    #expect(shown.output.contains("training step"))
  }

  @Test("gives the same compared lines wherever it is shown, so that a recording replays")
  func recorded() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    for statement in ["record start r.rsenb", Self.preparation, "plot loss", "record stop"] {
      try shell.run(statement)
    }
    let replay = try PipedRun(["replay", "r.rsenb"], in: shell.place)
    #expect(replay.ending == .status(0), "\(replay.output)")
    #expect(try shell.place.names() == ["r.rsenb"])
  }

  @Test("keeps keys that are typed while the terminal is asked")
  func typeAhead() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run(Self.preparation)
    shell.type("plot loss\r1 + 1\r")
    try shell.waitFor("loss  drawing ")
    try shell.waitUntil("the second statement has run") { $0.screen.lines.contains("2") }
  }
}
