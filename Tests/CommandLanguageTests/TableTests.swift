import CommandLanguage
import Foundation
import Testing

@Suite("Tables and records")
struct TableTests {
  private func host() throws -> TestHost {
    let host = TestHost()
    let runs = """
      let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.25, 0.125, 0.375), task="badd")
      """
    _ = try host.run(runs)
    return host
  }

  private func value(_ text: String) throws -> Value { try host().run(text) }

  private func error(_ text: String) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { _ = try value(text) }
  }

  @Test(
    "columns, rows and cells are reached by name and place",
    arguments: [
      ("length($t)", 4), ("names($t)", .list(["maps", "loss", "task"])),
      ("$t.loss", .list([0.5, 0.25, 0.125, 0.375])),
      ("$t[task]", .list(["badd", "badd", "badd", "badd"])),
      ("$t[-1].loss", 0.375), ("$t[0]", .record(["maps": 24, "loss": 0.5, "task": "badd"])),
      ("length($t[1..2])", 2), ("$t[2, 0].loss", .list([0.125, 0.5])),
      ("min($t.loss)", 0.125), ("sum($row.maps for row in $t)", 144),
      ("names(record(a=1, b=\"x\"))", .list(["a", "b"])), ("record(a=1, b=2).b", 2),
      ("length(table())", 0), ("table($t[0]).maps", .list([24])),
    ] as [(String, Value)]
  )
  func parts(text: String, expected: Value) throws {
    // A path follows a variable alone.
    guard !text.contains(").") else {
      let cut = text.components(separatedBy: ").")
      #expect(try value("let v = \(cut[0]))\n$v.\(cut[1])") == expected)
      return
    }
    #expect(try value(text) == expected)
  }

  @Test("rows are added, and what a row has not is empty and left out of sums")
  func addedRows() throws {
    let host = try host()
    _ = try host.run("let t = table($t, record(maps=96, note=\"no loss\"))")
    #expect(try host.run("length($t)") == 5)
    #expect(try host.run("$t.loss[-1]") == .nothing)
    #expect(try host.run("$t.note[0]") == .nothing)
    #expect(try host.run("mean($t.loss)") == .number(0.3125))
    #expect(
      try host.run(
        "let rows = (); for n in 1..3 { let rows = $rows, record(n=$n) }; let u = table($rows); $u.n"
      ) == .list([1, 2, 3])
    )
    #expect(
      try host.run("let v = table(record(n=$n, square=$n ^ 2) for n in 1..3); $v.square")
        == .list([1, 4, 9])
    )
    #expect(
      try host.run("let w = table($v, half=($n / 2 for n in $v.n)); $w.half")
        == .list([0.5, 1, 1.5])
    )
    #expect(
      try host.run("let f = table($row for row in $t if $row.maps == 48); $f.loss")
        == .list([0.125, 0.375])
    )
  }

  @Test(
    "rows are sorted by several columns, up and down, equal ones as they were, empty cells last"
  )
  func sorting() throws {
    let host = try host()
    #expect(
      try host.run("let s = sort($t, \"loss\"); $s.loss") == .list([0.125, 0.25, 0.375, 0.5])
    )
    #expect(
      try host.run("let s = sort($t, \"-maps\", \"loss\"); $s.loss")
        == .list([0.125, 0.375, 0.25, 0.5])
    )
    #expect(
      try host.run("let s = sort($t, \"task\"); $s.loss") == .list([0.5, 0.25, 0.125, 0.375])
    )
    _ = try host.run("let t = table($t, record(maps=1))")
    #expect(try host.run("let s = sort($t, \"-loss\"); $s.maps") == .list([24, 48, 24, 48, 1]))
  }

  /// By hand: the sample deviation of two numbers is their difference over √2.
  @Test("groups have the mean and deviation of every column of numbers")
  func groups() throws {
    let host = try host()
    _ = try host.run("let g = group($t, \"maps\")")
    #expect(try host.run("names($g)") == .list(["maps", "n", "loss_mean", "loss_std"]))
    #expect(try host.run("$g.loss_mean") == .list([0.375, 0.25]))
    guard case .list(let deviations) = try host.run("$g.loss_std") else {
      Issue.record("no column")
      return
    }
    for case .number(let deviation) in deviations {
      #expect(abs(deviation - 0.25 / 2.0.squareRoot()) < 1e-15)
    }
    #expect(try host.run("let g = group($t, \"maps\", \"task\"); $g.n") == .list([2, 2]))
    // One number has no deviation, none has no mean either; a group of an empty table has no rows.
    _ = try host.run("let h = group(table($t, record(maps=7)), \"maps\")")
    #expect(try host.run("$h.loss_mean[-1]") == .nothing)
    _ = try host.run("let h = group(table($t, record(maps=7, loss=2)), \"maps\")")
    #expect(try host.run("$h.loss_std[-1]") == .nothing)
    #expect(try host.run("length(group($t[()], \"maps\"))") == 0)
  }

  @Test("tables are shown in columns, long ones without their middle")
  func text() throws {
    let host = try host()
    _ = try host.run("let t = table($t, record(maps=7))")
    #expect(
      try host.run("$t").description == """
        maps   loss  task
          24    0.5  badd
          24   0.25  badd
          48  0.125  badd
          48  0.375  badd
           7      -  -
        """
    )
    let long = try host.run("table(n=1..100)").description.split(separator: "\n")
    #expect(long.count == 42 && long[31] == "  …" && long.last == "100")
    #expect(try host.run("table()").description == "an empty table")
    #expect(try host.run("$t").json.hasPrefix("[{\"maps\":24,\"loss\":0.5,\"task\":\"badd\"},"))
  }

  @Test(
    "what does not fit together is an error that says what is there",
    arguments: [
      ("table(a=(1, 2), b=(1, 2, 3))", "the column `a` has 2 values, `b` has 3", "single value"),
      ("table($t, x=(1, 2))", "the column `x` has 2 values, the table 4 rows", "single value"),
      ("$t.accuracy", "`$t` has no column `accuracy`", "columns: maps, loss, task"),
      ("$t[9]", "`$t` has no element 9", "numbered from 0 to 3"),
      ("sort($t, \"lss\")", "the table has no column `lss`", "did you mean `loss`?"),
      ("group($t, \"x\")", "the table has no column `x`", "columns: maps"),
      ("group(5, \"x\")", "`group`", ""), ("table(5)", "`table`", ""),
      ("mean(x=1)", "the values of `mean` have no names", "`record` and `table`"),
      ("record(a=1, a=2)", "`a` of `record` is given twice", ""),
      ("record(true=1)", "`true` has a meaning of its own", ""),
      ("mean($t.task)", "expected a number, found \"badd\"", ""),
    ]
  )
  func errors(text: String, message: String, remedy: String) throws {
    let error = try error(text)
    #expect(error.message.contains(message), "\(error.message)")
    if !remedy.isEmpty { #expect(error.remedy?.contains(remedy) == true, "\(error.remedy ?? "")") }
  }
}
