import CommandLanguage
import Plotting
import TestSupport
import Testing

@testable import Figures
@testable import Sessions
@testable import Workbench

@Suite("Strange numbers in figures")
struct ValueInputTests {
  private static let table = "let t = table(a=(1, 2), b=(3, 4), name=(\"x\", \"y\"))"

  @Test(
    "what cannot be drawn is refused at its place, with a remedy",
    arguments: [
      (
        "plot lines $t", "which column is drawn? `y=` is missing",
        "columns of numbers are `a` and `b`"
      ),
      (
        "plot histogram $t", "which column is drawn? `x=` is missing",
        "columns of numbers are `a` and `b`"
      ),
      ("plot lines $t y=c", "the table has no column `c`", "did you mean `a`? columns: a, b, name"),
      (
        "plot lines $t y=a x=c", "the table has no column `c`",
        "did you mean `a`? columns: a, b, name"
      ),
      (
        "plot bars $t y=a by=c", "the table has no column `c`",
        "did you mean `a`? columns: a, b, name"
      ),
      (
        "plot lines $t y=name", "`name` holds \"x\" at row 0, where a number is needed",
        "columns of numbers are `a` and `b`"
      ),
      (
        "plot histogram $t x=name", "`name` holds \"x\" at row 0, where a number is needed",
        "columns of numbers are `a` and `b`"
      ),
      (
        "plot lines (1, \"two\")", "the list holds \"two\" at place 1, where a number is needed",
        "give a list of numbers"
      ),
      (
        "plot lines loss.pdf", "expected a table or a list of numbers, found \"loss.pdf\"",
        "put it before the file, as in `plot lines $t x=maps y=loss loss.pdf`"
      ),
      ("plot lines ()", "the list is empty: there is nothing to draw", nil),
      ("plot lines (table(a=())) y=a", "the table has no rows: there is nothing to draw", nil),
      ("plot lines (1, 2) y=a", "a list has no column `a`", "leave the option out"),
      (
        "plot lines $t y=a x=name log=xy",
        "the horizontal axis has categories, which stand at equal distances",
        "leave out `log=`, or write `log=y`"
      ),
      (
        "plot bars $t y=a x=b xrange=0..1",
        "the horizontal axis has categories, which stand at equal distances", "leave out `xrange=`"
      ),
      (
        "plot lines (-1, 0) log=y",
        "nothing is left to draw: no point has positive values, which a logarithmic axis needs",
        "leave out log="
      ),
      (
        "plot histogram (-1, 0) log=x",
        "nothing is left to draw: a logarithmic axis needs positive values", "leave out log="
      ),
      (
        "plot lines (1, 2) xrange=5..9", "no point lies in this range", "the points lie from 0 to 1"
      ),
      (
        "plot lines (1, 2) yrange=..0.5", "no point lies in this range",
        "the points lie from 1 to 2"
      ),
      (
        "plot histogram (1, 2) xrange=5..9", "no value lies in this range",
        "the values lie from 1 to 2"
      ),
      (
        "plot lines (1, 2) xrange=2..x",
        "`xrange=` takes a lower and a higher number, found `2..x`",
        "write `xrange=0..100`, or `0..` or `..100` for one end only"
      ),
      (
        "plot lines (1, 2) yrange=\"3..1\"",
        "`yrange=` takes a lower and a higher number, found `3..1`",
        "write `yrange=0..100`, or `0..` or `..100` for one end only"
      ),
      (
        "plot lines (1, 2) log=y yrange=0..5", "a logarithmic axis has positive numbers only",
        "give positive ends, or leave out log="
      ),
      (
        "plot lines (1, 2) size=10x900",
        "`size=` takes a width and a height from 100 to 4000 points",
        "write `size=600x380`"
      ),
      (
        "plot lines $t y=a,b legend=one", "`legend=` has 1 name, and there are 2 series",
        "in this order: `a` and `b`"
      ),
      ("plot loss xrange=0..1", "`plot loss` has no option `xrange=`", nil),
    ] as [(String, String, String?)]
  )
  func refusals(call: String, message: String, remedy: String?) throws {
    let test = try TestSession()
    test.submit("\(Self.table); \(call)")
    #expect(test.diagnostics.map(\.message) == [message])
    if let remedy { #expect(test.diagnostics.first?.remedy == remedy) }
    let range = try #require(test.diagnostics.first?.range)
    #expect(range.upper > range.lower)
  }

  @Test("more series than can be told apart are refused, as many as can are drawn")
  func manySeries() throws {
    let test = try TestSession()
    test.submit("let t = table(a=1..200, b=1..200)")
    test.submit("plot lines $t y=b by=a")
    #expect(test.diagnostics.map(\.message) == ["200 series cannot be told apart; 28 are the most"])
    let some = try #require(test.figure("plot lines ($t[0..27]) y=b by=a"))
    #expect(some.panels[0].series.count == 28)
    test.submit("plot bars 0..500")
    #expect(
      test.diagnostics.last?.message == "bars at 501 places cannot be told apart; 500 are the most"
    )
  }

