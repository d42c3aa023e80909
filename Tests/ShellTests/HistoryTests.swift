import Foundation
import Testing

@Suite("The history")
struct HistoryTests {
  @Test("keeps a block of several lines as one entry", arguments: [TerminalSize.usual, .large])
  func block(size: TerminalSize) throws {
    let shell = try ShellTranscript(size: size)
    try shell.waitForPrompt()
    try shell.run("seed 7")
    try shell.enterLoop()
    let last = shell.promptLine
    // Two presses: the whole block, and the statement before it.
    shell.press(.up)
    try shell.waitUntil("the block is shown") {
      $0.screen.lines.suffix(3) == ["rse> for i in 1..2 {", "  let x = $i", "}"]
    }
    shell.press(.up)
    try shell.waitForLine("seed 7")
    shell.press(.down)
    try shell.waitUntil("the block is shown again") { $0.screen.lines.last == "}" }
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(shell.promptLine == last + 3)
    #expect(try shell.run("$x") == ["2"])
    let entry = "for i in 1..2 {\\\n  let x = $i\\\n}\n"
    #expect(shell.place.history == "seed 7\n\(entry)\(entry)$x\n")
  }

  @Test("is there in the next shell")
  func oneAfterAnother() throws {
    let place = try ShellPlace()
    let first = try ShellTranscript(in: place)
    try first.waitForPrompt()
    try first.run("let a = 1")
    try first.enterLoop()
    try first.enter("quit")
    #expect(try first.waitForEnd() == .status(0))

    let second = try ShellTranscript(in: place)
    try second.waitForPrompt()
    second.press(.up)
    try second.waitForLine("quit")
    second.press(.up)
    try second.waitUntil("the block is shown") { $0.screen.lines.last == "}" }
    second.press(.up)
    try second.waitForLine("let a = 1")
    second.press(.enter)
    try second.waitForPrompt()
    #expect(try second.run("$a") == ["1"])
  }

  @Test("keeps an entry that ends in a backslash apart from the next one")
  func backslash() throws {
    let place = try ShellPlace()
    let first = try ShellTranscript(in: place)
    try first.waitForPrompt()
    #expect(try first.run("1 + 1 # a \\") == ["2"])
    try first.run("seed 7")
    #expect(place.history == "1 + 1 # a \\ \nseed 7\n")
    try first.enter("quit")
    #expect(try first.waitForEnd() == .status(0))

    let second = try ShellTranscript(in: place)
    try second.waitForPrompt()
    for entry in ["quit", "seed 7", "1 + 1 # a \\ "] {
      second.press(.up)
      try second.waitForLine(entry)
    }
    second.press(.enter)
    try second.waitForPrompt()
    #expect(place.history.hasSuffix("quit\n1 + 1 # a \\ \n"))
  }

  @Test("that is damaged is warned of once and left as it is, and the shell works")
  func damaged() throws {
    let place = try ShellPlace()
    let state = (place.historyFile as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    let bytes = Data([0xFF, 0x00, 0x41, 0x0A])
    try bytes.write(to: URL(fileURLWithPath: place.historyFile))
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    #expect(try shell.run("1 + 1") == ["2"])
    #expect(try shell.run("2 + 2") == ["4"])
    #expect(shell.screen.lines.joined().components(separatedBy: "is damaged").count == 2)
    shell.press(.up)
    try shell.waitForLine("2 + 2")
    #expect(try Data(contentsOf: URL(fileURLWithPath: place.historyFile)) == bytes)
  }

  @Test("is saved as a notebook that replays, with the parameters in force")
  func saved() throws {
    let place = try ShellPlace()
    let shell = try ShellTranscript(["-p", "maps=4", "-p", "unused=1"], in: place)
    try shell.waitForPrompt()
    try shell.run("param maps = 8")
    try shell.run("data badd lengths=8 batch=2; model rse maps=$maps; train 2")
    try shell.run("tran 5")
    try shell.run("history save mine.rsenb")
    #expect(try shell.run("history 2").last?.contains("history save") == true)
    shell.press(.controlD)
    #expect(try shell.waitForEnd() == .status(0))
    #expect(shell.screen.lines.last?.contains("-p unused: no `param`") == true)
    let notebook = try place.text(of: "mine.rsenb")
    #expect(notebook.contains("seed 1") && notebook.contains("param maps = 4"))
    #expect(!notebook.contains("tran 5"))
    #expect(try PipedRun(["replay", "mine.rsenb"], in: place).ending == .status(0))
  }

  @Test("holds the entries of two shells at once")
  func two() throws {
    let place = try ShellPlace()
    let shells = try (0..<2).map { _ in try ShellTranscript(in: place) }
    for shell in shells { try shell.waitForPrompt() }
    for round in 1...3 {
      for (name, shell) in zip(["a", "b"], shells) { try shell.run("let \(name) = \(round)") }
    }
    for shell in shells {
      shell.press(.controlD)
      #expect(try shell.waitForEnd() == .status(0))
    }
    #expect(
      place.history.split(separator: "\n")
        == ["let a = 1", "let b = 1", "let a = 2", "let b = 2", "let a = 3", "let b = 3"]
    )
  }

