import CommandLanguage
import Notebooks
import Testing

@testable import Workbench

@Suite("Colours of code")
struct CodeColorTests {
  /// The coloured parts with their kinds.
  private func parts(_ code: String) -> [String] {
    let bytes = Array(code.utf8)
    return Session.codeColors(code).map { color in
      "\(color.kind.rawValue) \(String(decoding: bytes[color.range], as: UTF8.self))"
    }
  }

  @Test(
    "words get the colour of what they are",
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
    ] as [(String, [String])]
  )
  func kinds(code: String, expected: [String]) {
    #expect(parts(code) == expected)
  }

  @Test("colours of any text lie inside it, in order and apart")
  func order() {
    for code in ["größe 1", "let é = \"ü\" # ö", "} { ;; #", "assert 1 == 2, \"no\"", "\u{0} # x"] {
      var end = 0
      for color in Session.codeColors(code) {
        #expect(color.range.lowerBound >= end && color.range.upperBound <= code.utf8.count)
        end = color.range.upperBound
      }
    }
  }
}
