import CommandLanguage
import Testing

/// The only statement of a text.
private func statement(_ text: String) throws -> Statement {
  let result = parse(text)
  #expect(result.diagnostics.map(\.message) == [])
  return try #require(result.script.statements.first)
}

private func call(_ text: String) throws -> CommandCall {
  guard case .command(let call) = try statement(text).kind else {
    Issue.record("not a command: \(text)")
    throw Stop()
  }
  return call
}

@Suite("Parser")
struct ParserTests {
  @Test(
    "a statement is read as what it is",
    arguments: [
      ("train", "command"), ("train 5", "command"), ("? train", "command"),
      ("let a = train", "binding"), ("time train", "timed"), ("timer 5", "command"),
      ("param a = 5", "binding"), ("for a in 1..2 { }", "loop"), ("if true { }", "conditional"),
      ("assert true", "assertion"), ("$a", "expression"), ("(1)", "expression"),
      ("5", "expression"),
      ("\"a\"", "expression"), ("'a'", "expression"), ("-4", "expression"),
      ("max(1)", "expression"),
      ("not true", "expression"), ("true", "expression"), ("trueish", "command"),
      ("lets a", "command"),
      ("for-all", "command"), ("max 1", "command"), ("def a() { }", "definition"),
      ("train { }", "command"),
      ("let t = train a=1 { b }", "binding"),
    ]
  )
  func kinds(text: String, kind: String) throws {
    let found =
      switch try statement(text).kind {
      case .command: "command"
      case .binding: "binding"
      case .loop: "loop"
      case .conditional: "conditional"
      case .assertion: "assertion"
      case .expression: "expression"
      case .timed: "timed"
      case .definition: "definition"
      }
    #expect(found == kind)
  }

  @Test(
    "statements end at line breaks, semicolons, braces and comments",
    arguments: [
      ("", 0), ("\n\n", 0), ("# x", 0), ("a", 1), ("a\nb", 2), ("a;b", 2), ("a ; b # c ; d", 2),
      (";;a;;", 1), ("a \\\n b", 1), ("a\r\nb\r\n", 2), ("if true { a ; b }", 1), ("a;# c\nb", 2),
      ("\u{FEFF}a", 1), ("a\u{A0}5", 1), ("echo a#b", 1), ("(1 +\n2)\na", 2), ("\"a\nb\"\nc", 2),
      ("(1, # one\n 2)", 1), ("echo 5 # \\\necho 6", 2),
    ]
  )
  func counts(text: String, count: Int) {
    let result = parse(text)
    #expect(result.diagnostics.map(\.message) == [])
    #expect(result.script.statements.count == count)
    #expect(result.extents.count == count)
  }

  @Test(
    "arguments are words, numbers, lists, ranges and the rest",
    arguments: [
      ("echo x", "word"), ("echo ../x.png", "word"), ("echo rse$m", "word"), ("echo $a/x", "word"),
      ("echo ${a}.png", "word"), ("echo 3.5.2", "word"), ("echo 2x", "word"), ("echo 2..x", "word"),
      ("echo 12:30", "word"), ("echo a*b?", "word"), ("echo -x", "word"), ("echo 64K", "word"),
      ("echo 5", "number"), ("echo -5.5e-3", "number"), ("echo 64k", "number"),
      ("echo .5", "number"),
      ("echo 1Ki", "number"), ("echo true", "boolean"), ("echo on", "word"),
      ("echo \"a b\"", "string"),
      ("echo 'a'", "string"), ("echo $a", "reference"), ("echo ${a}", "reference"),
      ("echo ${a.b[1]}", "reference"), ("echo $a.b[\"c d\"].e", "reference"), ("echo 1,2", "list"),
      ("echo 1,", "list"), ("echo a,", "list"), ("echo 1..4", "range"), ("echo 1..4 by 2", "range"),
      ("echo $a..$b", "range"), ("echo ($a+1)..$b by *2", "range"), ("echo (1 + 2)", "binary"),
      ("echo (1)", "number"), ("echo ()", "list"), ("echo b=-3..3 by +1", "range"),
      ("echo color=#ff", "word"), ("echo b=x/y.z", "word"), ("echo é日", "word"),
    ]
  )
  func arguments(text: String, kind: String) throws {
    let value = try #require(try call(text).arguments.first).value
    #expect(try call(text).arguments.count == 1)
    let found =
      switch value.kind {
      case .word: "word"
      case .number: "number"
      case .boolean: "boolean"
      case .string: "string"
      case .reference: "reference"
      case .list: "list"
      case .range: "range"
      case .unary: "unary"
      case .binary: "binary"
      case .call: "call"
      case .comprehension: "comprehension"
      }
    #expect(found == kind)
  }

