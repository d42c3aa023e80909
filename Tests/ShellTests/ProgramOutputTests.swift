import Foundation
import Testing

@Suite("Output for programs")
struct ProgramOutputTests {
  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(value as? [String: Any], "\(line)")
    }
  }

  @Test("with --json every result is a line of JSON, and nothing else is on standard output")
  func results() throws {
    let script = """
      data badd lengths=8 batch=2; model rse maps=4
      let trained = train 3
      for n in 1..2 { $n * 2 }
      show model
      time help quit
      plot loss loss.png
      """
    let run = try PipedRun(["--json"], in: try ShellPlace(), input: script)
    #expect(run.ending == .status(0))
    let lines = try objects(run.output)
    let keys = ["line", "output", "result", "source", "statement"]
    #expect(lines.allSatisfy { $0.keys.sorted() == keys })
    #expect(
      lines.compactMap { $0["statement"] as? String } == [
        "data badd lengths=8 batch=2", "model rse maps=4", "let trained = train 3", "$n * 2",
        "$n * 2", "show model", "help quit", "time help quit", "plot loss loss.png",
      ]
    )
    #expect((lines[2]["result"] as? [String: Any])?["step"] as? Int == 3)
    #expect(lines[3]["result"] as? Int == 2 && lines[4]["result"] as? Int == 4)
    #expect(lines[3]["line"] as? Int == 3)
    #expect((lines[6]["output"] as? [String])?.first == "quit – End the session")
    #expect(((lines[7]["result"] as? [String: Any])?["seconds"] as? Double) ?? -1 >= 0)
  }

  @Test("errors are JSON as well, with their place and remedy, and readable on standard error")
  func errors() throws {
    let run = try PipedRun(["--json", "-c", "1 + 1; tran 5"], in: try ShellPlace())
    #expect(run.ending == .status(2))
    let error = try #require(objects(run.output).first)
    #expect(error["error"] as? String == "unknown command `tran`")
    let place = try #require(error["place"] as? [String: Any])
    #expect(place["column"] as? Int == 8 && place["line"] as? Int == 1)
    #expect(place["source"] as? String == "-c" && place["text"] as? String == "tran")
    #expect(error["remedy"] as? String == "did you mean `train`?")
    #expect(run.errors.contains("^^^^"))
  }

  @Test("a failure to read a file is JSON as well, and a timed failure gives no result")
  func failures() throws {
    let place = try ShellPlace()
    let missing = try PipedRun(["run", "--json", "none.rsenb"], in: place)
    #expect(missing.ending == .status(1))
    let error = try #require(objects(missing.output).first)
    #expect(error["error"] as? String == "cannot read none.rsenb: there is no such file")
    #expect(error["remedy"] as? String == "check the name and the folder")
    let unknown = try PipedRun(["--json", "--colour"], in: place)
    #expect(unknown.ending == .status(2))
    #expect(
      try objects(unknown.output).first?["error"] as? String == "Unknown option '--colour'"
    )
    for words in [
      ["strip", "none.rsenb"], ["diff", "none.rsenb", "b"], ["export", "none.rsenb"],
    ] {
      let before = try PipedRun(["--json"] + words, in: place)
      #expect(
        try objects(before.output).first?["error"] as? String
          == "cannot read none.rsenb: there is no such file",
        "\(words)"
      )
    }
    let timed = try PipedRun(["--json", "-c", "time 1 / 0"], in: place)
    #expect(try objects(timed.output).map { $0.keys.contains("error") } == [true])
  }

  @Test("a replay tells in JSON whether it is identical")
  func replay() throws {
    let place = try ShellPlace()
    try place.write("rsenb 1\n\n1 + 1\n| 2\n\n2 + 2\n| 5\n", to: "a.rsenb")
    let run = try PipedRun(["replay", "--json", "a.rsenb"], in: place)
    #expect(run.ending == .status(3))
    let report = try #require(objects(run.output).first)
    #expect(report["identical"] as? Bool == false && report["cells"] as? Int == 2)
    #expect((report["differences"] as? [String])?.contains { $0.contains("expected | 5") } == true)
  }

  @Test(
    "completion scripts are right for their shells",
    arguments: [("bash", "/bin/bash"), ("zsh", "/usr/bin/zsh"), ("fish", "/usr/bin/fish")]
  )
  func completions(shell: String, path: String) throws {
    let place = try ShellPlace()
    let script = try PipedRun(["completions", shell], in: place)
    #expect(script.ending == .status(0))
    #expect(script.output.contains("replay"))
    guard FileManager.default.isExecutableFile(atPath: path) else { return }
    try place.write(script.output, to: "script")
    let check = try ShellTranscript(place.launch(program: path, ["-n", "script"]), in: place)
    #expect(try check.waitForEnd() == .status(0))
  }
}

