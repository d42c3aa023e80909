import Testing

@testable import CommandLanguage

@Suite("Parts of a text")
struct SyntaxPartTests {
  private func script(_ code: String) -> Script {
    Parser.parse(Source(name: "", text: code), rawTailCommands: ["try"]).script
  }

  /// The parts with their kinds.
  private func parts(_ code: String) -> [String] {
    let script = script(code)
    return script.parts.map { "\($0.kind.rawValue) \(script.source.text(in: $0.range))" }
  }

  @Test(
    "words are told apart",
    arguments: [
      (
        "train 500 memory=low # slow",
        ["command train", "number 500", "option memory=", "comment # slow"]
      ),
      (
        "let r = test lengths=8..64 by *2",
        [
          "keyword let", "variable r", "command test", "option lengths=", "number 8", "number 64",
          "number 2",
        ]
      ),
      ("time plot loss", ["keyword time", "command plot"]),
      (
        "if $a > 1 { \"x # y\" } else { true }",
        ["keyword if", "variable $a", "number 1", "string \"x # y\"", "keyword true"]
      ),
      (
        "for m in 1,2 {\n  # inside\n  $m\n}",
        ["keyword for", "variable m", "number 1", "number 2", "comment # inside", "variable $m"]
      ),
      ("try 1 + $x", ["command try", "variable $x"]), ("tran (", []), ("", []),
      (
        "assert not $r.accuracy[$n] < max(1, 2), \"low\"",
        [
          "keyword assert", "variable $r.accuracy[$n]", "number 1", "number 2", "string \"low\"",
        ]
      ),
      ("train a#b 1\u{A0}# c", ["command train", "number 1", "comment # c"]),
    ] as [(String, [String])]
  )
  func kinds(code: String, expected: [String]) {
    #expect(parts(code) == expected)
  }

  @Test("the parts of any text lie inside it, in order and apart")
  func order() {
    for code in ["größe 1", "let é = \"ü\" # ö", "} { ;; #", "assert 1 == 2, \"no\"", "\u{0} # x"] {
      var end = 0
      for part in script(code).parts {
        #expect(part.range.lower >= end && part.range.upper <= code.utf8.count)
        end = part.range.upper
      }
    }
  }
}
