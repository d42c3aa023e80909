import CommandLanguage
import Plotting
import Testing

@testable import Figures
@testable import Sessions
@testable import Tasks
@testable import Training
@testable import Workbench

@Suite("Figures of a test")
struct TestFigureTests {
  @Test("a confusion matrix has rows of right symbols, the first at the top, and shares of each")
  func matrix() throws {
    // Of three times 0, one is taken for 1 and one for a blank; of two times 1 none; a blank once for 1.
    let figure = ConfusionFigure(
      counts: [(1, 1, 1), (1, 2, 1), (1, 0, 1), (2, 2, 2), (0, 2, 1)],
      task: Addition(.binary),
      title: "",
      subtitle: ""
    )
    #expect(figure.names == ["_", "0", "1"])
    #expect(figure.counts == [[0, 0, 1], [1, 1, 1], [0, 0, 2]])
    let map = try #require(figure.figure.panels[0].heatMap)
    let third = Float(1) / 3
    #expect(map.values == [0, 0, 1, third, third, third, 0, 0, 1])
    #expect(map.cellLabels == ["", "", "2", "1", "1", "1", "", "", "1"])
    #expect(
      figure.figure.panels[0].y.ticks == .labelled([Tick(2, "_"), Tick(1, "0"), Tick(0, "1")])
    )
    #expect(figure.figure.footnote == nil)
  }

  @Test("a symbol that is never right has an empty row; those without a name show their numbers")
  func strange() throws {
    let figure = ConfusionFigure(
      counts: [(1, 3, 4), (1, 4, 1)],
      task: Rotation(),
      title: "",
      subtitle: ""
    )
    #expect(figure.names == ["0", "? (3)", "? (4)"])
    let values = try #require(figure.figure.panels[0].heatMap).values
    #expect(values.prefix(6).allSatisfy(\.isNaN) && values.suffix(3) == [0, 0.8, 0.2])
  }

  @Test("of many symbols the most frequent are shown, without counts in the cells")
  func many() throws {
    let counts = (1...150).map { (target: $0, answer: $0, count: $0) }
    let figure = ConfusionFigure(
      counts: counts,
      task: Sorting(symbols: 200),
      title: "",
      subtitle: ""
    )
    #expect(figure.names == (51...150).map(String.init))
    #expect(figure.figure.footnote == "The 100 most frequent symbols; 50 more occur.")
    #expect(figure.figure.panels[0].heatMap?.cellLabels == [])
  }

  @Test("both figures count what the test counts")
  func sums() throws {
    let test = try TestSession()
    test.submit(
      """
      seed 4; data badd lengths=8,16; model rse maps=8; train 10
      let t = test count=40
      let c = plot confusion count=40 c.png
      let p = plot positions count=40 p.png
      let h = plot confusion count=40 hard=on lengths=8 of=rse h.svg
      """
    )
    for check in [
      "assert sum((sum($row) for row in $c.counts)) == $t.symbols[8] + $t.symbols[16]",
      "assert sum($p.count[8]) == $t.symbols[8] and sum($p.count[16]) == $t.symbols[16]",
      "let wrong = $t.errors[8] + $t.errors[16]",
      "assert abs($c.accuracy - 1 + $wrong / ($t.symbols[8] + $t.symbols[16])) < 1e-9",
      "let right = ($a * $p.count[8][$k] for a, k in $p.accuracy[8])",
      "assert abs(sum($right) - $t.symbols[8] + $t.errors[8]) < 1e-9",
      "assert $c.symbols[0] == \"_\" and $h.counts != $c.counts",
    ] {
      let failure = test.submit(check).failure
      #expect(failure == nil, "\(check): \(failure ?? "")")
    }
    #expect(test.files == ["c.png", "h.svg", "p.png"])
  }

  @Test(
    "what they cannot show is refused with what to do",
    arguments: [
      ("plot confusion", "a confusion matrix is about tasks of symbols"),
      ("plot positions", "accuracy over positions is about tasks of symbols"),
      ("data badd; model rse maps=2; plot confusion lengths=4,4", "once each"),
      ("plot rate hard=on", "hard"),
      ("plot confusion of=none", "no model named `none`"),
    ]
  )
  func refusals(statement: String, message: String) throws {
    let test = try TestSession()
    test.submit("data notes window=256; model rse maps=4 blocks=1")
    let failure = try #require(test.submit(statement).failure)
    #expect(failure.contains(message), "\(failure)")
  }

  @Test("a rate rises through the warm-up and falls to 0 where the schedule ends")
  func rate() throws {
    let test = try TestSession()
    test.submit(
      """
      data badd lengths=8 batch=2; model rse maps=2 schedule=20 warmup=4 rate=0.01; train 7
      let r = plot rate r.png
      """
    )
    // Step 8 is a quarter of the way from step 4 to step 20.
    #expect(test.submit("assert abs($r.rate - 0.0075) < 1e-12 and $r.step == 7").failure == nil)
    #expect(test.submit("assert $r.warmup == 4 and $r.schedule == 20").failure == nil)
    let slot = try test.session.model(named: nil)
    let row = RateFigure.Row(
      name: "rse",
      schedule: RateSchedule(rate: 0.01, steps: 20, warmup: 4),
      step: 7,
      rates: slot.trainer?.log.map(\.rate) ?? []
    )
    let series = RateFigure(rows: [row], title: nil).figure.panels[0].series
    #expect(series.map(\.name) == ["schedule", "done", "7 steps"])
    #expect(series[0].x == [7, 20] && series[0].y.last == 0)
    #expect(series[1].x == (1...7).map(Double.init))
    let expected = [0.0025, 0.005, 0.0075, 0.01, 0.01 * 15 / 16, 0.01 * 14 / 16, 0.01 * 13 / 16]
    for (found, wanted) in zip(series[1].y, expected) { #expect(abs(found - wanted) < 1e-12) }
    #expect(series[2].x == [7] && series[2].y == [series[1].y[6]])
  }

  @Test("without steps a rate is all to come; a log that is missing is taken from the schedule")
  func rateWithoutLog() {
    let schedule = RateSchedule(rate: 1, steps: 10, warmup: 2)
    func series(_ step: Int) -> [Series] {
      let row = RateFigure.Row(name: "m", schedule: schedule, step: step, rates: [])
      return RateFigure(rows: [row], title: nil).figure.panels[0].series
    }
    #expect(series(0).count == 1 && series(0)[0].x == [1, 2, 10] && series(0)[0].y == [0.5, 1, 0])
    #expect(series(12)[1].x == [1, 2, 10, 12] && series(12)[1].y == [0.5, 1, 0, 0])
  }
}
