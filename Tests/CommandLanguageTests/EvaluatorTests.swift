import CommandLanguage
import Testing

@Suite("Evaluator")
struct EvaluatorTests {
  @Test(
    "statements do what they say",
    arguments: [
      ("for m in 24,48 { echo $m }", ["24", "48"]), ("for m in a, b { echo $m }", ["a", "b"]),
      ("for m in 1..3 { if $m == 2 { echo two } else { echo $m } }", ["1", "two", "3"]),
      ("if false { echo 1 } else if true { echo 2 } else { echo 3 }", ["2"]),
      ("let a = 5 ; echo $a as$a ${a}th", ["5 as5 5th"]),
      ("let r = train 5 ; echo $r.loss", ["train 5", "0.25"]),
      ("let r = test badd lengths=4,8 ; echo $r.accuracy[8]", ["0.125"]),
      (
        "let r = test badd lengths=4..16 by *2 ; for a in $r.accuracy { echo $a }",
        ["0.25", "0.125", "0.0625"]
      ),
      ("param task = badd ; echo $task", ["badd"]), ("for i in 7 { echo $i }", ["7"]),
      ("for i in () { echo $i }", []),
      ("for i in 1..2 { } ; echo $i", ["2"]), ("let a = say x ; y ; z", ["x"]),
      ("assert 1 < 2 ; echo ok", ["ok"]), ("let a = (1 +\n 2)\necho $a", ["3"]),
      ("for x in (1,2),3 { echo $x }", ["1", "2", "3"]), ("if not (1 == 2) { say a # b\n}", ["a"]),
      ("again let q = 7 ; echo $q", ["7"]),
      ("train 5 ; let a = 3 ; echo $_.loss", ["train 5", "0.25"]),
      ("2 + 3 ; echo $_ ; echo $_", ["5", "5"]), ("echo $_", []),
      ("time for i in 1..2 { echo $i }", ["1", "2", "timed"]), ("time assert false", ["timed"]),
    ] as [(String, [String])]
  )
  func statements(text: String, log: [String]) throws {
    let host = TestHost()
    _ = try? host.run(text)
    #expect(host.log == log)
  }

  @Test("only expressions are shown, and every statement has a value")
  func shown() throws {
    let host = TestHost()
    #expect(try host.run("let a = 5") == 5)
    #expect(try host.run("train 5") == .record(["steps": 5, "loss": 0.25]))
    #expect(try host.run("assert true") == .nothing)
    #expect(host.shown.isEmpty)
    try host.run("$a ; $a + 1")
    #expect(host.shown == [5, 6])
  }

  @Test("the host learns the value of every command, expression and binding")
  func completed() throws {
    let host = TestHost()
    try host.run("let a = 2 ; for i in 1..2 { echo $i } ; time $a + 1 ; assert true")
    #expect(host.completed.map(\.text) == ["let a = 2", "echo $i", "echo $i", "$a + 1"])
    #expect(host.completed.map(\.value) == [2, 1, 2, 3])
  }

  @Test("a failed assertion shows both sides")
  func assertion() throws {
    let host = TestHost()
    try host.run("let r = test badd lengths=4,8")
    let failed = try #require(host.diagnostic(of: "assert $r.accuracy[8] >= 0.97"))
    let expected = """
      error: assertion failed: $r.accuracy[8] >= 0.97
        test.rsenb:1:8
          1 | assert $r.accuracy[8] >= 0.97
            |        ^^^^^^^^^^^^^^^^^^^^^^
        left side: $r.accuracy[8] = 0.125
        right side: 0.97
      """
    #expect(failed.rendered() == expected)
  }

  @Test(
    "assertions explain what fails",
    arguments: [
      (
        "assert $x == 6, \"x is $x\"", "assertion failed: x is 5",
        ["left side: $x = 5", "right side: 6"]
      ),
      (
        "assert $x > 1 and $x < 3", "assertion failed: $x > 1 and $x < 3",
        ["left side: $x = 5", "right side: 3"]
      ),
      (
        "assert $x > 9 or $b", "assertion failed: $x > 9 or $b",
        ["left side: $x = 5", "right side: 9", "$b = false"]
      ),
      ("assert not $c", "assertion failed: not $c", ["$c = true"]),
      ("assert false", "assertion failed: false", []),
      (
        "assert 0.1 + 0.2 == 0.3", "assertion failed: 0.1 + 0.2 == 0.3",
        ["left side: 0.1 + 0.2 = 0.30000000000000004", "right side: 0.3"]
      ),
      (
        "assert \"a\" == \"b\"", "assertion failed: \"a\" == \"b\"",
        ["left side: \"a\"", "right side: \"b\""]
      ),
      ("assert 5", "expected true or false, found 5", []),
    ] as [(String, String, [String])]
  )
  func explanations(text: String, message: String, notes: [String]) throws {
    let host = TestHost()
    try host.run("let x = 5 ; let b = false ; let c = true")
    let diagnostic = try #require(host.diagnostic(of: text))
    #expect(diagnostic.message == message)
    #expect(diagnostic.notes == notes)
  }

