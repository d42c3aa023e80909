import Foundation
import Testing

@Suite("TAB")
struct CompletionKeyTests {
  private func shell(size: TerminalSize = .usual, _ statements: String...) throws -> ShellTranscript
  {
    let place = try ShellPlace()
    for name in ["adder.safetensors", "plot.png", "two words.png", "tour.rsenb"] {
      try place.write("", to: name)
    }
    let folder = place.folder + "/figures"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let shell = try ShellTranscript(in: place, size: size)
    try shell.waitForPrompt()
    for statement in statements { try shell.run(statement) }
    return shell
  }

  @Test(
    "completes what only one thing can be, with a blank behind a whole word",
    arguments: [
      ("mod", "model "), ("show env", "show environment "), ("train 5 mem", "train 5 memory="),
      ("train 5 memory=l", "train 5 memory=low "), ("data so", "data sort "),
      ("help assert ; plo", "help assert ; plot "), ("help ass", "help assert "),
      ("plot loss of=big", "plot loss of=bigger "), ("let r = tes", "let r = test "),
      ("$recor", "$record"), ("$record.ste", "$record.step "),
      ("load a", "load adder.safetensors "),
      ("plot loss fi", "plot loss figures/"), ("plot loss \"two", "plot loss \"two words.png\" "),
      ("run tou", "run tour.rsenb "), ("run tw", "run \"two words.png\" "),
      ("let größe = sqr", "let größe = sqrt("),
      ("nonsense x", "nonsense x"),
    ]
  )
  func single(typed: String, line: String) throws {
    let shell = try shell("let record = 5")
    try shell.run("data badd lengths=8 batch=2; model rse maps=2 as=bigger")
    try shell.run("let record = train 1")
    shell.type(typed)
    shell.press(.tab)
    // A key behind it shows where the cursor is.
    shell.type("|")
    try shell.waitForLine(line + "|")
    #expect(shell.screen.lines.filter { $0.hasPrefix("error") }.isEmpty)
  }

  @Test(
    "lists what there is to choose from, with what it means",
    arguments: [TerminalSize.usual, .large]
  )
  func list(size: TerminalSize) throws {
    let shell = try shell(size: size)
    shell.type("train 5 ")
    shell.press(.tab)
    shell.press(.tab)
    try shell.waitFor("memory=      low: computes more again")
    try shell.waitUntil("the line is shown again") { $0.screen.lines.last == "rse> train 5" }
    #expect(shell.screen.lines.contains("of=          the model"))
    #expect(shell.screen.rows.allSatisfy { $0.count < size.columns })
    shell.type("me")
    shell.press(.tab)
    try shell.waitUntil("it goes on") { $0.screen.lines.last == "rse> train 5 memory=" }
  }

  @Test(
    "lists all statements at an empty line, in columns where they do not fit the screen",
    arguments: [TerminalSize.usual, .large]
  )
  func statements(size: TerminalSize) throws {
    let shell = try shell(size: size)
    shell.press(.tab)
    shell.press(.tab)
    try shell.waitUntil("the list and a new prompt are there") {
      let text = $0.screen.lines.joined(separator: " ")
      return ["train", "assert", "history", "time"].allSatisfy(text.contains)
        && $0.screen.lines.last == "rse>"
    }
    #expect(shell.screen.lines.contains { $0.hasSuffix("Build a model") } == (size == .large))
  }

  @Test("completes in the later lines of a block")
  func block() throws {
    let shell = try shell("let figure = 1")
    shell.type("for m in 1..2 {\r")
    try shell.waitForPrompt(ShellTranscript.morePrompt)
    shell.type("trai")
    shell.press(.tab)
    shell.type("$fig")
    shell.press(.tab)
    try shell.waitForLine("train $figure ")
  }

  @Test("completes a name among 5,000 files")
  func manyFiles() throws {
    let shell = try shell()
    for index in 0..<5000 { try shell.place.write("", to: "picture-\(index).png") }
    shell.type("plot loss picture-4321")
    shell.press(.tab)
    shell.type("|")
    try shell.waitForLine("plot loss picture-4321.png |")
  }
}
