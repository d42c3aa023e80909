import Foundation
import LanguageServer
import Testing

@Suite("What an editor asks")
struct FeatureTests {
  /// Line 0 is `rsenb 1`.
  private static let notebook = """
    rsenb 1
    seed: 7

    # # A title
    # with prose

    param steps = 20
    let rate = 1e-3
    data sort lengths=8
    model rse maps=24 as=small

    # ## Training

    let trained = train $steps
    | step 20
    train 5
    ~ 1.0 s
    test of=small
    let share = 1 / 0
    ! division by zero

    """

  // MARK: Diagnostics

  @Test("a notebook without errors has no diagnostics, and neither has a cell marked as failing")
  func clean() throws {
    #expect(try TestClient(Self.notebook).diagnostics() == [])
  }

  @Test("errors have their place, message and remedy")
  func errors() throws {
    let client = try TestClient(Self.notebook)
    client.change((15, 0), (15, 7), "🎹; tran 5")
    let found = try client.diagnostics()
    #expect(found.map { $0.prefix(7) } == ["15:0-2 ", "15:4-8 "])
    client.change((15, 0), (15, 4), "")
    #expect(
      try client.diagnostics() == ["15:0-4 unknown command `tran`\ndid you mean `train`?"]
    )
    client.change((15, 0), (15, 6), "\"🎹\" ; train -$rte")
    let message = try #require(try client.diagnostics().first)
    #expect(message.hasPrefix("15:14-18 unknown variable `$rte`\n"))
  }

  @Test(
    "an unfinished statement is an error of its own place only",
    arguments: [
      ("for n in 1..3 {", "15:14-15"), ("let a = \"text", "15:8-9"), ("let a = (1 +", "15:8-9"),
      ("$rate[", "15:5-6"), ("train \\", "15:6-7"),
    ]
  )
  func unfinished(statement: String, place: String) throws {
    let text = Self.notebook.replacingOccurrences(of: "train 5\n~ 1.0 s\n", with: "train 5\n\n")
    let client = try TestClient(text)
    client.change((15, 0), (15, 7), statement)
    let found = try client.diagnostics()
    #expect(found.count == 1 && found[0].hasPrefix(place), "\(found)")
  }

  @Test("a block may hold prose and blank lines")
  func block() throws {
    let text = "rsenb 1\n\nfor n in 1..3 {\n\n# prose\n  $n\n\n  \"}\"\n}\n$n\n"
    #expect(try TestClient(text).diagnostics() == [])
    let wrong = text.replacingOccurrences(of: "  $n\n", with: "  $m\n")
    #expect(try TestClient(wrong).diagnostics().map { $0.prefix(7) } == ["5:2-4 u"])
  }

  @Test("what is no notebook is told in its first line")
  func header() throws {
    let found = try TestClient("rsenb 9\n\ntrain 5\n").diagnostics()
    #expect(found.count == 1 && found[0].hasPrefix("0:0-7 ") && found[0].contains("version"))
    let none = try TestClient("train 5\n").diagnostics()
    #expect(none.count == 1 && none[0].hasPrefix("0:0-7 "))
  }

  @Test("a script has no header and no output")
  func script() throws {
    let file = "file:///tmp/test.rse"
    let client = try TestClient("tran 5\n# comment\n\n| 3\n", uri: file)
    #expect(try client.diagnostics().map { $0.prefix(5) } == ["0:0-4", "3:0-1"])
  }

  @Test("recorded notebooks have no diagnostics", arguments: NotebookFiles.all)
  func recorded(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // This one is a part of another, which sets a variable.
    let isPart = path.hasSuffix("language-tour-part.rsenb")
    let found = try TestClient(text).diagnostics()
    #expect(isPart ? found.allSatisfy { $0.contains("`$base`") } : found.isEmpty, "\(found)")
  }

  // MARK: Completion

  @Test("commands, options, values and the names above are offered")
  func completion() throws {
    let client = try TestClient(Self.notebook)
    client.change((15, 0), (15, 7), "tr")
    #expect(try client.completions(15, 2) == ["train", "try", "trace", "transcribe", "true"])
    client.change((15, 0), (15, 2), "train $")
    #expect(try client.completions(15, 7) == ["steps", "rate", "trained"])
    let items = try client.items(15, 7)
    #expect(items.first?["detail"] as? String == "param steps = 20")
    client.change((15, 0), (15, 7), "test of=")
    #expect(try client.completions(15, 8) == ["small"])
    client.change((15, 0), (15, 8), "model rse tying=")
    #expect(try client.completions(15, 16).contains("shared"))
    client.change((15, 0), (15, 16), "model rse ma")
    let option = try #require(try client.items(15, 12).first)
    #expect(option["label"] as? String == "maps=" && option["kind"] as? Int == 10)
    let edit = try #require(option["textEdit"] as? [String: Any])
    #expect(try TestClient.text(of: edit["range"]) == "15:10-12")
    #expect(edit["newText"] as? String == "maps=")
    client.change((7, 0), (7, 15), "$")
    #expect(try client.completions(7, 1) == ["steps"])
  }

  @Test("an empty line of code takes any command, prose and output take nothing")
  func emptyLine() throws {
    let client = try TestClient(Self.notebook)
    #expect(try client.completions(12, 0).contains("train"))
    for line in [0, 1, 4, 14] { #expect(try client.completions(line, 2).isEmpty) }
  }

  // MARK: Help

  private func hover(_ client: TestClient, _ line: Int, _ character: Int) throws -> String? {
    let hover = try client.ask("hover", line, character) as? [String: Any]
    return (hover?["contents"] as? [String: Any])?["value"] as? String
  }

  @Test("help tells of commands, options and names")
  func help() throws {
    let client = try TestClient(Self.notebook)
    #expect(try hover(client, 15, 2)?.hasPrefix("### train\n\n") == true)
    #expect(try hover(client, 9, 12)?.hasPrefix("### `model maps=N`") == true)
    #expect(try hover(client, 8, 6)?.hasPrefix("### task sort\n") == true)
    #expect(try hover(client, 13, 22) == "```rse\nparam steps = 20\n```\n\nLine 7.")
    #expect(try hover(client, 17, 9)?.contains("model rse maps=24 as=small") == true)
    #expect(try hover(client, 3, 3) == nil)
    #expect(try hover(client, 14, 3) == nil)
  }

  @Test("a call shows its arguments")
  func signature() throws {
    let client = try TestClient(Self.notebook)
    let result = try #require(try client.ask("signatureHelp", 9, 16) as? [String: Any])
    let signature = try #require((result["signatures"] as? [[String: Any]])?.first)
    let label = try #require(signature["label"] as? String)
    let parameters = try #require(signature["parameters"] as? [[String: Any]])
    let active = try #require(result["activeParameter"] as? Int)
    let place = try #require(parameters[active]["label"] as? [Int])
    let start = label.index(label.startIndex, offsetBy: place[0])
    #expect(label[start..<label.index(label.startIndex, offsetBy: place[1])] == "[maps=N]")
    #expect(try client.ask("signatureHelp", 4, 3) is NSNull)
  }

  @Test("a name leads to where it is from")
  func definition() throws {
    let client = try TestClient(Self.notebook)
    func place(_ line: Int, _ character: Int) throws -> String {
      let location = try #require(try client.ask("definition", line, character) as? [String: Any])
      return try TestClient.text(of: location["range"])
    }
    #expect(try place(13, 21) == "6:6-11")
    #expect(try place(17, 10) == "9:21-26")
    #expect(try place(7, 5) == "7:4-8")
    #expect(try client.ask("definition", 15, 2) is NSNull)
  }

  // MARK: Structure

  @Test("the outline has headings, and below them what has a name")
  func symbols() throws {
    let client = try TestClient(Self.notebook)
    func outline(_ symbols: Any?, depth: Int = 0) throws -> [String] {
      try #require(symbols as? [[String: Any]]).flatMap { symbol in
        let line =
          try String(repeating: "-", count: depth) + (symbol["name"] as? String ?? "")
          + " \(TestClient.text(of: symbol["range"]))"
        return try [line] + outline(symbol["children"], depth: depth + 1)
      }
    }
    let file = ["textDocument": ["uri": TestClient.file]]
    let symbols = try outline(client.request("textDocument/documentSymbol", file))
    #expect(
      symbols == [
        "A title 3:0-20:0", "-steps 6:0-16", "-rate 7:0-15", "-small 9:0-26",
        "-Training 11:0-20:0", "--trained 13:0-26", "--share 18:0-17",
      ]
    )
  }

  @Test("formatting keeps comments, prose and output, and what cannot be printed whole")
  func formatting() throws {
    let text = """
      rsenb 1

      #  prose   stays
      let   a=1+  2
      |  output   stays
      data   sort    lengths=8 ;model rse
      if $a>1 {   train 5 }
      train   5  # a comment
      100 + \\
        20
      for n in 1..2 {

        train   5
      }
      let   b = 1  +
      ! message   stays
      say   $a

      """
    let client = try TestClient(text)
    let file: [String: Any] = ["textDocument": ["uri": TestClient.file], "options": [:]]
    let edits = try #require(
      try client.request("textDocument/formatting", file) as? [[String: Any]]
    )
    let changes = try edits.map { edit in
      "\(try TestClient.text(of: edit["range"])) \(edit["newText"] as? String ?? "")"
    }
    #expect(
      changes == [
        "3:0-13 let a = 1 + 2", "5:0-35 data sort lengths=8; model rse",
        "6:0-21 if $a > 1 {\n  train 5\n}", "16:0-8 say $a",
      ]
    )
  }

  @Test("code is told apart, in the places that clients count")
  func tokens() throws {
    let client = try TestClient("rsenb 1\n\n\"🎹\n$x\" # c\ntrain rate=$r\n")
    let file = ["textDocument": ["uri": TestClient.file]]
    let result = try client.request("textDocument/semanticTokens/full", file) as? [String: Any]
    let data = try #require(result?["data"] as? [Int])
    // comment 0, keyword 1, function 2, property 3, variable 4, number 5, string 6
    #expect(
      data == [
        2, 0, 3, 6, 0, 1, 0, 3, 6, 0, 0, 4, 3, 0, 0, 1, 0, 5, 2, 0, 0, 6, 5, 3, 0, 0, 5, 2, 4, 0,
      ]
    )
  }
}

/// The notebooks that ship.
enum NotebookFiles {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let all: [String] = {
    let folder = root.appendingPathComponent("Notebooks").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".rsenb") }.sorted().map { folder + "/" + $0 }
  }()
}
