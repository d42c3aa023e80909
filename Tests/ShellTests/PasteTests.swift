import Testing

@Suite("Pasted text")
struct PasteTests {
  @Test("runs without the prompts that it was copied with", arguments: [true, false])
  func prompts(bracketed: Bool) throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.paste(
      "rse> let a = 1\nrse> for i in 2..3 {\n...> let a = $i\n...> }\nrse> $a\n",
      bracketed: bracketed
    )
    if bracketed {
      try shell.waitFor("rse> $a")
      shell.press(.enter)
    }
    try shell.waitUntil("3 is shown") { $0.screen.lines.contains("3") }
    try shell.waitForPrompt()
    #expect(!shell.screen.lines.contains { $0.contains("error") })
    #expect(!shell.place.history.contains("rse>") && !shell.place.history.contains("...>"))
  }

  @Test("waits for Enter where the terminal brackets it, and is one entry of the history")
  func bracketed() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.paste("let a = 1\nlet b = 2\n$a + $b")
    try shell.waitFor("$a + $b")
    #expect(shell.place.history.isEmpty)
    shell.press(.enter)
    try shell.waitUntil("3 is shown") { $0.screen.lines.contains("3") }
    try shell.waitForPrompt()
    #expect(shell.place.history == "let a = 1\\\nlet b = 2\\\n$a + $b\n")
  }

  @Test("runs line by line where the terminal does not bracket it")
  func plain() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.paste("let a = 1\nlet b = 2\n($a + $b)\n", bracketed: false)
    try shell.waitUntil("3 is shown") { $0.screen.lines.contains("3") }
    try shell.waitForPrompt()
    #expect(shell.place.history == "let a = 1\nlet b = 2\n($a + $b)\n")
    #expect(shell.screen.lines.suffix(2) == ["3", "rse>"])
  }

  @Test("of many lines is taken whole", arguments: [true, false])
  func long(bracketed: Bool) throws {
    let shell = try ShellTranscript(size: .large)
    try shell.waitForPrompt()
    let lines = (1...300).map { "let value\($0) = $x + \($0)" }
    shell.paste(
      "let x = 5\n" + lines.joined(separator: "\n") + "\n$value300\n",
      bracketed: bracketed
    )
    if bracketed {
      try shell.waitFor("$value300")
      shell.press(.enter)
    }
    try shell.waitUntil("305 is shown") { $0.screen.lines.contains("305") }
    #expect(!shell.screen.lines.contains { $0.contains("error") })
  }

  @Test("may hold characters of any script")
  func unicode() throws {
    let shell = try ShellTranscript()
    try shell.waitForPrompt()
    shell.paste("let x = \"naïve Beneš 日本\"")
    try shell.waitFor("naïve Beneš 日本")
    shell.press(.enter)
    try shell.waitForPrompt()
    #expect(try shell.run("$x") == ["naïve Beneš 日本"])
  }
}
