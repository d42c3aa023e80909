import Testing

@testable import Plotting

@Suite("Spreads of values")
struct SpreadTests {
  private static let area = Rect(x: 100, y: 100, width: 200, height: 100)

  /// A map on which the unit square fills an area.
  private static let map = PlotMap(
    area: area,
    x: AxisDomain(scale: .linear, lowerPlace: 0, upperPlace: 1),
    y: AxisDomain(scale: .linear, lowerPlace: 0, upperPlace: 1)
  )

  private func series(_ form: Spread.Form, upper: [Double] = [0.75, 0.75, 1]) -> Series {
    Series(
      x: [0, 0.5, 1],
      y: [0.5, 0.5, 0.5],
      spread: Spread(lower: [0.25, 0.25, 0], upper: upper, form: form)
    )
  }

  @Test("a band runs along the upper ends and back along the lower ones")
  func bands() throws {
    let shape = SpreadShape(series(.band), map: Self.map, offset: 0)
    #expect(
      shape.bands == [
        [
          Point(100, 125), Point(200, 125), Point(300, 100), Point(300, 200), Point(200, 175),
          Point(100, 175),
        ]
      ]
    )
    #expect(shape.whiskers.isEmpty)
  }

  @Test("a band ends at a gap; a point by itself has a whisker")
  func gaps() {
    let shape = SpreadShape(series(.band, upper: [0.75, .nan, 1]), map: Self.map, offset: 0)
    #expect(shape.bands.isEmpty && shape.whiskers.map(\.top) == [Point(100, 125), Point(300, 100)])
  }

  @Test("whiskers of bars stand at their middle")
  func whiskers() {
    let shape = SpreadShape(series(.whiskers), map: Self.map, offset: -0.25)
    #expect(shape.whiskers.map(\.top) == [Point(150, 125), Point(250, 100)])
    #expect(shape.whiskers.map(\.bottom) == [Point(150, 175), Point(250, 200)])
  }

  @Test("an end without a place on a logarithmic axis lies below it")
  func logarithms() {
    let map = PlotMap(
      area: Self.area,
      x: AxisDomain(scale: .linear, lowerPlace: 0, upperPlace: 1),
      y: AxisDomain(scale: .log10, lowerPlace: -1, upperPlace: 0)
    )
    let shape = SpreadShape(series(.whiskers), map: map, offset: 0)
    #expect(shape.whiskers.last?.bottom.y ?? 0 > Self.area.maxY)
  }

  @Test("the axes have room for it, and figures with it keep the rules of layout")
  func figures() {
    let lines = (0..<3).map { index in
      let y = [1, 2, 4].map { $0 + 5 * Double(index) }
      let spread = Spread(lower: y.map { $0 - 3 }, upper: y.map { $0 + 3 }, form: .band)
      return Series("series \(index)", x: [1, 2, 3], y: y, form: .lineAndMarkers, spread: spread)
    }
    #expect(PanelPlan(Panel(series: lines), theme: .light).yDomain.upper > 17)
    #expect(PanelPlan(Panel(series: lines), theme: .light).yDomain.lower < -2)
    let bars = lines.map { line in
      var bars = line
      bars.form = .bars
      bars.spread?.form = .whiskers
      return bars
    }
    for series in [lines, bars] {
      var panel = Panel(x: Axis("x"), y: Axis("y"), series: series)
      panel.variesRhythms = true
      for theme in [Theme.light, .dark, .paper] {
        expectRules(Figure(title: "T", panels: [panel]).drawList(theme: theme), "spread")
      }
    }
  }

  @Test("the vertical axis may span what is shown alone")
  func shownValues() {
    var panel = Panel(
      x: Axis(lower: 0, upper: 2),
      series: [Series(x: [0, 1, 2, 3], y: [0, 1, 2, 1000])]
    )
    #expect(PanelPlan(panel, theme: .light).yDomain.upper > 1000)
    panel.fitsShownValues = true
    #expect(PanelPlan(panel, theme: .light).yDomain.upper < 3)
  }

  @Test("series of a panel that asks for it differ in each theme without their colours")
  func rhythms() {
    let lines = (0..<28).map { Series("\($0)", x: [0, 1], y: [0, 1], color: .palette($0)) }
    var panel = Panel(series: lines)
    panel.variesRhythms = true
    for theme in [Theme.light, .dark, .paper] {
      let looks = PanelPlan(panel, theme: theme).looks
      #expect(Set(looks.prefix(4).map(\.dash)).count == 4)
      #expect(Set(looks.prefix(4).map(\.marker)).count == 4)
      #expect(looks.prefix(4).map(\.hatching) == [0, 1, 2, 3])
      // Seven colours and four rhythms.
      #expect(Set(looks.map { "\($0.color) \($0.dash)" }).count == 28)
    }
  }

  @Test("hatching stays apart by its directions and within a few points of the next line")
  func hatching() {
    let rect = Rect(x: 10, y: 20, width: 30, height: 40)
    #expect(Hatching.lines(in: rect, index: 0).isEmpty)
    let slopes = (1...6).map { index -> Set<Double> in
      let lines = Hatching.lines(in: rect, index: index)
      let rounded = lines.map { line -> Double in
        let (x, y) = (line.end.x - line.start.x, line.start.y - line.end.y)
        return x == 0 ? .infinity : (y / x * 1000).rounded() / 1000
      }
      return Set(rounded)
    }
    let expected: [Set<Double>] = [[1], [-1], [0], [1, -1], [.infinity], [0, .infinity]]
    #expect(slopes == expected)
    let levels = Hatching.lines(in: rect, index: 3).map(\.start.y)
    #expect(levels == [56, 52, 48, 44, 40, 36, 32, 28, 24])
  }

  @Test("of very many markers those stay that are not behind others")
  func manyMarkers() {
    let count = 200_000
    let series = Series(
      x: (0..<count).map { Double($0 % 1000) / 1000 },
      y: (0..<count).map { SampleFigures.noise($0) },
      form: .markers
    )
    let map = PlotMap(
      area: Self.area,
      x: AxisDomain(scale: .linear, lowerPlace: 0, upperPlace: 1),
      y: AxisDomain(scale: .linear, lowerPlace: -2, upperPlace: 2)
    )
    let markers = SeriesShape(series, map: map, bars: nil).markers
    // At most one in each square of half a marker's size: 80 × 40 of them.
    #expect(markers.count <= 81 * 41 && markers.count > 500)
  }
}