  @Test("empty cells and NaN are gaps, and a remark says how many there are")
  func gaps() throws {
    let test = try TestSession()
    test.submit("let t = table((record(a=1, b=2), record(a=2), record(a=3, b=4), record(b=9)))")
    #expect(
      test.remarks("plot lines $t x=a y=b a.png") == [
        "`a` has no finite value in 1 of 4 rows: left out",
        "`b` has no finite value in 1 of 4 rows: left out",
      ]
    )
    let line = try #require(test.figure("plot lines $t x=a y=b")?.panels[0].series.first)
    #expect(line.x == [1, 2, 3] && line.y[0] == 2 && line.y[1].isNaN && line.y[2] == 4)
    test.session.evaluator.variables["xs"] = .numbers([1, .nan, 3, .infinity])
    let remarks = test.remarks("plot lines $xs b.png")
    #expect(remarks == ["the list has no finite value in 2 of 4 places: left out"])
    #expect(test.remarks("plot histogram $xs c.png") == remarks)
    #expect(test.figure("plot histogram $xs")?.subtitle == "2 values, 2 bins")
    // A mean is of the values that there are.
    test.submit("let t = table((record(a=1, b=2), record(a=1), record(a=1, b=4)))")
    #expect(test.figure("plot lines $t x=a y=b")?.panels[0].series[0].y == [3])
    test.submit("let t = table((record(g=\"u\", b=2), record(b=5)))")
    #expect(
      test.remarks("plot scatter $t y=b by=g d.png") == [
        "`g` has no finite value in 1 of 2 rows: left out"
      ]
    )
    test.session.evaluator.variables["xs"] = .numbers([.nan, .nan])
    test.submit("plot lines $xs")
    #expect(test.diagnostics.map(\.message) == ["the list holds no finite number"])
  }

  @Test("what has no place on a logarithmic axis is left out, with a remark")
  func logarithms() throws {
    let test = try TestSession()
    #expect(
      test.remarks("plot lines (1, 0, -3, 100) log=y a.png") == [
        "2 points where `value` is zero or negative have no place on a logarithmic axis: left out"
      ]
    )
    let line = try #require(test.figure("plot lines (1, 0, -3, 100) log=y")?.panels[0].series.first)
    #expect(line.y[0] == 1 && line.y[1].isNaN && line.y[2].isNaN && line.y[3] == 100)
    #expect(
      test.remarks("plot lines (5, 6, 7) log=x b.png") == [
        "1 row where `place` is zero or negative has no place on a logarithmic axis: left out"
      ]
    )
    #expect(
      test.remarks("plot histogram (1, 0, 4) log=x c.png") == [
        "the list is zero or negative, without a place on a logarithmic axis, in 1 of 3 places: left out"
      ]
    )
    // A band that reaches below zero is cut at the axis.
    test.submit("let t = table(a=(1, 1, 2, 2), b=(1, 9, 2, 3))")
    #expect(test.submit("plot lines $t x=a y=b log=y d.png").failure == nil)
  }

  @Test(
    "one point, equal values, huge values and long names are drawn",
    arguments: [
      "lines (5)", "lines (5, 5, 5)", "bars (5)", "scatter (5)", "histogram (5)",
      "histogram (5, 5)",
      "lines (0, 0)", "lines (1e300, -1e300)", "bars (-1, 1)", "lines (1e-300, 1)",
      "lines (1, 2) title=$long xlabel=$long ylabel=$long legend=$long",
      "bars (table(a=($long, \"b\"), b=(1, 2))) x=a y=b by=a",
    ]
  )
  func extremes(call: String) throws {
    let test = try TestSession()
    test.submit("let long = \"\(String(repeating: "very long name ", count: 40))\"")
    for theme in ["light", "paper"] {
      #expect(test.submit("plot \(call) a.svg theme=\(theme)").failure == nil)
    }
    #expect(test.diagnostics.isEmpty)
  }
}
