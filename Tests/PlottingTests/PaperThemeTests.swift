import Testing

@testable import Plotting

@Suite("Figures for papers")
struct PaperThemeTests {
  @Test(
    "are a column wide, without titles, in type of 8 points",
    arguments: SampleFigures.all.map(\.name)
  )
  func columns(name: String) throws {
    let sample = try #require(SampleFigures.all.first { $0.name == name }).figure
    let figure = sample.inColumn()
    let list = figure.drawList(theme: .paper)
    expectRules(list, name)
    let hasDrawing = sample.panels.contains { $0.drawing != nil }
    if sample.columns == 1, !hasDrawing {
      #expect(list.size.width == 237.6)
      #expect(list.texts.allSatisfy { $0.style.size == 8 || $0.text == sample.footnote })
    }
    #expect(list.ground == Color(0xFFFFFF))
    #expect(!list.texts.contains { $0.text == sample.title })
    #expect(sample.inColumn(keepsTitle: true).title == sample.title)
  }

  @Test("tell lines apart in grey by their dashes, and marks by their shapes")
  func rhythms() {
    let lines = (0..<4).map { Series("\($0)", x: [0, 1], y: [0, Double($0)]) }
    let marks = lines.map { line in
      var marks = line
      marks.form = .markers
      return marks
    }
    func looks(_ series: [Series], _ theme: Theme) -> [PanelPlan.Look] {
      PanelPlan(Panel(series: series), theme: theme).looks
    }
    #expect(Set(looks(lines, .paper).map(\.dash)).count == 4)
    #expect(Set(looks(marks, .paper).map(\.marker)).count == 4)
    #expect(Set(looks(lines, .light).map(\.dash)) == [.solid])
    #expect(Set(looks(marks, .light).map(\.marker)) == [.circle])
  }

  @Test("leave faint curves solid, and given dashes and markers as they are")
  func givenLooks() {
    var faint = Series("a", x: [0, 1], y: [0, 1], color: .palette(1), opacity: 0.28)
    #expect(PanelPlan(Panel(series: [faint]), theme: .paper).looks[0].dash == .solid)
    (faint.opacity, faint.dash, faint.marker) = (1, .dotted, .diamond)
    let look = PanelPlan(Panel(series: [faint]), theme: .paper).looks[0]
    #expect(look.dash == .dotted && look.marker == .diamond)
  }

  @Test("labels of ticks at equal distances are left out at equal distances", arguments: 60...400)
  func evenTicks(length: Int) throws {
    for count in [19, 28] {
      let axis = Axis(
        "layer",
        lower: 0.5,
        upper: Double(count) + 0.5,
        ticks: .values((1...count).map(Double.init))
      )
      let maker = TickMaker(
        axis: axis,
        domain: axis.domain(for: Axis.Contents(scale: axis.scale)),
        length: Double(length),
        isVertical: false,
        size: 8.5
      )
      let ticks = maker.ticks().major
      #expect(ticks.count > 1 && maker.fits(ticks))
      let distances = zip(ticks, ticks.dropFirst()).map { $1.value - $0.value }
      #expect(Set(distances).count <= 1)
    }
  }
}
