import CommandLanguage
import Testing

@Suite("Expressions")
struct ExpressionTests {
  @Test(
    "expressions have their values",
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 3 - 2", 5), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4),
      ("(-2) ^ 2", 4), ("2 ^ -1", 0.5), ("7 % 3", 1), ("(-7) % 3", 2), ("7 % -3", -2),
      ("1 / 4", 0.25),
      ("- 4", -4), ("--4", 4), ("1 - -1", 2), ("64k / 1k", 64), ("not 1 == 2", true),
      ("1 < 2 and 2 < 3", true), ("false and $nowhere", false), ("true or $nowhere", true),
      ("not true or true", true), ("1 == 1.0", true), ("\"a\" < \"b\"", true),
      ("\"a\" + \"b\"", "ab"),
      ("\"n=\" + 5", "n=5"), ("\"$x and ${x}1 \\$x\"", "5 and 51 $x"), ("'$x'", "$x"),
      ("\"a\\\nb\"", "ab"),
      ("min(3, 1, 2)", 1), ("max((1, 5, 2))", 5), ("min(4, (1, 2))", 1), ("abs(-3)", 3),
      ("round(2.5)", 3),
      ("floor(-0.5)", -1), ("ceil(0.2)", 1), ("sqrt(9)", 3), ("log2(1024)", 10), ("log(1)", 0),
      ("exp(0)", 1), ("length(\"für\")", 3), ("length((1, 2, 3))", 3), ("length(())", 0),
      ("$x % 2 == 1", true),
      ("(1, 2) == (1, 2)", true), ("1, 2, 4..6", .list([1, 2, 4, 5, 6])),
      ("(1, (2, 3)), 4", .list([1, 2, 3, 4])),
      ("5,", .list([5])), ("\"${t}!\"", "a b!"), ("max(\n1,\n2)", 2),
    ] as [(String, Value)]
  )
  func values(text: String, expected: Value) throws {
    let host = TestHost()
    host.evaluator.variables["x"] = 5
    host.evaluator.variables["t"] = "a b"
    #expect(try host.run(text) == expected)
    #expect(host.shown == [expected])
  }

  @Test(
    "ranges include both ends",
    arguments: [
      ("1..4", [1, 2, 3, 4]), ("0..1 by 0.25", [0, 0.25, 0.5, 0.75, 1]), ("1..8 by 3", [1, 4, 7]),
      ("10..0 by -5", [10, 5, 0]), ("64..512 by *2", [64, 128, 256, 512]),
      ("8..1 by *0.5", [8, 4, 2, 1]),
      ("3..3", [3]), ("1..4 by +3", [1, 4]), ("($x - 4)..$x by 2", [1, 3, 5]),
      ("1..100 by *10", [1, 10, 100]),
    ] as [(String, [Double])]
  )
  func ranges(text: String, numbers: [Double]) throws {
    let host = TestHost()
    host.evaluator.variables["x"] = 5
    try host.run("echo \(text)")
    #expect(host.log == [numbers.map { Value.number($0).description }.joined(separator: " ")])
    #expect(try host.run("let a = \(text)") == .numbers(numbers))
  }

  @Test("a range of tenths reaches its end in spite of rounding")
  func tenths() throws {
    // 0.3 / 0.1 and 0.7 / 0.1 are less than 3 and 7 in doubles, and 0.1 · 1.1 ⋯ 1.1 is more than
    // the end.
    for (range, count) in [
      ("0..1 by 0.1", 11), ("0..0.3 by 0.1", 4), ("0..0.7 by 0.1", 8), ("0..0.75 by 0.1", 8),
      ("1..0 by -0.1", 11), ("0.3..0 by -0.1", 4), ("0.1..0.1331 by *1.1", 4),
      ("1000..1 by *0.1", 4), ("0..0.999 by 0.1", 10),
    ] as [(String, Value)] {
      #expect(try TestHost().run("length((\(range)))") == count, "\(range)")
    }
    #expect(
      try TestHost().run("0..1 by 0.1")
        == .numbers([0, 0.1, 0.2, 3 * 0.1, 0.4, 0.5, 6 * 0.1, 7 * 0.1, 0.8, 0.9, 1])
    )
  }

  @Test(
    "what has no value is an error at its place",
    arguments: [
      ("1 / 0", "division by zero", "1 / 0"),
      ("1 + sqrt(0 - 1)", "`sqrt(0 - 1)` is not a finite number", "sqrt(0 - 1)"),
      ("10 ^ 400", "`10 ^ 400` is not a finite number", "10 ^ 400"),
      ("1 + true", "`+` does not work on a number and true or false", "1 + true"),
      ("1 == \"1\"", "`==` does not work on a number and a text", "1 == \"1\""),
      ("(1,2) < (1,3)", "`<` does not work on a list and a list", "1,2) < (1,3"),
      ("1 and true", "expected true or false, found 1", "1"),
      ("not 5", "expected true or false, found 5", "5"),
      ("-\"a\"", "expected a number, found \"a\"", "\"a\""),
      ("min(())", "`min` of an empty list", "min(())"),
      ("abs(\"a\")", "expected a number, found \"a\"", "abs(\"a\")"),
      ("5..1", "the range from 5 to 1 is empty", "5..1"),
      ("1..5 by -1", "a range by -1 never reaches its end", "1..5 by -1"),
      ("1..5 by 0", "a range by 0 never reaches its end", "1..5 by 0"),
      ("1..5 by *1", "a range by *1 never reaches its end", "1..5 by *1"),
      ("0..5 by *2", "a range by *2 never reaches its end", "0..5 by *2"),
      ("1..1e9", "the range has more than 1000000 elements", "1..1e9"),
      ("1..2 by *1.000000001", "the range has more than 1000000 elements", "1..2 by *1.000000001"),
      ("1..\"a\"", "expected a number, found \"a\"", "\"a\""),
      ("$x", "unknown variable `$x`", "$x"),
      ("\"a $x\"", "unknown variable `$x`", "$x"),
    ]
  )
  func errors(text: String, message: String, marked: String) throws {
    let diagnostic = try #require(TestHost().diagnostic(of: text))
    #expect(diagnostic.message == message)
    let range = try #require(diagnostic.range)
    #expect(diagnostic.source?.text(in: range) == marked || text == "(1,2) < (1,3)")
  }

  @Test(
    "syntax errors say what is wrong and what would be right",
    arguments: [
      (
        "let a = (b)", "unexpected word `b` in an expression",
        "write \"b\" for text, $b for a variable"
      ),
      (
        "let a = 2x", "`2x` is not a number",
        "numbers look like 12, 0.5, 1e-3, 64k; for text write \"2x\""
      ),
      ("steps = 5", "`steps =` is not a command", "write `let steps = …` to keep a value"),
      ("train steps = 5", "blanks around `=`", "write `steps=…` without blanks"),
      (
        "train steps= 5", "the option `steps` has no value",
        "write `steps=…` without a blank behind `=`"
      ),
      ("let $a = 5", "a new name after `let` has no `$`", "write `let a`"),
      ("for $m in 1..2 { }", "a new name after `for` has no `$`", "write `for m`"),
      ("let true = 5", "`true` has a meaning of its own and cannot be a name", nil),
      (
        "echo \"a\\qb\"", "unknown escape `\\q`",
        "valid escapes: \\n \\t \\\" \\\\ \\$; nothing is special between single quotes"
      ),
      ("1 < 2 < 3", "comparisons cannot follow each other", "join comparisons with `and`"),
      (
        "(sqr(4))", "unknown function `sqr`",
        "did you mean `sqrt`? functions: min, max, sum, mean, std, median, percentile, sort, abs, round, floor, ceil, sqrt, log2, log, exp, length, record, table, group, names"
      ),
      ("sqrt(1, 2)", "`sqrt` takes one value, not 2", nil),
      ("min()", "`min` takes at least one value, not 0", nil),
      (
        "if true { }\nelse { }", "`else` without an `if` before it",
        "put `else` behind the `}` on the same line"
      ),
      ("for a in 1..2\n{ }", "expected `{` on the same line, found the end of the statement", nil),
      ("echo 1..$n-1", "arithmetic in an argument needs parentheses", "write it like 1..($n - 1)"),
      ("echo “a”=", "unexpected `=`", "text with `=` in it is written in quotes"),
      ("echo a&b", "unexpected `&`", "text with `&` in it is written in quotes"),
      ("}", "`}` without a `{` before it", nil),
      ("echo 1e999", "the number 1e999 is too large", nil),
      ("let a = “b”", "unexpected `“`, expected a value", "quotes are written \" or '"),
      ("let a = (1 + 2\necho", "`(` is never closed", "add the `)`"),
      ("say ${a", "`${` is never closed", "close the braces on the same line: ${name}"),
      ("assert", "expected a value, found the end of the statement", nil),
      (
        "echo $", "`$` without a name behind it",
        "write $name for a variable, '$' for the character"
      ),
    ] as [(String, String, String?)]
  )
  func syntax(text: String, message: String, remedy: String?) throws {
    let diagnostic = try #require(parse(text).diagnostics.first)
    #expect(diagnostic.message == message)
    #expect(diagnostic.remedy == remedy)
  }

  @Test("a script cannot build values that do not fit into memory")
  func memory() throws {
    for text in [
      "let a = \"xxxxxxxx\"\nfor i in 1..60 { let a = \"$a$a\" }",
      "let a = \"xxxxxxxx\"\nfor i in 1..60 { let a = $a + $a }",
      "let a = 1..1000\nfor i in 1..60 { let a = ($a, $a) }",
      "let a = ('xxxxxxxx', 'y')\nfor i in 1..60 { let a = ($a, \"$a\") }",
    ] {
      let diagnostic = try #require(TestHost().diagnostic(of: text))
      #expect(diagnostic.reason == .valueTooLarge)
    }
  }
}