  @Test(
    "numbers have the value they are written with",
    arguments: [
      ("5", 5), ("-4", -4), ("1e-3", 0.001), ("64k", 64000), ("2M", 2_000_000), ("1Ki", 1024),
      ("2Mi", 2_097_152), (".5", 0.5), ("1.5k", 1500), ("1E2", 100), ("007", 7),
    ] as [(String, Double)]
  )
  func numbers(text: String, value: Double) throws {
    #expect(try TestHost().run("echo \(text)") == .number(value))
    #expect(try TestHost().run("(\(text))") == .number(value))
  }

  @Test("options and values come in any order")
  func order() throws {
    let arguments = try call("echo 1 b=2 3 color=x,y").arguments
    #expect(arguments.map { $0.name?.text } == [nil, "b", nil, "color"])
  }

  @Test(
    "a raw tail is the text up to the end of the statement",
    arguments: [
      ("say 1011 + 110", "1011 + 110"), ("say  a  b  ", "a  b"), ("say a ; echo", "a"),
      ("say a # c", "a"), ("say a#b", "a#b"), ("say {a ; echo", "{a"), ("say {a}", "{a}"),
      ("if true { say a }", "a"), ("if true { say {a} }", "{a}"), ("say \"a ; b\"", "a ; b"),
      ("say \"a # b\" c", "\"a # b\" c"), ("say 'a } b'", "a } b"), ("say it's", "it's"),
      ("say 'tis", "'tis"), ("say don't ; echo", "don't"), ("say $x", "5"),
      ("say a$x-$x.y", "a5-5.y"),
      ("say ${r.a[1]}!", "7!"), ("say '$x'", "$x"), ("say '$x' y", "'$x' y"),
      ("say \"$x\" y", "\"5\" y"),
      ("say \\$x", "$x"), ("say 5$ and $", "5$ and $"), ("say a \\\n   b", "a     b"),
      ("say a=b <c>", "a=b <c>"),
      ("say \"a\\tb\"", "a\tb"), ("say \"a\" \"b\"", "\"a\" \"b\""), ("say C:\\dir", "C:\\dir"),
      ("? train", "train"), ("?train", "train"), ("say(1)", "(1)"), ("say é 日本", "é 日本"),
    ]
  )
  func rawTails(text: String, expected: String) throws {
    let host = TestHost()
    host.evaluator.variables["x"] = 5
    host.evaluator.variables["r"] = .record(["a": .labelled([1: 7])])
    try host.run(text)
    #expect(host.log.first == expected)
  }

  @Test(
    "text that only ends too early is incomplete",
    arguments: [
      "if true {", "for a in 1..2 {\n echo", "let a = (1 +", "(", "\"abc", "'abc", "echo \\",
      "echo \\\n", "echo (1,\n", "$a[", "if true { if false {\n}", "echo \"a ${b}", "max(1,",
      "if true { } else {", "say \\", "say a \\\n",
    ]
  )
  func incomplete(text: String) {
    let result = parse(text)
    #expect(result.isIncomplete)
    #expect(!result.diagnostics.isEmpty)
  }

  @Test(
    "other errors do not wait for another line",
    arguments: [
      "echo )", "if true { echo ) ", "let a =", "for a in 1..2", "1 +", "let = (", "echo 1",
      "say 'tis",
      "}", "if true { } }", "echo \"a\\q",
    ]
  )
  func complete(text: String) {
    #expect(parse(text).isIncomplete == (text == "echo \"a\\q"))
  }

  @Test("all errors of a script are found at once, and the rest is parsed")
  func recovery() {
    let text = """
      echo 1
      let = 5
      echo )
      for a on 1..3 {
        echo <
        echo 2
      }
      let b = (1 + 2
      echo 3 ; echo = ; echo 4
      if true {
        say ${
        echo 5
      }
      """
    let result = parse(text)
    let lines = result.diagnostics.compactMap { $0.position?.line }
    #expect(lines == [2, 3, 4, 5, 8, 9, 11])
    #expect(result.script.statements.count == 4)
    #expect(!result.isIncomplete)
  }

