import CommandLanguage
import Foundation
import Testing

@testable import Sessions
@testable import Workbench

@Suite("Sweeps")
struct SweepTests {
  private static let training =
    "{ data badd lengths=8 batch=4; model rse maps=$maps blocks=1; train 2 }"

  private func table(_ test: TestSession, _ name: String = "t") throws -> Table {
    guard case .table(let table)? = test.session.evaluator.variables[name] else {
      Issue.record("no table: \(test.diagnostics.map(\.message))")
      throw CancellationError()
    }
    return table
  }

  @Test("the block runs once for each combination, the last variable changing first")
  func combinations() throws {
    let test = try TestSession()
    let lines = test.stableLines("let t = sweep a=1,2 b=x,y c=5 { record(d=$a * $c, e=\"$b!\") }")
    #expect(
      lines == [
        "a  b  c   d  e", "1  x  5   5  x!", "1  y  5   5  y!", "2  x  5  10  x!",
        "2  y  5  10  y!",
      ]
    )
    #expect(try table(test).count == 4)
    test.submit("let u = sweep n=1..3 { $n ^ 2 }")
    #expect(try table(test, "u")["value"] == [1, 4, 9])
    test.submit("let v = sweep row=(table(p=(1, 2), q=(\"a\", \"b\"))) { $row.p + 1 }")
    #expect(try table(test, "v").names == ["p", "q", "value"])
    #expect(try table(test, "v")["value"] == [2, 3])
  }

  @Test("a run gives the numbers that the same statements give alone, whatever ran before it")
  func independence() throws {
    let test = try TestSession()
    test.submit("let t = sweep maps=4,8 seed=3..4 \(Self.training)")
    for (row, (maps, seed)) in [(4, 3), (4, 4), (8, 3), (8, 4)].enumerated() {
      let alone = try TestSession()
      alone.submit(
        "seed \(seed); data badd lengths=8 batch=4; model rse maps=\(maps) blocks=1; let r = train 2"
      )
      guard case .record(let record)? = alone.session.evaluator.variables["r"] else {
        Issue.record("no record")
        return
      }
      for name in ["loss", "accuracy", "weights"] {
        #expect(try table(test)[row][name] == record[name], "\(maps) \(seed) \(name)")
      }
    }
  }

  @Test("what a sweep finds stays as it was: variables, seed, models, data")
  func isolation() throws {
    let test = try TestSession()
    test.submit("seed 9; let a = 1; data sort lengths=8; model rse maps=4; train 1")
    let weights = test.session.currentModel?.trainer?.model.digest
    let lines = test.stableLines(
      """
      let t = sweep maps=4,8 { let a = 5; let r = 7; data badd lengths=8; model rse maps=$maps as=new; train 1 }
      $a
      """
    )
    #expect(lines.last == "1")
    #expect(test.session.evaluator.variables["r"] == nil)
    #expect(test.session.seed == 9 && test.session.models.map(\.name) == ["rse"])
    #expect(test.session.currentModel?.trainer?.model.digest == weights)
    #expect(test.session.data?.about.contains("sort") == true)
    // The data are there in a run, the models are not.
    test.submit("let u = sweep seed=1..2 { model rse maps=4; train 1 }")
    #expect(try table(test, "u").count == 2)
    #expect(
      test.submit("sweep seed=1..2 { train 1 }").failure?.contains("all 2 runs failed") == true
    )
  }

  @Test("a run that fails is a row with its message, and others go on")
  func failures() throws {
    let test = try TestSession()
    let lines = test.stableLines("let t = sweep n=0..2 { record(x=1 / $n) }")
    #expect(lines.last == "failed: n=0: division by zero")
    #expect(try table(test)["error"] == ["division by zero", "", ""])
    #expect(try table(test)["x"] == [.nothing, 1, 0.5])
    #expect(test.stableLines("mean($t.x)") == ["0.75"])
  }

  @Test("what runs show is shown where that is asked for")
  func verbose() throws {
    let test = try TestSession()
    #expect(test.stableLines("sweep n=1,2 { print run $n; $n }").first == "n  value")
    let lines = test.stableLines("sweep n=1,2 verbose=on { print run $n; $n }")
    #expect(Array(lines.prefix(3)) == ["run 1", "run 2", "n  value"])
  }

  @Test("runs that were kept are taken over, those that failed are done again")
  func resuming() throws {
    let test = try TestSession()
    let sweep =
      "let t = sweep a=1,2 b=1..3 to=runs.jsonl resume=on { write run-$a-$b.csv (record(x=$a)); record(x=$a / $b, y=\"$a\", z=$a > 1) }"
    test.submit(sweep)
    let whole = try table(test)
    let file = test.folder("runs.jsonl")
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 6)
    // As if the program had been killed after two runs, in the middle of writing a third.
    try (lines[0] + "\n" + lines[4] + "\n" + lines[3].prefix(20))
      .write(toFile: file, atomically: false, encoding: .utf8)
    for name in test.files where name.hasPrefix("run-") {
      try FileManager.default.removeItem(atPath: test.folder(name))
    }
    test.submit(sweep)
    #expect(try table(test) == whole)
    let written = test.files.filter { $0.hasPrefix("run-") }.sorted()
    #expect(written == ["run-1-2.csv", "run-1-3.csv", "run-2-1.csv", "run-2-3.csv"])
    // Another block is another sweep; so is another value of what it uses.
    test.submit("let w = 1; let t = sweep a=1,2 to=runs.jsonl resume=on { $a + $w }")
    #expect(try table(test)["value"] == [2, 3])
    test.submit("let w = 2; let t = sweep a=1,2 to=runs.jsonl resume=on { $a + $w }")
    #expect(try table(test)["value"] == [3, 4])
    // Without resume=on everything is done.
    test.submit("let t = sweep a=1,2 to=runs.jsonl { write again-$a.csv (record(x=1)); $a + $w }")
    #expect(test.files.filter { $0.hasPrefix("again") }.count == 2)
  }

  @Test("numbers that are not finite are taken over as they were")
  func special() throws {
    let test = try TestSession()
    try "x\nnan\ninf\n-inf\n0.1\n".write(
      toFile: test.folder("x.csv"),
      atomically: false,
      encoding: .utf8
    )
    let sweep = "let t = sweep i=0..3 to=r.jsonl resume=on { let x = read x.csv; $x.x[$i] }"
    test.submit(sweep)
    test.submit(sweep)
    let values = try #require(try table(test)["value"]).map(\.description)
    #expect(values == ["nan", "inf", "-inf", "0.1"])
  }

  @Test(
    "wrong sweeps say what is wrong",
    arguments: [
      ("sweep { 1 }", "nothing varies"), ("sweep a=1", "`sweep` needs a block"),
      ("sweep a=() { 1 }", "`a` has no values"), ("sweep seed=-1 { 1 }", "-1 is no seed"),
      ("sweep a=(1..1000) b=(1..1000) { 1 }", "more than 100000 runs"),
      ("sweep a=1 a=2 { 1 }", "`a` of `sweep` is given twice"),
      ("sweep a=1 to=x.txt { 1 }", "`to` of `sweep`: expected"), ("sweep a=1 { $b }", "`$b`"),
    ]
  )
  func errors(text: String, message: String) throws {
    let failure = try #require(try TestSession().submit(text).failure)
    #expect(failure.contains(message), "\(failure)")
  }

  @Test("Ctrl-C ends a sweep and keeps the runs that ended")
  func interruption() throws {
    let test = try TestSession()
    var looks = 0
    let session = Session(
      folder: test.folder.path,
      isInterrupted: {
        looks += 1
        return looks > 40
      }
    )
    let outcome = session.submit(
      "sweep a=1..100 to=runs.jsonl { let x = $a; let y = $x; $y }",
      name: "test"
    )
    #expect(outcome.ending == .interrupted)
    let lines = try String(contentsOfFile: test.folder("runs.jsonl"), encoding: .utf8)
      .split(separator: "\n")
    #expect((1..<100).contains(lines.count))
    looks = .min
    let rest = session.submit(
      "let t = sweep a=1..100 to=runs.jsonl resume=on { let x = $a; let y = $x; $y }",
      name: "test"
    )
    #expect(rest.output.first?.text == "\(lines.count) of 100 runs taken over from runs.jsonl")
  }
}
