import CommandLanguage
import Foundation
import Plotting
import TestSupport
import Testing

@testable import Figures
@testable import Sessions
@testable import Workbench

@Suite("Figures of one's own numbers")
struct ValueFigureTests {
  private static let table =
    """
    let t = table(maps=(24, 24, 48, 48), loss=(0.5, 0.3, 0.2, 0.1), task=("add", "sort", "add", "sort"))
    """

  private func panel(_ text: String) throws -> Panel {
    let figure = try TestSession().figure("\(Self.table); \(text)")
    return try #require(figure?.panels.first)
  }

  private func near(_ values: [Double], _ others: [Double]) -> Bool {
    values.count == others.count
      && zip(values, others).allSatisfy { abs($0 - $1) < 1e-12 || $0.isNaN && $1.isNaN }
  }

  // MARK: Lines

  @Test(
    "rows at the same place are one point: their mean, and around it what error= says",
    arguments: [
      // Of 0.5 and 0.3 the deviations from the mean are 0.1 each: the standard deviation is √0.02, of 0.2 and 0.1 √0.005.
      ("", [0.4 - 0.02.squareRoot(), 0.15 - 0.005.squareRoot()]),
      ("error=std", [0.4 - 0.02.squareRoot(), 0.15 - 0.005.squareRoot()]),
      // Over √2 they are 0.1 and 0.05.
      ("error=sem", [0.3, 0.1]), ("error=range", [0.3, 0.1]), ("error=none", []),
    ]
  )
  func means(option: String, lower: [Double]) throws {
    let panel = try panel("plot lines $t x=maps y=loss \(option)")
    let line = try #require(panel.series.first)
    #expect(panel.series.count == 1 && line.x == [24, 48] && near(line.y, [0.4, 0.15]))
    let spread = line.spread
    #expect(near(spread?.lower ?? [], lower))
    #expect(near(spread?.upper ?? [], lower.isEmpty ? [] : [0.8 - lower[0], 0.3 - lower[1]]))
    #expect(spread?.form == (lower.isEmpty ? nil : .band))
    #expect(panel.x.label == "maps" && panel.y.label == "loss")
    #expect(panel.variesRhythms)
  }

  @Test("the subtitle says what the band is, and of how many rows")
  func subtitles() throws {
    let test = try TestSession()
    test.submit("let t = table(a=(1, 1, 2, 2, 2, 3), b=(1, 2, 3, 4, 5, 6))")
    let first = test.figure("plot lines $t x=a y=b error=sem")
    #expect(first?.subtitle == "mean ± standard error, n = 1 to 3" && first?.title == "b over a")
    #expect(test.figure("plot lines $t x=a y=b error=none")?.subtitle == "mean, n = 1 to 3")
    #expect(test.figure("plot lines $t y=b smooth=2")?.subtitle == "running mean over 3 points")
    // A place with one row has a gap in the band.
    let spread = test.figure("plot lines $t x=a y=b")?.panels[0].series[0].spread
    #expect(spread?.upper.last?.isNaN == true && spread?.upper[0].isNaN == false)
  }