  @Test("deep nesting is an error and stops the parser")
  func nesting() {
    let deep = 5000
    for (open, close) in [
      ("(", ")"), ("if true {", "}"), ("-", ""), ("not ", ""), ("$a[", "]"), ("2^", "1"),
    ] {
      let text =
        "let a = 1\n" + (open == "not " || open == "-" ? "(" : "")
        + String(repeating: open, count: deep) + "1"
        + String(repeating: close, count: deep)
      let result = parse(text)
      #expect(!result.diagnostics.isEmpty, "\(open)")
      #expect(result.diagnostics.count < 3)
    }
    #expect(
      parse(String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60)).diagnostics
        .isEmpty
    )
  }

  @Test("a text of very many parts is refused, and of very many errors the first are told")
  func parts() {
    let limit = Parser.pieceLimit
    for part in ["a\n", "$a,"] {
      let result = parse("let a = 1\ntrain " + String(repeating: part, count: limit))
      #expect(result.diagnostics.last?.reason == .scriptTooLong(limit: limit))
      #expect(result.diagnostics.count < 3)
    }
    let list = String(repeating: "1,", count: limit - 10)
    #expect(parse("let a = " + list).diagnostics.isEmpty)
    for part in ["}\n", ")\n", "if { }\n"] {
      let diagnostics = parse(String(repeating: part, count: 5000)).diagnostics
      #expect(diagnostics.last?.reason == .tooManyErrors(limit: Parser.errorLimit))
      #expect(diagnostics.count == Parser.errorLimit + 1)
    }
  }

  @Test("what closes is found behind what does not")
  func neverClosed() {
    // The first quote closes nothing on its line, the braces of the second line do.
    let result = parse("train ) \\\" \\\" x\ntrain ) \"a { b\" ; seed 1\n")
    #expect(result.diagnostics.count == 2 && result.script.statements.count == 1)
    #expect(parse("train \"${1 ${2\"\nsay \"${a}\"").script.statements.count == 1)
    // Where each part was looked for up to the end of the line this took minutes.
    for (start, part) in [("train ) ", "\\\""), ("train \"", "${1"), ("help ", "\"\\\" ")] {
      let many = parse(start + String(repeating: part, count: 100_000))
      #expect(many.diagnostics.count < 3)
    }
  }

  @Test("long chains of operators are an error, long lists and else-chains are not")
  func length() {
    let sum = String(repeating: "1+", count: 5000) + "1"
    #expect(parse(sum).diagnostics.first?.reason == .tooManyOperators(limit: 500))
    let list = String(repeating: "1,", count: 5000)
    #expect(parse("let a = " + list).diagnostics.isEmpty)
    let chain = "if true { }" + String(repeating: " else if true { }", count: 2000)
    #expect(parse(chain).diagnostics.isEmpty)
  }

  @Test(
    "line groups hold whole statements",
    arguments: [
      ("a\nb", [0..<1, 1..<2]), ("a ; b\nc", [0..<1, 1..<2]), ("# x\n\na # y\n", [2..<3]),
      ("if true {\n a\n}\nb", [0..<3, 3..<4]), ("if true {\n a\n} ; b\nc", [0..<3, 3..<4]),
      ("echo )\nb", [0..<1, 1..<2]), ("a \\\n b\nc", [0..<2, 2..<3]),
      ("let x = (1\nb", [0..<1, 1..<2]),
      ("\"a\nb\" ; c", [0..<2]), ("for a on b {\n c\n}\nd", [0..<3, 3..<4]),
      ("}\na", [0..<1, 1..<2]),
      ("say 'tis\nb", [0..<1, 1..<2]), ("\"open\nb", [0..<1, 1..<2]), ("if true {\n a", [0..<2]),
      ("", []),
    ] as [(String, [Range<Int>])]
  )
  func lineGroups(text: String, groups: [Range<Int>]) {
    let found = LineGroups.ranges(of: text, rawTailCommands: ["say"])
    #expect(found == groups)
  }

  @Test("statements know where they stand")
  func ranges() throws {
    let text = "echo 1  # c\n  let a = train 5 rate=1 ; say  x y  ; (1 + 2) "
    let result = parse(text)
    let texts = result.script.statements.map { result.script.source.text(in: $0.range) }
    #expect(texts == ["echo 1", "let a = train 5 rate=1", "say  x y", "(1 + 2)"])
    #expect(result.extents.map { result.script.source.text(in: $0) } == texts)
  }

  @Test("a notebook's script is read as a whole")
  func notebook() {
    let text = """
      seed 7
      param steps = 2000                       # overridable: rse run nb.rsenb -p steps=50
      data badd lengths=8,16,32,64 batch=32
      model rse maps=96 blocks=2 keep=0.9
      train $steps
      plot loss loss.png
      let r = test lengths=64..4096 by *2
      assert $r.accuracy[64] >= 0.97
      for m in 24,48,96 { model rse maps=$m as=rse$m ; train 200 }
      plot loss of=rse24,rse48,rse96 sizes.png
      say 1011 + 110                           # what does the trained network answer?
      save badd.safetensors
      """
    let result = parse(text)
    #expect(result.diagnostics.map(\.message) == [])
    #expect(result.script.statements.count == 12)
    #expect(LineGroups.ranges(of: result) == (0..<12).map { $0..<$0 + 1 })
    #expect(parse(ScriptPrinter.print(result.script)).script == result.script)
  }
}