@Suite("Commands for notebooks")
struct NotebookCommandTests {
  @Test("new, run, strip and diff work together")
  func together() throws {
    let place = try ShellPlace()
    #expect(try PipedRun(["new", "my-first.rsenb"], in: place).ending == .status(0))
    #expect(try place.text(of: "my-first.rsenb").contains("# # My first\n"))
    let again = try PipedRun(["new", "my-first.rsenb"], in: place)
    #expect(again.ending == .status(1) && again.errors.contains("exists already"))
    #expect(try PipedRun(["new", "notes"], in: place).ending == .status(2))

    let fresh = try place.text(of: "my-first.rsenb")
    try place.write("rsenb 1\n\n1 + 1\n\n2 ^ 3\n", to: "a.rsenb")
    #expect(try PipedRun(["record", "a.rsenb"], in: place).ending == .status(0))
    try place.write(try place.text(of: "a.rsenb"), to: "b.rsenb")
    #expect(try PipedRun(["diff", "a.rsenb", "b.rsenb"], in: place).ending == .status(0))
    #expect(try PipedRun(["strip", "b.rsenb"], in: place).ending == .status(0))
    #expect(try place.text(of: "b.rsenb") == "rsenb 1\n\n1 + 1\n\n2 ^ 3\n")
    let diff = try PipedRun(["diff", "a.rsenb", "b.rsenb"], in: place)
    #expect(diff.ending == .status(3) && diff.output.contains("first   | 8"))
    let printed = try PipedRun(["strip", "--print", "a.rsenb"], in: place)
    #expect(printed.output == "rsenb 1\n\n1 + 1\n\n2 ^ 3\n")
    #expect(try place.text(of: "a.rsenb").contains("| 8"))
    #expect(try place.text(of: "my-first.rsenb") == fresh)
    #expect(try PipedRun(["diff", "a.rsenb", "none.rsenb"], in: place).ending == .status(1))
  }
}

@Suite("rse -c")
struct CommandOptionTests {
  @Test("several run one after another in one session, checked before the first runs")
  func several() throws {
    let place = try ShellPlace()
    let run = try PipedRun(["-c", "let a = 1", "-c", "$a + 1", "-c", "2 + 2"], in: place)
    #expect(run.ending == .status(0) && run.output == "2\n4\n")
    let wrong = try PipedRun(["-c", "1 + 1", "-c", "trian 5"], in: place)
    #expect(wrong.ending == .status(2) && wrong.output.isEmpty)
    #expect(wrong.errors.contains("-c:2:1"))
  }

  @Test("a statement may begin with a minus")
  func minus() throws {
    let run = try PipedRun(["-c", "-5 + 3", "-c", "-2"], in: try ShellPlace())
    #expect(run.ending == .status(0) && run.output == "-2\n-2\n")
  }

  @Test(
    "a number of threads that cannot be is refused",
    arguments: ["0", "-1", "1000", "two", "1.5"]
  )
  func threads(wish: String) throws {
    let place = try ShellPlace()
    place.environment["RSE_THREADS"] = wish
    let run = try PipedRun(["-c", "1 + 1"], in: place)
    #expect(run.ending == .status(1) && run.output.isEmpty)
    #expect(run.errors.contains("RSE_THREADS=\(wish) is not a number of threads"))
    #expect(run.errors.contains("from 1 to 64"))
  }
}