  @Test("is searched with Ctrl-R")
  func search() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    for statement in ["let apple = 1", "let pear = 2", "seed 7"] { try shell.run(statement) }
    shell.press(.controlR)
    try shell.waitFor("reverse-i-search")
    shell.type("appl")
    try shell.waitFor("`appl': let apple = 1")
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(try shell.run("$apple") == ["1"])
    #expect(shell.place.history.hasSuffix("seed 7\nlet apple = 1\n$apple\n"))
  }

  @Test("is left by Ctrl-G with the line empty")
  func abort() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("let apple = 1")
    shell.press(.controlR)
    shell.type("apple")
    try shell.waitFor("`apple': let apple = 1")
    shell.press(.controlG)
    try shell.waitForLine("")
    try shell.run("seed 7")
    #expect(shell.place.history == "let apple = 1\nseed 7\n")
  }

  @Test("does not keep empty lines, nor what Ctrl-C dropped")
  func omissions() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("seed 7")
    try shell.run("   ")
    shell.type("seed 8")
    try shell.waitForLine("seed 8")
    shell.press(.controlC)
    try shell.waitForPrompt()
    shell.press(.up)
    try shell.waitForLine("seed 7")
    #expect(shell.place.history == "seed 7\n")
  }

  @Test("keeps entries with errors, to be mended")
  func errors() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    try shell.run("sed 7")
    shell.press(.up)
    try shell.waitForLine("sed 7")
    for _ in 0..<3 { shell.press(.left) }
    shell.type("e")
    try shell.waitUntil("the line is mended") { $0.screen.lines.last == "rse> seed 7" }
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(shell.place.history == "sed 7\nseed 7\n")
  }

  @Test("that cannot be written is warned of once, and the shell works")
  func unwritable() throws {
    let place = try ShellPlace()
    place.environment["RSE_HISTORY"] = place.folder
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    #expect(
      try shell.run("seed 7").joined().hasPrefix("warning: the history is not kept: cannot write ")
    )
    #expect(
      try shell.run("seed 8") == ["seed 8, for models made from now on"]
    )
    shell.press(.up)
    try shell.waitForLine("seed 8")
  }

  @Test("is not kept where RSE_HISTORY is empty")
  func off() throws {
    let place = try ShellPlace()
    place.environment["RSE_HISTORY"] = ""
    let shell = try ShellTranscript(in: place)
    try shell.waitForPrompt()
    try shell.run("seed 7")
    shell.press(.up)
    try shell.waitForLine("seed 7")
    #expect(place.history.isEmpty)
  }
}

extension ShellTranscript {
  /// Enters a block line by line, each behind its prompt.
  fileprivate func enterLoop() throws {
    try enter("for i in 1..2 {")
    try waitForPrompt(Self.morePrompt)
    try enter("  let x = $i")
    try waitForPrompt(Self.morePrompt)
    try run("}")
  }
}
