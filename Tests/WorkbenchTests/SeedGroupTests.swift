import Plotting
import TestSupport
import Testing

@testable import Figures
@testable import Sessions
@testable import Workbench

@Suite("Means over seeds")
struct SeedGroupTests {
  private static let training =
    """
    data badd lengths=8 batch=4
    for s in 1..3 { seed $s; model rse maps=2 as=rse-$s; train 3 }
    seed 1; model rse maps=4 as=wide; train 3
    """

  private func slots(_ test: TestSession, _ names: [String]) throws -> [ModelSlot] {
    try names.map { try test.session.model(named: $0) }
  }

  @Test("models that differ in their seeds alone are one group, named by what their names share")
  func groups() throws {
    let test = try TestSession()
    test.submit("\(Self.training); seed 4; model rse maps=2 as=rse-4 rate=0.5; train 3")
    let slots = try slots(test, ["rse-1", "wide", "rse-2", "rse-3", "rse-4"])
    let groups = try SeedGroup.groups(of: slots)
    #expect(groups.map(\.name) == ["rse (3 seeds)", "wide", "rse-4"])
    #expect(
      groups.map { $0.slots.map(\.name) } == [["rse-1", "rse-2", "rse-3"], ["wide"], ["rse-4"]]
    )
  }

  @Test("the learning curve is the mean at each step, with the standard deviation around it")
  func learningCurve() throws {
    let test = try TestSession()
    test.submit(Self.training)
    let figure = test.figure("plot loss of=rse-1,rse-2,rse-3,wide group=seed")
    let slots = try slots(test, ["rse-1", "rse-2", "rse-3"])
    let series = try #require(figure?.panels.first?.series)
    #expect(series.map(\.name) == ["rse (3 seeds)", "wide"])
    #expect(series.map(\.x) == [[1, 2, 3], [1, 2, 3]])
    for step in 0..<3 {
      let losses = slots.compactMap { $0.trainer?.log[step].loss }
      let mean = (losses[0] + losses[1] + losses[2]) / 3
      let squares = losses.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      let deviation = (squares / 2).squareRoot()
      #expect(abs(series[0].y[step] - mean) < 1e-12)
      #expect(abs((series[0].spread?.upper[step] ?? 0) - mean - deviation) < 1e-12)
      #expect(abs((series[0].spread?.lower[step] ?? 0) - mean + deviation) < 1e-12)
    }
    #expect(series[1].spread == nil)
    #expect(figure?.subtitle == "mean ± standard deviation over seeds")
    // Without it each model is drawn, as ever.
    let single = test.figure("plot loss of=rse-1,rse-2")
    #expect(single?.panels[0].series.map(\.name) == ["rse-1", "rse-2"])
  }

  @Test("trainings of different lengths are averaged over the steps that all have, and it is said")
  func lengths() throws {
    let test = try TestSession()
    test.submit(Self.training)
    test.submit("data badd lengths=8 batch=4; seed 9; model rse maps=2 as=rse-9; train 5")
    #expect(
      test.remarks("plot loss of=rse-1,rse-9 group=seed a.png") == [
        "rse (2 seeds): trained for 3 to 5 steps, averaged over the first 3"
      ]
    )
    let figure = test.figure("plot loss of=rse-1,rse-9 group=seed")
    #expect(figure?.panels[0].series.map(\.x) == [[1, 2, 3]])
  }

  @Test("generalisation is averaged at each length")
  func generalisation() throws {
    let test = try TestSession()
    test.submit(Self.training)
    for name in ["rse-1", "rse-2"] {
      test.submit("test lengths=8,16 count=8 of=\(name)")
    }
    let panel = try #require(
      test.figure("plot generalisation of=rse-1,rse-2 group=seed")?.panels.first
    )
    let slots = try slots(test, ["rse-1", "rse-2"])
    let curve = try #require(panel.series.last)
    #expect(curve.name == "rse (2 seeds)" && curve.x == [8, 16] && panel.series.count == 1)
    for (place, length) in [8, 16].enumerated() {
      let scores = slots.compactMap { $0.tests?.scores[length]?.accuracy }
      #expect(abs(curve.y[place] - (scores[0] + scores[1]) / 2) < 1e-12)
      // Of two values the deviation is their distance over √2.
      let reach = abs(scores[0] - scores[1]) / 2.0.squareRoot()
      #expect(abs((curve.spread?.upper[place] ?? 0) - curve.y[place] - reach) < 1e-12)
    }
  }

  @Test(
    "models that are not alike, and seconds, are refused",
    arguments: [
      ("plot loss of=rse-1,wide group=seed", "no two of these models differ in their seeds alone"),
      (
        "plot loss of=rse-1,rse-2 group=seed x=seconds",
        "steps are averaged, and seconds differ from model to model"
      ),
    ]
  )
  func refusals(call: String, message: String) throws {
    let test = try TestSession()
    test.submit("\(Self.training); \(call)")
    #expect(test.diagnostics.map(\.message) == [message])
  }
}
