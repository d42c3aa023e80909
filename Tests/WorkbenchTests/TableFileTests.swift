import CommandLanguage
import Foundation
import Testing

@testable import Sessions
@testable import Workbench

@Suite("Tables in files")
struct TableFileTests {
  private func written(_ table: String, to name: String, _ options: String = "") throws -> String {
    let test = try TestSession()
    test.submit("write \(name) (\(table)) \(options)")
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    return try String(contentsOfFile: test.folder(name), encoding: .utf8)
  }

  @Test("a table is written and read again as it was, whatever its texts hold")
  func roundTrip() throws {
    for ending in ["csv", "tsv"] {
      let test = try TestSession()
      test.submit(
        #"""
        let t = table(n=(1, -0.1, 1e300, 123456789.5), s=("a,b", "say \"hi\"", "two\nlines", " tab\t"), b=(true, false, true, true), k=("#1", "", "x", "ü"))
        let t = table($t, record(n=7))
        write t.\#(ending) $t
        let u = read t.\#(ending)
        """#
      )
      #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
      guard case .table(let first)? = test.session.evaluator.variables["t"],
        case .table(let second)? = test.session.evaluator.variables["u"]
      else {
        Issue.record("no table")
        return
      }
      #expect(first["n"] == second["n"] && first["b"] == second["b"])
      #expect(second["k"] == ["#1", .nothing, "x", "ü", .nothing])
      #expect(second["s"]?.prefix(3) == ["a,b", "say \"hi\"", "two\nlines"])
    }
  }

  /// What pandas 2's `to_csv(index=False)` writes of the same table, but for its `nan`s, which are empty there.
  @Test("CSV is what other programs read")
  func csv() throws {
    #expect(
      try written("table(a=(1, 0.5), b=(\"x,y\", \"z\"))", to: "t.csv") == "a,b\n1,\"x,y\"\n0.5,z\n"
    )
    #expect(
      try written("table(a=(1, 0.123456), b=2)", to: "t.csv", "digits=2") == "a,b\n1,2\n0.12,2\n"
    )
    #expect(try written("record(a=1)", to: "t.tsv") == "a\n1\n")
  }

  @Test("JSON is a list of objects")
  func json() throws {
    let text = try written("table(table(a=(1, 2), b=\"x\"), record(a=3))", to: "t.json")
    let objects = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    #expect(objects?.count == 3 && objects?[1]["a"] as? Double == 2)
    #expect(objects?[2]["b"] is NSNull)
  }

  @Test("LaTeX and Markdown are set for people, with deviations where they are wanted")
  func people() throws {
    let table = "table(name=(\"a_b\", \"50 %\"), loss_mean=(0.5, 0.25), loss_std=(0.125, 0.0625))"
    #expect(
      try written(table, to: "t.tex", "digits=2 errors=on") == #"""
        % \usepackage{booktabs}
        \begin{tabular}{lr}
          \toprule
          name & loss \\
          \midrule
          a\_b & $0.50 \pm 0.12$ \\
          50 \% & $0.25 \pm 0.06$ \\
          \bottomrule
        \end{tabular}

        """#
    )
    #expect(
      try written(table, to: "t.md", "digits=3 errors=on") == """
        | name | loss |
        | --- | ---: |
        | a_b | 0.500 ± 0.125 |
        | 50 % | 0.250 ± 0.062 |

        """
    )
    #expect(try written("table(x=\"a|b\")", to: "t.md").hasSuffix("| a\\|b |\n"))
  }

  @Test(
    "tables of other programs are read",
    arguments: [
      ("a;b\n1,5;x\n2;y\n", "a", [1.5, 2] as [Value]),
      ("run\tval loss\n1\t0.5\n2\tnan\n", "val_loss", [0.5, .number(.nan)]),
      ("a,a,\n1,2,3\n", "a_2", [2]), ("a,a,\n1,2,3\n", "column_3", [3]),
      ("# made by hand\nx y\n1 2\n", "y", [2]), ("2023,b\n1,2\n", "_2023", [1]),
      ("a,b\n1\n2,3\n", "b", [.nothing, 3]), ("a\nTrue\nFalse\n", "a", [true, false]),
      ("\u{FEFF}a,b\r\n1,2\r\n", "a", [1]), ("a\n1\nx\n", "a", ["1", "x"]),
    ]
  )
  func foreign(text: String, column: String, expected: [Value]) throws {
    let test = try TestSession()
    try text.write(toFile: test.folder("t.csv"), atomically: false, encoding: .utf8)
    test.submit("let t = read t.csv")
    guard case .table(let table)? = test.session.evaluator.variables["t"] else {
      Issue.record("no table: \(test.diagnostics.map(\.message))")
      return
    }
    #expect(table[column]?.map(\.description) == expected.map(\.description), "\(table.names)")
  }

  @Test(
    "what cannot be written or read says why",
    arguments: [
      ("write t.csv (table())", "the table is empty"),
      ("write t.xls (record(a=1))", "expected the name of a file ending in .csv"),
      ("write t.csv 5", "expected a table"), ("read none.csv", "there is no file"),
      ("write t.csv (record(a=1)) errors=on", "numbers with their deviations are texts"),
      ("write none/t.csv (record(a=1))", "cannot write"), ("read empty.csv", "is empty"),
      ("read wide.csv", "line 2 of `wide.csv` has 3 values, its first line 2 names"),
    ]
  )
  func errors(text: String, message: String) throws {
    let test = try TestSession()
    try "".write(toFile: test.folder("empty.csv"), atomically: false, encoding: .utf8)
    try "a,b\n1,2,3\n".write(toFile: test.folder("wide.csv"), atomically: false, encoding: .utf8)
    let failure = try #require(test.submit(text).failure)
    #expect(failure.contains(message), "\(failure)")
  }

  @Test("what commands print as a table is one")
  func commandTables() throws {
    let test = try TestSession()
    test.submit(
      """
      data badd lengths=8,16 batch=4; model rse maps=4 blocks=1; train 2
      let r = test count=8
      write test.csv $r
      let m = show models
      let c = compare steps=1 count=4
      let l = show log
      """
    )
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(
      try String(contentsOfFile: test.folder("test.csv"), encoding: .utf8)
        .hasPrefix("length,symbols,right,sequences\n8,")
    )
    #expect(test.stableLines("$m.parameters[0] > 0; length($c.table)") == ["true", "1"])
    #expect(test.stableLines("$l.step[0..1]") == ["1,2"])
  }

  @Test("a training writes its steps as it goes, the same as the model keeps")
  func trainingLog() throws {
    let test = try TestSession()
    test.submit(
      "data badd lengths=8 batch=4; model rse maps=4 blocks=1; train 2; train 3 log=run.csv; let t = read run.csv; let l = show log"
    )
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    let lines = test.stableLines(
      "$t.step; $t.loss == $l.loss[2..4]; $t.rate == $l.rate[2..4]; min($t.seconds) > 0"
    )
    #expect(lines == ["3,4,5", "true", "true", "true"])
    #expect(
      try TestSession().submit("data badd; model rse maps=4; train 1 log=none/x.csv").failure?
        .contains("cannot write `none/x.csv`") == true
    )
  }
}