@Suite("rse export")
struct ExportCommandTests {
  @Test("makes a page, Markdown or a Jupyter notebook beside the notebook, or where it is told")
  func formats() throws {
    let place = try ShellPlace()
    try place.write("rsenb 1\n\n# # Title\n\nlet a = 1 # one\n$a\n| 1\n", to: "n.rsenb")
    #expect(try PipedRun(["export", "n.rsenb"], in: place).output == "n.html\n")
    #expect(try PipedRun(["export", "--md", "n.rsenb"], in: place).output == "n.md\n")
    #expect(
      try PipedRun(["export", "--ipynb", "-o", "x.ipynb", "n.rsenb"], in: place).ending
        == .status(0)
    )
    #expect(try place.names() == ["n.html", "n.md", "n.rsenb", "x.ipynb"])
    #expect(try place.text(of: "n.html").contains("<title>Title</title>"))
    #expect(try place.text(of: "n.md").contains("# Title"))
    #expect(try place.text(of: "x.ipynb").contains("\"nbformat\""))
    #expect(try PipedRun(["export", "--md", "--html", "n.rsenb"], in: place).ending == .status(2))
    #expect(try PipedRun(["export", "none.rsenb"], in: place).ending == .status(1))
    let before = try place.text(of: "n.rsenb")
    let over = try PipedRun(["export", "-o", "n.rsenb", "n.rsenb"], in: place)
    #expect(over.ending == .status(2) && over.errors.contains("ends in .html"))
    #expect(try place.text(of: "n.rsenb") == before)
  }

  @Test("warns of pictures that are not there")
  func missing() throws {
    let place = try ShellPlace()
    try place.write("rsenb 1\n\nplot loss a.png\n| a.png  drawing 012345678901\n", to: "n.rsenb")
    let run = try PipedRun(["export", "n.rsenb"], in: place)
    #expect(run.ending == .status(0))
    #expect(run.errors.contains("warning: no picture a.png"))
  }
}

@Suite("The reference")
struct ReferenceTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  @Test(
    "in the documentation, the manual page and the syntax files is what the program prints",
    arguments: [
      ("--markdown", "Sources/rse/Documentation.docc/Reference.md"), ("--man", "Assets/rse.1"),
      ("--vim", "Assets/editors/vim/syntax/rse.vim"),
      ("--textmate", "Assets/editors/vscode/syntaxes/rse.tmLanguage.json"),
    ]
  )
  func fresh(form: String, path: String) throws {
    let run = try PipedRun(["help", "--all", form], in: try ShellPlace())
    let file = try String(contentsOfFile: Self.root + "/" + path, encoding: .utf8)
    #expect(run.ending == .status(0))
    #expect(
      run.output == file,
      "\(path) is stale: rse help --all \(form) > \(path)"
    )
  }

  @Test("holds every command, option and status")
  func complete() throws {
    let run = try PipedRun(["help", "--all"], in: try ShellPlace())
    for word in ["train <steps>", "--inline", "memory=", "assert CONDITION", "130", "grammar"] {
      #expect(run.output.contains(word) || word == "grammar" && run.output.contains("script ="))
    }
  }

  @Test("explains a command, a subcommand, and words that are searched for")
  func topics() throws {
    let place = try ShellPlace()
    let replay = try PipedRun(["help", "replay"], in: place)
    #expect(replay.output.contains("replay <file>") && replay.output.contains("--keep-going"))
    #expect(try PipedRun(["help", "completions"], in: place).output.contains("bash, zsh or fish"))
    #expect(try PipedRun(["help", "plot", "png"], in: place).output.contains("plot"))
    #expect(try PipedRun(["help", "train; 1 + 1"], in: place).output.isEmpty)
    let wrong = try PipedRun(["help", "trian"], in: place)
    #expect(wrong.ending == .status(1) && wrong.errors.contains("did you mean `rse help train`?"))
  }
}