  @Test("errors of commands get a place, diagnostics keep theirs")
  func commandErrors() throws {
    let host = TestHost()
    let plain = try #require(host.diagnostic(of: "echo 1\nlet a = train 666"))
    #expect(plain.message == "the disk is full")
    #expect(plain.underlying is PlainFault)
    #expect(plain.range.map { plain.source?.text(in: $0) } == "train 666")
    let placeless = try #require(host.diagnostic(of: "train 667"))
    #expect(placeless.message == "no model")
    #expect(placeless.position?.column == 1)
    let placed = try #require(host.diagnostic(of: "train 13"))
    #expect(placed.message == "13 brings bad luck")
    #expect(placed.remedy == "take 14")
    #expect(placed.position?.column == 7)
    let inner = try #require(host.diagnostic(of: "again train 13"))
    #expect(inner.source?.name == "inner")
  }

  @Test("interruptions pass through as they are")
  func interruptions() {
    let host = TestHost()
    #expect(throws: Stop()) { try host.run("train 668") }
    #expect(throws: Stop()) { try host.run("again again train 668") }
    host.turnsLeft = 10
    #expect(throws: Stop()) { try host.run("for i in 1..1000000 { }") }
  }

  @Test("scripts that run themselves end in an error")
  func recursion() throws {
    let host = TestHost()
    let blocks = 60
    let opening = String(repeating: "if (((((true))))) {\n", count: blocks)
    let closing = String(repeating: "\n}", count: blocks)
    host.evaluator.variables["s"] = .text(opening + "again $s" + closing)
    let texts = [String(repeating: "again ", count: 40) + "echo 1", "again $s"]
    for text in texts {
      let diagnostic = try #require(host.diagnostic(of: text))
      #expect(diagnostic.reason == .scriptsTooDeep(limit: 16))
    }
    #expect(host.diagnostic(of: "again echo 1") == nil)
  }

  @Test("variables are listed in the order in which they were set, and can be set and removed")
  func variables() throws {
    let host = TestHost()
    try host.run("let b = 1 ; let a = 2 ; let b = 3")
    #expect(host.evaluator.variables.names == ["b", "a"])
    host.evaluator.variables["c"] = "x"
    host.evaluator.variables["b"] = nil
    #expect(host.evaluator.variables.names == ["a", "c"])
    #expect(try host.run("\"$a$c\"") == "2x")
  }

  @Test(
    "text takes values in, but not nothing",
    arguments: [
      ("list", "1,2"), ("record", "a: 1, b: {c: 2}"), ("flag", "true"), ("third", "0.333333"),
    ]
  )
  func interpolation(name: String, text: String) throws {
    let host = TestHost()
    host.evaluator.variables["list"] = .list([1, 2])
    host.evaluator.variables["record"] = .record(["a": 1, "b": .record(["c": 2])])
    host.evaluator.variables["flag"] = true
    host.evaluator.variables["third"] = .number(1.0 / 3)
    host.evaluator.variables["nothing"] = .nothing
    #expect(try host.run("\"$\(name)\"") == .text(text))
    let diagnostic = host.diagnostic(of: "echo a$nothing.png")
    #expect(diagnostic?.reason == .nothingInText(owner: "$nothing"))
  }

  // MARK: Parameters from outside

  @Test(
    "values from outside take the place of parameters",
    arguments: [
      ("param n = 5", "n=7", 7), ("param n = 5", "n=64k", 64000),
      ("param t = badd", "t=bmul", "bmul"),
      ("param t = badd", "t=007", "007"), ("param t = badd", "t=a b&c", "a b&c"),
      ("param t = x", "t=", ""),
      ("param f = true", "f=off", false), ("param l = 1, 2", "l=4..8 by *2", .list([4, 8])),
      ("param l = 1, 2", "l=3", .list([3])), ("param l = 1, 2", "l=8,", .list([8])),
      ("param n = 5", "m=7", 5),
    ] as [(String, String, Value)]
  )
  func overrides(script: String, override: String, expected: Value) throws {
    let host = TestHost()
    let overrides = try Overrides(parsing: [override])
    host.evaluator = Evaluator(registry: .testing, overrides: overrides)
    #expect(try host.run(script) == expected)
    #expect(host.evaluator.unusedOverrides == (override == "m=7" ? ["m"] : []))
    #expect(host.evaluator.parameterNames.count == 1)
  }