  @Test("values of by= and columns of y= are series, named in the legend")
  func series() throws {
    let groups = try panel("plot lines $t x=maps y=loss by=task")
    #expect(groups.series.map(\.name) == ["add", "sort"])
    #expect(groups.series.map(\.y) == [[0.5, 0.2], [0.3, 0.1]])
    #expect(groups.series.map(\.color) == [.palette(0), .palette(1)])
    // Numbers are ascending, and need their column.
    let sizes = try panel(
      "plot lines (table(a=(2, 1, 2), b=(3, 4, 5), on=(true, true, false))) y=b by=a"
    )
    #expect(sizes.series.map(\.name) == ["a = 1", "a = 2"])
    #expect(sizes.series.map(\.x) == [[1], [0, 2]])
    let both = try panel("plot lines $t x=task y=loss,maps by=maps")
    #expect(
      both.series.map(\.name)
        == ["loss, maps = 24", "loss, maps = 48", "maps, maps = 24", "maps, maps = 48"]
    )
    #expect(both.y.label.isEmpty)
    let named = try panel("plot lines $t x=maps y=loss by=task legend=\"A task\",B ylabel=error")
    #expect(named.series.map(\.name) == ["A task", "B"] && named.y.label == "error")
    #expect(try panel("plot lines $t y=loss by=task legend=none").legend == .none)
  }

  @Test("texts on the horizontal axis are categories in their order")
  func categories() throws {
    let panel = try panel("plot lines $t x=task y=loss")
    #expect(panel.x.ticks == .categories(["add", "sort"]))
    #expect(panel.x.lower == -0.5 && panel.x.upper == 1.5)
    #expect(panel.series.map(\.x) == [[0, 1]] && near(panel.series[0].y, [0.35, 0.2]))
  }

  @Test("a list stands over its places, a labelled list over its labels")
  func lists() throws {
    let list = try panel("plot lines (4, 9, 16)")
    #expect(list.series.map(\.x) == [[0, 1, 2]] && list.series.map(\.y) == [[4, 9, 16]])
    #expect(list.x.label == "place")
    let value = Value.labelled([8: 0.5, 16: 0.25])
    let test = try TestSession()
    test.session.evaluator.variables["a"] = value
    let labelled = try #require(test.figure("plot lines $a")?.panels.first)
    #expect(labelled.series.map(\.x) == [[8, 16]] && labelled.series.map(\.y) == [[0.5, 0.25]])
  }

  @Test("smooth= draws the running mean bold and the line faint, or the band of the mean")
  func smoothing() throws {
    let series = try panel("plot lines (1, 4, 9, 16, 25) smooth=3").series
    #expect(series.map(\.y).first == [1, 4, 9, 16, 25])
    // The ends have no neighbours on one side.
    let means: [Double] = [1, 14.0 / 3, 29.0 / 3, 50.0 / 3, 25]
    #expect(series.map(\.y).last == means)
    #expect(series[0].opacity < 0.5 && series[1].opacity == 1)
    let band = try panel(
      "plot lines (table(a=(1, 1, 2, 2, 3, 3), b=(0, 2, 3, 5, 6, 8))) x=a y=b smooth=3 error=range"
    ).series
    #expect(band.map(\.y) == [[1, 4, 7]])
    #expect(band[0].spread?.lower == [0, 3, 6] && band[0].spread?.upper == [2, 5, 8])
  }

  @Test("markers stand at the points of short lines only")
  func markers() throws {
    #expect(try panel("plot lines 1..40").series.map(\.form) == [.lineAndMarkers])
    #expect(try panel("plot lines 1..41").series.map(\.form) == [.line])
  }

  // MARK: Other figures

  @Test("a scatter has a marker for each row")
  func scatter() throws {
    let series = try panel("plot scatter $t x=maps y=loss by=task").series
    #expect(
      series.map(\.x) == [[24, 48], [24, 48]] && series.map(\.form) == [.markers, .markers]
    )
    #expect(try panel("plot scatter $t x=maps y=loss").series.map(\.y) == [[0.5, 0.3, 0.2, 0.1]])
  }

  @Test("bars stand at categories, numbers in ascending order, with whiskers around means")
  func bars() throws {
    let panel = try panel("plot bars (table(a=(48, 8, 48), b=(1, 5, 3))) x=a y=b")
    #expect(panel.x.ticks == .categories(["8", "48"]))
    let bars = try #require(panel.series.first)
    #expect(bars.x == [0, 1] && bars.y == [5, 2] && bars.form == .bars)
    #expect(bars.spread?.form == .whiskers)
    #expect(near(bars.spread?.upper ?? [], [.nan, 2 + 2.0.squareRoot()]))
    let list = try self.panel("plot bars (3, 1)")
    #expect(list.x.ticks == .categories(["0", "1"]))
  }

  @Test("a histogram counts values in bins, one between two bins in the upper one")
  func histogram() throws {
    let panel = try panel("plot histogram (0, 1, 1, 2, 3, 4) bins=4")
    let boxes = try #require(panel.series.first)
    #expect(boxes.x == [0, 1, 1, 2, 2, 3, 3, 4] && boxes.y == [0, 1, 0, 2, 0, 1, 0, 2])
    #expect(boxes.form == .boxes && panel.y.label == "count" && panel.y.lower == 0)
    // 0.3 is an edge but for rounding.
    let groups = try self.panel("plot histogram $t x=loss by=maps bins=4").series
    #expect(groups.map(\.name) == ["", "maps = 24", "", "maps = 48"])
    #expect(groups[1].form == .steps && groups[1].y == [0, 0, 0, 1, 1, 0])
    #expect(groups[3].y == [0, 1, 1, 0, 0, 0] && groups[3].x.count == 6)
    let powers = try self.panel("plot histogram (1, 10, 100, 1000) bins=3 log=x").series
    #expect(powers[0].y == [0, 1, 0, 1, 0, 2] && near(powers[0].x, [1, 10, 10, 100, 100, 1000]))
    #expect(
      try self.panel("plot histogram (1, 1, 2) bins=2 log=y").series[0].y == [0.5, 2, 0.5, 1]
    )
  }

  @Test(
    "without bins= the rule with more bins decides",
    arguments: [
      // Sturges for 8 values: log2(8) + 1 = 4. Freedman and Diaconis: quartiles 1.75 and 5.25, width 7 / 2 = 3.5, 2 bins.
      ("(0..7)", 4),
      // 1000 values from 0 to 999: width 2 · 499.5 / 10, 10 bins; Sturges 10.97 wins with 11.
      ("(0..999)", 11),
      // Most values alike: the quartiles coincide, and Sturges' 4 bins for 8 values remain.
      ("(1, 1, 1, 1, 1, 1, 1, 5)", 4), ("(7, 7)", 1), ("(7)", 1),
    ]
  )
  func bins(list: String, count: Int) throws {
    let figure = try TestSession().figure("let xs = \(list); plot histogram $xs")
    #expect(figure?.subtitle?.hasSuffix(", \(count) bin\(count == 1 ? "" : "s")") == true)
  }

  // MARK: Axes

  @Test("log= chooses powers of two where all values are such, and ranges may have one end")
  func axes() throws {
    let binary = try panel("plot lines (table(n=(8, 16, 32), y=(1, 2, 3))) x=n y=y log=xy")
    #expect(binary.x.scale == .log2 && binary.y.scale == .log10)
    #expect(binary.x.ticks == .values([8, 16, 32]))
    #expect(try panel("plot lines $t x=maps y=loss log=x").x.scale == .log10)
    let ranges = try panel("plot lines $t x=maps y=loss xrange=0..100 yrange=..0.5")
    #expect(ranges.x.lower == 0 && ranges.x.upper == 100)
    #expect(ranges.y.lower == nil && ranges.y.upper == 0.5)
    let fraction = try panel("plot lines $t x=maps y=loss yrange=-0.25..1e0 xrange=24..")
    #expect(fraction.y.lower == -0.25 && fraction.y.upper == 1 && fraction.x.lower == 24)
  }

  @Test("size= is in points, also with theme=paper")
  func sizes() throws {
    let test = try TestSession()
    #expect(test.figure("plot lines (1, 2) size=400x300")?.size == Size(400, 300))
    #expect(test.figure("plot lines (1, 2) size=300x200 theme=paper")?.size == Size(300, 200))
    #expect(test.figure("plot lines (1, 2) theme=paper")?.size.width == 237.6)
    test.submit("data badd lengths=8 batch=4; model rse maps=2; train 1")
    #expect(test.figure("plot loss size=500x500")?.size == Size(500, 500))
  }

  @Test(
    "each figure goes into each format in each theme",
    arguments: ["lines $t x=maps y=loss", "scatter $t x=maps y=loss", "bars $t x=task y=loss"]
      + ["histogram $t x=loss"]
  )
  func formats(call: String) throws {
    let test = try TestSession()
    test.submit(Self.table)
    let starts = ["png": [0x89, 0x50], "svg": [0x3C], "pdf": [0x25, 0x50]] as [String: [UInt8]]
    for (format, start) in starts {
      for theme in ["light", "dark", "paper"] {
        #expect(test.submit("plot \(call) a.\(format) theme=\(theme)").failure == nil)
        let file = URL(fileURLWithPath: test.folder("a.\(format)"))
        #expect(try Data(contentsOf: file).starts(with: start))
      }
    }
    #expect(test.diagnostics.isEmpty)
  }
}
