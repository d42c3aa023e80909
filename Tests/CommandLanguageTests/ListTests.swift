import CommandLanguage
import Testing

@Suite("Lists and what is computed of them")
struct ListTests {
  private func value(_ text: String) throws -> Value {
    let host = TestHost()
    host.evaluator.variables["xs"] = .list([0.25, 3, -1.5, 8, 2.75])
    host.evaluator.variables["none"] = .list([])
    return try host.run(text)
  }

  private func error(_ text: String) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { _ = try value(text) }
  }

  /// The values are NumPy 2's: `std(ddof=1)`, `percentile` with its usual interpolation.
  @Test(
    "statistics are those of NumPy",
    arguments: [
      ("sum($xs)", 12.5), ("mean($xs)", 2.5), ("std($xs)", 3.5925269657999785),
      ("median($xs)", 2.75), ("median(4, 1, 3, 2)", 2.5), ("percentile($xs, 10)", -0.8),
      ("percentile($xs, 90)", 6), ("percentile($xs, 25)", 0.25), ("percentile($xs, 0)", -1.5),
      ("percentile($xs, 100)", 8), ("std(1, 1)", 0), ("sum(())", 0), ("mean(3)", 3),
      ("round(3.14159, 2)", 3.14), ("round(-2.5, 0)", -3), ("round(1e300, 3)", 1e300),
    ]
  )
  func statistics(text: String, expected: Double) throws {
    guard case .number(let number) = try value(text) else {
      Issue.record("\(text) is no number")
      return
    }
    #expect(abs(number - expected) <= 1e-15 * abs(expected), "\(text) is \(number)")
  }

  @Test(
    "lists are put together, sorted and taken apart",
    arguments: [
      ("$none, 1", .list([1])), ("$xs[0]", 0.25), ("$xs[-1]", 2.75), ("$xs[-5]", 0.25),
      ("$xs[1..3]", .list([3, -1.5, 8])), ("$xs[0, -1]", .list([0.25, 2.75])),
      ("sort($xs)", .list([-1.5, 0.25, 2.75, 3, 8])), ("sort(\"b\", \"a\")", .list(["a", "b"])),
      ("sort(())", .list([])), ("\"${xs[1..2]}\"", "3,-1.5"),
    ] as [(String, Value)]
  )
  func lists(text: String, expected: Value) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    "a list is made of another one, value by value",
    arguments: [
      ("($x * 2 for x in $xs if $x > 1)", .list([6, 16, 5.5])),
      ("($i for x, i in $xs if $x < 1)", .list([0, 2])),
      ("($x, $x ^ 2 for x in 2..3)", .list([2, 4, 3, 9])),
      ("(($x * $y for y in 1..2) for x in 3..4)", .list([3, 6, 4, 8])),
      ("(\"m=$m\" for m in \"a\", \"b\")", .list(["m=a", "m=b"])),
      ("mean($x ^ 2 for x in 1..3)", .number(14.0 / 3)), ("sum(1..4)", 10),
      ("max(($x for x in $xs), 9)", 9),
      ("(1 for x in $none)", .list([])), ("(\n$x\nfor x\nin 1..2\nif true\n)", .list([1, 2])),
    ] as [(String, Value)]
  )
  func comprehensions(text: String, expected: Value) throws {
    #expect(try value(text) == expected)
  }

  @Test("the names of a comprehension are known inside of it alone, and hide others there")
  func names() throws {
    let host = TestHost()
    host.evaluator.variables["x"] = "outside"
    #expect(try host.run("($x for x in 1..2), $x") == .list([1, 2, "outside"]))
    #expect(throws: Diagnostic.self) { try host.run("($y for x in 1..2)") }
    #expect(
      try #require(throws: Diagnostic.self) { try host.run("(1 for y in 1..2), $y") }
        .message.contains("y")
    )
  }

  @Test("a loop takes the places of its values too")
  func places() throws {
    let host = TestHost()
    try host.run("for word, place in \"a\", \"b\" { echo $place $word }")
    #expect(host.log == ["0 a", "1 b"])
  }

  /// The texts are those of C's printf.
  @Test(
    "a value is set in columns and with digits",
    arguments: [
      ("\"${xs[1]:.2}|\"", "3.00|"), ("\"${xs[2]:8.3}|\"", "  -1.500|"),
      ("\"${xs[3]:-6}|\"", "8     |"), ("\"${xs[0]:2}|\"", "0.25|"), ("\"${xs[0]:.0}|\"", "0|"),
      ("\"${none:3}|\"", "   |"), ("'${xs:3}'", "${xs:3}"),
    ]
  )
  func layouts(text: String, expected: String) throws {
    #expect(try value(text) == .text(expected))
  }

  @Test(
    "what cannot be computed says why",
    arguments: [
      ("mean(())", "`mean` of an empty list"), ("std(4)", "`std` of a single value"),
      ("percentile((1, 2), 101)", "a percentile is a number from 0 to 100, not 101"),
      ("percentile((), 50)", "`percentile` of an empty list"),
      ("sum(\"a\")", "expected a number, found \"a\""),
      ("sort(\"a\", 1)", "`sort` does not work on a text and a number"),
      ("round(1, 0.5)", "digits after the point are a whole number from 0 to 15, not 0.5"),
      ("\"${xs:.2}\"", "expected a number, found 0.25,3,-1.5,8,2.75"),
      ("\"${xs:201}\"", "`:201` is no layout of a value"),
      ("echo mean($xs)", "a call of `mean` in an argument needs parentheses around it"),
      ("$xs[5]", "`$xs` has no element 5"), ("$xs[-6]", "`$xs` has no element -6"),
      ("$xs[3..5]", "`$xs` has no element 5"),
      ("for x, x in 1..2 { }", "`x` is named twice"),
      ("(1 for x in true and false if 3)", "expected true or false, found 3"),
    ]
  )
  func errors(text: String, message: String) throws {
    #expect(try error(text).message == message)
  }

  @Test("a comprehension without end can be stopped")
  func stopping() throws {
    let host = TestHost()
    host.turnsLeft = 1000
    #expect(throws: Stop()) {
      try host.run("(sum($x * $y for y in 1..1000000) for x in 1..1000000)")
    }
  }
}