  @Test("values from outside must have the form of the parameter and a known name")
  func wrongOverrides() throws {
    let host = TestHost()
    let overrides = try Overrides(parsing: ["steps=many", "step=5"])
    host.evaluator = Evaluator(registry: .testing, overrides: overrides)
    let diagnostic = try #require(host.diagnostic(of: "param steps = 5"))
    #expect(diagnostic.message == "the parameter `steps` is a number, not \"many\"")
    host.evaluator = Evaluator(registry: .testing, overrides: try Overrides(parsing: ["steps=8,"]))
    let list = try #require(host.diagnostic(of: "param steps = 5"))
    #expect(list.message == "the parameter `steps` is a number, not the list `8,`")
    let script = parse("for i in 1..2 { param steps = 5 }").script
    #expect(script.parameterNames == ["steps"])
    let unknown = overrides.unknownNames(in: script)
    #expect(unknown.map(\.message) == ["unknown parameter `step`"])
    #expect(unknown.first?.remedy == "did you mean `steps`? parameters: steps")
    #expect(throws: Diagnostic.self) { try Overrides(parsing: ["steps"]) }
    #expect(throws: Diagnostic.self) { try Overrides(parsing: ["5=5"]) }
  }

  // MARK: Checks before a script runs

  @Test(
    "of very many errors the first are told",
    arguments: ["unknown\n", "say $unknown\n", "train rate=2\n", "if $unknown { }\n"]
  )
  func manyErrors(statement: String) {
    let evaluator = TestHost().evaluator
    func found(_ count: Int) -> [Diagnostic] {
      evaluator.check(parse(String(repeating: statement, count: count)).script)
    }
    #expect(found(100).allSatisfy { $0.range != nil } && found(100).count == 100)
    let many = found(20_000)
    #expect(many.count == Parser.errorLimit + 1)
    #expect(many.last?.reason == .tooManyErrors(limit: Parser.errorLimit))
    #expect(many.dropLast().last?.position?.line == Parser.errorLimit)
  }

  @Test("of one call as well")
  func manyErrorsOfACall() {
    let evaluator = TestHost().evaluator
    let call = "train 1" + String(repeating: " nothing=1", count: 20_000)
    #expect(evaluator.check(parse(call).script).count == Parser.errorLimit + 1)
  }

  @Test("what is certain to fail is found before anything runs")
  func check() {
    let host = TestHost()
    host.evaluator.variables["old"] = 1
    let script = parse(
      """
      train 5
      trian 5
      for m in 1..2 {
        train stepps=5
        if $m == 1 { train rate=2 ; test badd }
      }
      let task = badd
      train $steps $old
      let r = train $m 5
      echo $m $nowhere
      train 1.5
      train lengths=1..0
      say
      let x = task
      test $old
      train norm=feature
      test badd lenghts=4
      """
    ).script
    let found = host.evaluator.check(script).map { "\($0.position?.line ?? 0) \($0.message)" }
    #expect(
      found == [
        "2 unknown command `trian`",
        "4 unknown option `stepps` of `train`",
        "5 `rate` of `train`: expected a number > 0 and ≤ 1, found 2",
        "5 `test` needs `lengths`: whole numbers as a list or a range",
        "7 unknown command `badd`",
        "8 `train` takes one value without a name",
        "8 unknown variable `$steps`",
        "9 `train` takes one value without a name",
        "10 unknown variable `$nowhere`",
        "11 `steps` of `train`: expected a whole number ≥ 1, found 1.5",
        "12 the range from 1 to 0 is empty",
        "13 `say` needs `text`: what to say",
        "14 unknown command `task`",
        "15 `test` needs `lengths`: whole numbers as a list or a range",
        "16 `norm` of `train` cannot be `feature`",
        "17 unknown option `lenghts` of `test`",
      ]
    )
    #expect(host.log.isEmpty)
  }

  @Test(
    "an unknown command hints at what was meant",
    arguments: [
      ("trian 5", "did you mean `train`?"), ("fro a in b", "did you mean `for`?"),
      ("zebra", "`help` lists the commands"),
      ("let task = badd", "for text write `let task = \"badd\"`"),
      ("let a = old", "for the variable write `let a = $old`"),
      ("old", "write `$old` for the variable"),
      ("let a = tran 5", "did you mean `train`? for text write `let a = \"tran\"`"),
    ]
  )
  func unknownCommand(text: String, remedy: String) throws {
    let host = TestHost()
    host.evaluator.variables["old"] = 1
    #expect(host.diagnostic(of: text)?.remedy == remedy)
    #expect(host.evaluator.check(parse(text).script).first?.remedy == remedy)
  }

  @Test("variables are not reported before a script runs that may get them from elsewhere")
  func openVariables() {
    let host = TestHost()
    #expect(host.evaluator.check(parse("again let q = 1\necho $q $p").script).isEmpty)
    #expect(host.evaluator.check(parse("train into=q\necho $q").script).isEmpty)
    #expect(host.evaluator.check(parse("train\necho $q").script).count == 1)
    #expect(host.evaluator.check(parse("say a $q").script).count == 1)
  }
}
