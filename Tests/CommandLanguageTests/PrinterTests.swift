import Foundation
import Testing

@testable import CommandLanguage

@Suite("Printing and random scripts")
struct PrinterTests {
  private static let rawTails: Set<String> = ["say"]

  /// How many random scripts to try: `RSE_RANDOM_SCRIPTS`, else a few thousand.
  private static let count =
    ProcessInfo.processInfo.environment["RSE_RANDOM_SCRIPTS"].flatMap { Int($0) } ?? 3000

  private func parse(_ text: String) -> ParseResult {
    Parser.parse(Source(name: "", text: text), rawTailCommands: Self.rawTails)
  }

  @Test("a random syntax tree is what its printed text parses to")
  func trees() throws {
    var scripts = RandomScripts(seed: 7)
    for _ in 0..<Self.count {
      let statements = scripts.script()
      let text = ScriptPrinter.print(statements)
      let result = parse(text)
      try #require(result.diagnostics.map(\.message) == [], "\(text)")
      try #require(result.script.statements == statements, "\(text)")
    }
  }

  @Test("random and mutated scripts neither crash nor hang, and what parses survives printing")
  func mutations() throws {
    var scripts = RandomScripts(seed: 11)
    for _ in 0..<Self.count {
      let text = mutated(ScriptPrinter.print(scripts.script()), using: &scripts.random)
      let result = parse(text)
      let limit = result.script.source.bytes.count
      for range in result.diagnostics.compactMap(\.range) {
        try #require(range.upper <= limit, "\(text)")
      }
      _ = LineGroups.ranges(of: result)
      _ = result.diagnostics.map { $0.rendered(color: true) }
      let printed = parse(ScriptPrinter.print(result.script))
      try #require(printed.diagnostics.map(\.message) == [], "\(text)")
      try #require(printed.script == result.script, "\(text)")
    }
  }

  @Test("random scripts are checked and run without a crash")
  func runs() {
    var scripts = RandomScripts(seed: 13)
    for _ in 0..<Self.count / 3 {
      let host = TestHost()
      host.turnsLeft = 200
      let source = Source(name: "", text: ScriptPrinter.print(scripts.script()))
      let script = host.evaluator.registry.parse(source).script
      for name in ["a", "é", "by"] { host.evaluator.variables[name] = ValueTests.record }
      host.evaluator.variables["steps"] = 5
      _ = host.evaluator.check(script)
      for statement in script.statements {
        _ = try? host.evaluator.evaluate(statement, of: source, in: host)
      }
      _ = host.shown.map(\.json)
    }
  }

  private static let fragments = [
    "\"", "'", "\\", "\\\n", "\n", "{", "}", "(", ")", "[", "]", "$", "${", "#", " # ", ";", ",",
    "..", " by ",
    "=", " = ", "*", "^", "not ", " and ", "if ", "for ", "let ", "else", "say ", "é", "\u{301}",
    "\u{A0}",
    "\u{0}", "1e999", "64k", "🙂", "\r\n", "?", "true", "()", "-", "assert ",
  ]

  private func mutated(_ text: String, using random: inout SeededGenerator) -> String {
    var characters = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: 0...characters.count, using: &random)
      let end = min(characters.count, place + Int.random(in: 0...6, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: characters.removeSubrange(place..<end)
      case 1: characters.insert(contentsOf: characters[place..<end], at: place)
      default:
        let fragment = Self.fragments.randomElement(using: &random) ?? ""
        characters.insert(contentsOf: fragment.unicodeScalars, at: place)
      }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: characters)
    return String(result)
  }

  @Test(
    "long hostile texts are parsed in time that grows with their length",
    arguments: [
      "{", "}", "(", "((1\n", "\"", "'\n", "\\", "\\\n", "${", "say \"\n", "say ${\n", "$a[", "1,",
      "a;", "#\n",
      "echo ) {\n", "else {", "if ", "\"\\\"", "\u{A0}", "é", "let a = (\n", "..", "1..",
      "echo \"${a", "-",
    ]
  )
  func hostile(piece: String) {
    let text = String(repeating: piece, count: 20_000)
    let result = parse(text)
    #expect(result.diagnostics.count <= 40_000)
  }

  @Test(
    "scripts are printed in one form",
    arguments: [
      ("train   5   rate=1e-3 # c", "train 5 rate=1e-3\n"),
      (
        "if $a>1{echo 1;echo 2}else{echo}", "if $a > 1 {\n  echo 1\n  echo 2\n} else {\n  echo\n}\n"
      ),
      ("let x=((1+2)*3)", "let x = (1 + 2) * 3\n"), ("let x = 1+(2+3)", "let x = 1 + (2 + 3)\n"),
      ("let x = (2^3)^4", "let x = (2 ^ 3) ^ 4\n"), ("let x = -2^2", "let x = -2 ^ 2\n"),
      ("let x = (-2)^2", "let x = (-2) ^ 2\n"), ("let x=1,2", "let x = 1, 2\n"),
      ("echo ${a}.png rse$m ${r.x}", "echo ${a}.png rse$m $r.x\n"), ("echo 1,2", "echo 1,2\n"),
      ("for m in a, b {}", "for m in a,b {\n}\n"), ("param a = x, y", "param a = x,y\n"),
      ("echo 'a\"$b'", "echo \"a\\\"\\$b\"\n"), ("say  a  b", "say a  b\n"),
      ("echo 1..(2+3) by *2", "echo 1..(2 + 3) by *2\n"),
      ("echo (1..3) by 2", "echo (1..3) by 2\n"), ("echo a=5,1..3, by", "echo a=5,1..3, by\n"),
      ("assert not(1==2),\"m\"", "assert not 1 == 2, \"m\"\n"),
    ]
  )
  func forms(text: String, printed: String) {
    let result = parse(text)
    #expect(result.diagnostics.map(\.message) == [])
    #expect(ScriptPrinter.print(result.script) == printed)
  }

  @Test("the grammar says what the parser does", arguments: Grammar.rules)
  func grammar(rule: Grammar.Rule) {
    for text in rule.accepted {
      let result = parse(text)
      #expect(result.diagnostics.map(\.message) == [], "\(text)")
      #expect(parse(ScriptPrinter.print(result.script)).script == result.script, "\(text)")
    }
    for text in rule.rejected {
      #expect(!parse(text).diagnostics.isEmpty, "\(text)")
    }
  }
}
