import Testing

@testable import Plotting

@Suite("Layout")
struct LayoutTests {
  @Test("all samples keep the rules", arguments: SampleFigures.all.map(\.name))
  func samplesKeepTheRules(name: String) throws {
    let sample = try #require(SampleFigures.all.first { $0.name == name })
    for width in [120.0, 420, 1300] {
      for height in [90.0, 260, 900] {
        var figure = sample.figure
        figure.size = Size(width, height)
        expectRules(figure.drawList(), "\(name) \(width)×\(height)")
      }
    }
  }

  @Test("strange data keep the rules", arguments: StrangeFigures.all.indices)
  func strangeDataKeepTheRules(index: Int) {
    expectRules(StrangeFigures.all[index].drawList(), "strange figure \(index)")
  }

  @Test("a figure gives the same drawing every time", arguments: SampleFigures.all.map(\.name))
  func sameDrawing(name: String) throws {
    let sample = try #require(SampleFigures.all.first { $0.name == name })
    #expect(sample.figure.drawList().digest == sample.figure.drawList().digest)
    #expect(sample.figure.drawList().digest != sample.figure.drawList(theme: .dark).digest)
  }

  @Test("a drawing in a panel has the colours of the figure's theme, opacities kept")
  func recoloredDrawing() {
    let light = Theme.light
    var drawing = DrawList(size: Size(300, 200), ground: light.ground)
    drawing.text("a", at: Point(20, 20), TextStyle(size: 9, color: light.text))
    drawing.rectangle(
      Rect(x: 40, y: 40, width: 50, height: 50),
      fill: light.palette[1].opacity(0.5),
      stroke: Stroke(Color(0x123456), width: 1)
    )
    let list = Figure(title: "x", panels: [Panel(drawing: drawing)]).drawList(theme: .dark)
    #expect(list.texts.contains { $0.text == "a" && $0.style.color == Theme.dark.text })
    let wanted = Theme.dark.palette[1].opacity(0.5)
    #expect(
      list.commands.contains {
        guard case .rectangle(_, _, let fill, let stroke) = $0 else { return false }
        return fill == wanted && stroke?.color == Color(0x123456)
      }
    )
  }

  @Test("a figure without data says so")
  func noData() {
    let withoutPanels = Figure(title: "x", panels: [])
    let unusable = Figure(
      title: "x",
      panels: [Panel(y: Axis(scale: .log10), series: [Series("a", x: [1, 2], y: [0, -1])])]
    )
    for figure in [SampleFigures.empty, withoutPanels, unusable] {
      #expect(figure.drawList().texts.contains { $0.text == "no data yet" })
    }
    #expect(!SampleFigures.onePoint.drawList().texts.contains { $0.text == "no data yet" })
  }

  @Test(
    "an absurd size is brought to one that can be laid out",
    arguments: [0, -5, 1e300, Double.infinity, -Double.infinity, Double.nan]
  )
  func absurdSizes(length: Double) {
    for sample in [SampleFigures.heatMap, SampleFigures.crowded] {
      var figure = sample
      figure.size = Size(length, length)
      let list = figure.drawList()
      #expect((100...1e5).contains(list.size.width) && (100...1e5).contains(list.size.height))
      expectRules(list, "size \(length)")
    }
  }

  @Test("a gap breaks the line and a lone point becomes a dot")
  func gaps() {
    let y = [1, 2, .nan, 3, .infinity, 2, 1, 2]
    let list = Figure(
      title: "",
      panels: [Panel(series: [Series(x: y.indices.map { Double($0) }, y: y)])]
    ).drawList()
    #expect(dataLines(list).map(\.count) == [2, 3])
    #expect(circles(list) == 1)
  }

  @Test("the legend takes the corner that the data leave free")
  func legendPlacement() throws {
    let x = (0...100).map { Double($0) / 100 }
    for (curve, isRight, isTop) in [
      ({ 1 - $0 }, true, true), ({ $0 }, false, true), ({ $0 * $0 * $0 * 0.8 + 0.2 }, false, true),
      ({ min(1, $0 * 8) }, true, false),
    ] as [((Double) -> Double, Bool, Bool)] {
      let series = Series("the curve", x: x, y: x.map(curve))
      let list = Figure(title: "", panels: [Panel(series: [series])]).drawList()
      let name = try #require(list.texts.first { $0.text == "the curve" })
      #expect((name.position.x > list.size.width / 2) == isRight)
      #expect((name.position.y < list.size.height / 2) == isTop)
      for line in dataLines(list) where line.count > 2 {
        for (start, end) in zip(line, line.dropFirst()) {
          #expect(name.bounds.coveredLength(from: start, to: end) == 0)
        }
      }
    }
  }

  @Test("where every corner is taken the legend goes above the axes")
  func legendAbove() throws {
    let list = SampleFigures.crowded.drawList()
    let name = try #require(list.texts.first { $0.text.hasPrefix("run 0") })
    let highest = try #require(
      dataLines(list).filter { $0.count > 2 }.flatMap { $0 }.map(\.y).min()
    )
    #expect(name.bounds.maxY < highest)
  }

  @Test("a legend with more entries than fit counts the rest", arguments: [60, 97, 120])
  func endlessLegend(count: Int) throws {
    let series = (0..<count).map { run in
      Series("run number \(run)", x: [0, 1], y: [Double(run), Double(count - run)])
    }
    let list = Figure(title: "", panels: [Panel(series: series)]).drawList()
    let names = list.texts.map(\.text).filter { $0.hasPrefix("run number ") }
    #expect(names == (0..<names.count).map { "run number \($0)" })
    let remarks = list.texts.map(\.text).filter { $0.hasSuffix(" more") }
    #expect(remarks == ["and \(count - names.count) more"])
    #expect(!names.isEmpty && names.count < count)
    expectRules(list, "endless legend")
  }

  @Test("panels in a column share the left and right edge of their axes")
  func alignedPanels() {
    let list = SampleFigures.learningCurve.drawList()
    let clips = list.commands.compactMap { if case .pushClip(let rect) = $0 { rect } else { nil } }
    #expect(clips.count == 4)
    #expect(clips[0].midX == clips[2].midX)
    #expect(clips[1].width == clips[3].width)
  }

  @Test("raw curves lie below all means")
  func faintBelow() {
    let opacities = SampleFigures.runs.drawList().commands.compactMap { command -> UInt8? in
      if case .polyline(let points, let stroke) = command, points.count > 2, stroke.roundCaps {
        stroke.color.alpha
      } else {
        nil
      }
    }
    #expect(opacities == [71, 71, 71, 71, 255, 255, 255, 255])
  }

  @Test("series past the palette differ in rhythm")
  func palette() {
    let panel = Panel(series: (0..<9).map { Series("\($0)", x: [0, 1], y: [0, Double($0)]) })
    let looks = PanelPlan(panel, theme: .light).looks
    #expect(looks[0].color == looks[7].color)
    #expect(looks[0].dash == .solid)
    #expect(looks[7].dash == .dashed)
  }

  @Test("the running mean of a constant is that constant from the start")
  func smoothing() {
    let pair = Series.smoothed("mean", x: [0, 1, 2, 3], y: [2, 2, .nan, 2], index: 1, span: 10)
    #expect(pair.count == 2)
    #expect(pair[0].name.isEmpty)
    #expect(pair[1].y.filter { abs($0 - 2) < 1e-12 }.count == 3)
    #expect(pair[1].y[2].isNaN)
    #expect(Series.smoothed("raw", x: [0], y: [1], index: 0, span: 1).count == 1)
  }

  @Test("bars of two series stand side by side on zero")
  func bars() {
    let list = SampleFigures.bars.drawList()
    let bars = list.commands.compactMap { command -> Rect? in
      if case .rectangle(let rect, _, let fill, _) = command,
        fill == Theme.light.color(at: 0) || fill == Theme.light.color(at: 1), rect.width > 12
      {
        rect
      } else {
        nil
      }
    }
    #expect(bars.count == 8)
    #expect(Set(bars.map { $0.maxY.rounded() }).count == 1)
    for (index, bar) in bars.enumerated() {
      #expect(!bars[..<index].contains { $0.inset(by: 0.1).overlaps(bar.inset(by: 0.1)) })
    }
  }

  private func dataLines(_ list: DrawList) -> [[Point]] {
    list.commands.compactMap { command in
      if case .polyline(let points, let stroke) = command, stroke.roundCaps { points } else { nil }
    }
  }

  private func circles(_ list: DrawList) -> Int {
    list.commands.filter { if case .circle = $0 { true } else { false } }.count
  }
}
