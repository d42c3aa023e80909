import CommandLanguage
import Testing

@Suite("Statements that scripts define")
struct DefinitionTests {
  private func error(_ text: String, after first: String = "") throws -> Diagnostic {
    let host = TestHost()
    if !first.isEmpty { _ = try host.run(first) }
    let found = host.evaluator.check(parse(text).script).first
    return try #require(found ?? host.diagnostic(of: text))
  }

  @Test("they are called by places and names, and have the value of their last statement")
  func calls() throws {
    let host = TestHost()
    _ = try host.run("def area(width, height=1) { let a = $width * $height ; $a }")
    #expect(try host.run("let x = area 3; $x") == 3)
    #expect(try host.run("let x = area 3 4; $x") == 12)
    #expect(try host.run("let x = area height=5 width=2; $x") == 10)
    host.shown = []
    _ = try host.run("area 6")
    #expect(host.shown == [6])
    // What is kept is not shown as well.
    host.shown = []
    _ = try host.run("let y = area 6")
    #expect(host.shown.isEmpty)
    #expect(try host.run("$_") == 6)
  }

  @Test("what a body sets is forgotten, what was set before is seen")
  func scope() throws {
    let host = TestHost()
    _ = try host.run("let a = 1 ; let b = 10")
    _ = try host.run("def f(a) { let b = $a + $b ; let c = 5 ; $b }")
    #expect(try host.run("let r = f 2; $r, $a, $b") == .list([12, 1, 10]))
    #expect(host.evaluator.variables["c"] == nil)
    _ = try host.run("let b = 20")
    #expect(try host.run("let r = f 2; $r") == 22)
  }

  @Test("they call themselves and each other, in loops and conditions, up to a depth")
  func recursion() throws {
    let host = TestHost()
    _ = try host.run(
      """
      def fib(n) {
        if $n < 2 { $n } else {
          let a = fib ($n - 1)
          let b = fib ($n - 2)
          $a + $b
        }
      }
      """
    )
    #expect(try host.run("let f = fib 12; $f") == 144)
    _ = try host.run("def endless(n) { endless ($n + 1) }")
    let deep = try #require(host.diagnostic(of: "endless 0"))
    #expect(deep.reason == .callsTooDeep(limit: 100))
    #expect(try host.run("let f = fib 2; $f") == 1)
    _ = try host.run("def fib(n) { 7 }")
    #expect(try host.run("let f = fib 12; $f") == 7)
  }

  @Test(
    "wrong definitions and calls say what is wrong",
    arguments: [
      ("def echo() { }", "there is a command `echo` already"),
      ("def f(a=1, b) { }", "`b` needs a value of its own"),
      ("def f(a, a) { }", "`a` is named twice"),
      ("def for() { }", "`for` has a meaning of its own"),
      ("f", "`f` needs `a`"), ("f 1 2 3", "`f` takes 2 values without a name"),
      ("f 1 c=2", "unknown option `c` of `f`"), ("f 1 { }", "`f` takes no block"),
      ("echo 1 { }", "`echo` takes no block"), ("def g(x) { $y }", "unknown variable `$y`"),
      ("g 1", "unknown command `g`"), ("let x = mean(f)", "unexpected word `f`"),
    ]
  )
  func errors(text: String, message: String) throws {
    let error = try error(text, after: "def f(a, b=2) { $a }")
    #expect(error.message.contains(message), "\(error.message)")
  }

  @Test("a call is checked against a definition in the same text before anything runs")
  func checkedBeforehand() throws {
    let host = TestHost()
    func check(_ text: String) -> [String] {
      host.evaluator.check(parse(text).script).map(\.message)
    }
    #expect(check("def h(a) { $a }\nh").first?.hasPrefix("`h` needs `a`") == true)
    #expect(check("def h(a) { $a }\nh 1").isEmpty)
    // A definition further down does not count yet.
    #expect(
      host.diagnostic(of: "later 1\ndef later(a) { }")?.message.contains("unknown command") == true
    )
  }
}
