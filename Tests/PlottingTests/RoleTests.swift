import Testing

@testable import Plotting

@Suite("Roles of what is drawn")
struct RoleTests {
  private func count(_ list: DrawList, _ role: DrawRole) -> Int {
    list.steps.count { $0.role == role }
  }

  @Test("axes, ticks, grid and data of a plot say what they are, whatever their colours")
  func plot() {
    let axis = Theme.light.axis
    let figure = Figure(
      title: "",
      panels: [
        Panel(
          x: Axis(lower: 0, upper: 4, ticks: .values([0, 2, 4])),
          y: Axis(lower: 0, upper: 2, ticks: .values([0, 2])),
          secondY: Axis(lower: 0, upper: 1, ticks: .values([0, 1])),
          series: [Series(x: [0, 4], y: [1, 1], color: .fixed(axis))]
        )
      ]
    )
    let list = figure.drawList()
    #expect(count(list, .axis) == 2)
    #expect(count(list, .tick) == 3 + 2 + 2)
    #expect(count(list, .grid) == 3 + 2)
    #expect(count(list, .minorTick) == 0)
    #expect(count(list, .data) == 1)
  }

  @Test("ticks between the labelled ones are told apart")
  func minorTicks() {
    let axis = Axis(scale: .log10, lower: 1, upper: 100)
    let list = Figure(
      title: "",
      panels: [Panel(x: axis, series: [Series(x: [1, 100], y: [0, 1])])]
    )
    .drawList()
    // Decades at 1, 10 and 100; 2 to 9 and 20 to 90 between them.
    #expect(count(list, .minorTick) == 16)
  }

  @Test("markers tell their shape, in the plot and in the legend", arguments: Marker.allCases)
  func markers(marker: Marker) {
    let series = Series("run", x: [1, 2, 3], y: [1, 2, 3], form: .markers, marker: marker)
    let list = Figure(title: "", panels: [Panel(series: [series])]).drawList()
    #expect(count(list, .marker(marker)) == 3 + 1)
  }

  @Test("bars and boxes are data between the axes and samples in the legend")
  func areas() {
    let bars = Series("bars", x: [0, 1], y: [1, 2], form: .bars)
    let boxes = Series("boxes", x: [0, 1], y: [1, 2], form: .boxes)
    let list = Figure(title: "", panels: [Panel(series: [bars, boxes])]).drawList()
    #expect(count(list, .data) == 2 + 1)
    #expect(count(list, .sample) == 2)
  }

  @Test("a matrix has a line at each edge, and its colour bar a frame")
  func matrix() {
    let heatMap = HeatMap(rows: 2, columns: 2, values: [0, 1, 2, 3])
    let list = Figure(title: "", panels: [Panel(heatMap: heatMap)]).drawList()
    #expect(count(list, .axis) == 3)
    #expect(count(list, .framed) == 1)
    #expect(count(list, .grid) == 0)
  }
}
