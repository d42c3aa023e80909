import CommandLanguage
import Testing

@Suite("Sources and their excerpts")
struct SourceTests {
  @Test(
    "an offset has the line and the column that people count",
    arguments: [
      ("abc", 0, 1, 1), ("abc", 3, 1, 4), ("a\nbc", 2, 2, 1), ("a\nbc", 4, 2, 3),
      ("für x", 5, 1, 5), ("日本 x", 7, 1, 4), ("a\r\nb", 3, 2, 1), ("", 0, 1, 1), ("a\n", 2, 2, 1),
      ("a", 99, 1, 2),
    ]
  )
  func position(text: String, offset: Int, line: Int, column: Int) {
    let position = Source(name: "", text: text).position(of: offset)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test("a part of a file counts its lines from where it starts")
  func firstLine() {
    let source = Source(name: "n", text: "a\nb", firstLine: 10)
    #expect(source.position(of: 2).line == 11)
  }

  @Test(
    "the caret stands below what is marked",
    arguments: [
      ("train step=5", 6, 10, "train step=5", "      ^^^^"),
      ("\ttrain x", 7, 8, "    train x", "          ^"),
      ("日本 x", 7, 8, "日本 x", "     ^"),
      ("e\u{301} x", 4, 5, "e\u{301} x", "  ^"),
      ("👍🏽 x", 9, 10, "👍🏽 x", "   ^"),
      ("日本", 0, 6, "日本", "^^^^"),
      ("abc", 3, 3, "abc", "   ^"),
      ("ab\ncd", 1, 5, "ab", " ^"),
      ("a\u{1B}[2J b", 6, 7, "a\u{FFFD}[2J b", "      ^"),
    ]
  )
  func caret(text: String, lower: Int, upper: Int, shown: String, caret: String) {
    let source = Source(name: "f", text: text)
    let diagnostic = Diagnostic("m", source: source, range: SourceRange(lower, upper))
    let lines = diagnostic.rendered().split(separator: "\n").map(String.init)
    #expect(lines[2] == "    1 | " + shown)
    #expect(lines[3] == "      | " + caret)
  }

  @Test("a very long line is cut around the caret")
  func longLine() throws {
    let text = String(repeating: "x", count: 5000) + "!" + String(repeating: "y", count: 5000)
    let source = Source(name: "f", text: text)
    let range = SourceRange(5000, 5001)
    let lines = Diagnostic("m", source: source, range: range).rendered().split(separator: "\n")
    #expect(lines.allSatisfy { $0.count < 120 })
    let column = try #require(Array(lines[3]).firstIndex(of: "^"))
    #expect(Array(lines[2])[column] == "!")
  }

  @Test(
    "of a line of megabytes only the part around the caret is looked at, at the right character"
  )
  func hugeLine() throws {
    let text = String(repeating: "é", count: 1 << 20) + "!" + String(repeating: "é", count: 1 << 20)
    let source = Source(name: "f", text: text)
    let diagnostic = Diagnostic("m", source: source, range: SourceRange(2 << 20, 2 << 20 + 1))
    #expect(diagnostic.position?.column == 1 << 20 + 1)
    let lines = diagnostic.rendered().split(separator: "\n")
    let column = try #require(Array(lines[3]).firstIndex(of: "^"))
    #expect(Array(lines[2])[column] == "!")
    #expect(lines.allSatisfy { $0.count < 120 && !$0.contains("\u{FFFD}") })
  }

  @Test("a message that quotes something very long is cut in its middle")
  func longMessage() {
    let long = "start " + String(repeating: "x", count: 1 << 20) + " end"
    let text = Diagnostic(long, notes: [long], remedy: long).rendered()
    #expect(text.utf8.count < 6000)
    #expect(text.contains("start xx") && text.contains(" … ") && text.hasSuffix("xx end"))
    for part in ["漢", "\u{301}"] {
      let cut = Diagnostic("`" + String(repeating: part, count: 1 << 16) + "`").message
      #expect(
        cut.utf8.count < 3100 && cut.unicodeScalars.first == "`" && cut.unicodeScalars.last == "`"
      )
      let short = "`" + String(repeating: part, count: 600) + "`"
      #expect(Diagnostic(short).message == short)
    }
  }

  @Test(
    "widths are those of terminals",
    arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍🏽", 2), ("❤\u{FE0F}", 2), ("ß", 1)]
  )
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
  }

  @Test("a diagnostic is rendered with place, caret, notes and remedy")
  func rendering() {
    let text = String(repeating: "\n", count: 11) + "train step=5"
    let source = Source(name: "first-steps.rsenb", text: text)
    var diagnostic = Diagnostic(
      .unknownOption(name: "step", command: "train", options: ["steps", "rate"]),
      source: source,
      range: SourceRange(17, 21)
    )
    diagnostic.notes = ["a note\nof two lines"]
    let expected = """
      error: unknown option `step` of `train`
        first-steps.rsenb:12:7
         12 | train step=5
            |       ^^^^
        a note
        of two lines
        did you mean `steps`? options of `train`: steps, rate
      """
    #expect(diagnostic.rendered() == expected)
    let colored = diagnostic.rendered(color: true)
    #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(!diagnostic.rendered().contains("\u{1B}"))
  }

  @Test("a diagnostic without a place has no excerpt, and a source without a name no colon")
  func rendersWithoutPlace() {
    #expect(Diagnostic("no model", remedy: "make one").rendered() == "error: no model\n  make one")
    let source = Source(name: "", text: "x")
    let lines = Diagnostic("m", source: source, range: SourceRange(0, 1)).rendered()
    #expect(lines.contains("\n  line 1, column 1\n"))
  }

  @Test(
    "the nearest word is suggested when it is near",
    arguments: [
      ("step", "steps"), ("tarin", "train"), ("TRAIN", "train"), ("acc", "accuracy"),
      ("zebra", nil), ("", nil), ("rat", "rate"), ("x", nil),
    ] as [(String, String?)]
  )
  func suggestion(word: String, expected: String?) {
    let candidates = ["train", "steps", "rate", "accuracy"]
    #expect(Suggestion.nearest(to: word, among: candidates) == expected)
  }

  @Test(
    "of equally near words the first is suggested",
    arguments: [
      (["bat", "hat", "rat"], "bat"), (["hat", "bat", "rat"], "hat"), (["cart", "cat"], "cart"),
      (["chair", "cats"], "cats"),
    ]
  )
  func suggestionTies(candidates: [String], expected: String) {
    // `cat` → `cats`, `cart` and `bat` are one change away each, `cat` itself is no suggestion.
    #expect(Suggestion.nearest(to: "cat", among: candidates) == expected)
  }
}
