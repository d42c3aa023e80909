import Testing

@testable import Plotting

@Suite("Boxes")
struct BoxTests {
  func panel(_ form: Series.Form, x: [Double], y: [Double], color: SeriesColor = .automatic)
    -> Panel
  {
    Panel(
      x: Axis(lower: 0, upper: 10),
      y: Axis(lower: 0, upper: 10),
      series: [Series("some", x: x, y: y, form: form, color: color, width: 1)],
      legend: .none
    )
  }

  func rectangles(_ panel: Panel) -> [(rect: Rect, fill: Color?, stroke: Stroke?)] {
    Figure(title: "Boxes", panels: [panel]).drawList().commands.compactMap { command in
      guard case .rectangle(let rect, _, let fill, let stroke) = command else { return nil }
      return (rect, fill, stroke)
    }
  }

  @Test("two points are the opposite corners of a box, in any order")
  func corners() throws {
    let boxes = [[2.0, 4], [4, 2]].flatMap { x in
      rectangles(panel(.boxes, x: x, y: [1, 3])) + rectangles(panel(.boxes, x: x, y: [3, 1]))
    }
    #expect(boxes.count == 4)
    let first = try #require(boxes.first)
    #expect(boxes.allSatisfy { $0.rect == first.rect && $0.fill == first.fill })
    let wider = try #require(rectangles(panel(.boxes, x: [2, 8], y: [1, 3])).first)
    #expect(abs(wider.rect.width - 3 * first.rect.width) < 0.05)
    #expect(wider.rect.minX == first.rect.minX && wider.rect.minY == first.rect.minY)
  }

  @Test("frames lie inside the box and are filled where they are small")
  func frames() throws {
    let box = try #require(rectangles(panel(.boxes, x: [2, 4], y: [1, 3])).first)
    let frame = try #require(rectangles(panel(.frames, x: [2, 4], y: [1, 3])).first)
    #expect(frame.fill == nil && frame.stroke?.color == box.fill)
    #expect(abs(frame.rect.minX - box.rect.minX - 0.5) < 0.011)
    let small = try #require(rectangles(panel(.frames, x: [2, 4], y: [1, 1.001])).first)
    #expect(small.fill == box.fill && small.stroke == nil && small.rect.height == 0.8)
  }

  @Test("boxes outside the axes, or without a place, are left out")
  func outside() {
    let x = [12.0, 14, .nan, 2, 1, 2, -5, -1]
    let y = [1.0, 2, 1, 2, 1, 2, 5, 6]
    #expect(rectangles(panel(.boxes, x: x, y: y)).count == 1)
  }

  @Test("the axes show all of a box, and the legend has a sample")
  func contents() {
    let series = Series("some", x: [2, 40], y: [1, 300], form: .frames)
    let list = Figure(title: "Boxes", panels: [Panel(series: [series])]).drawList()
    let labels = list.texts.map(\.text)
    #expect(labels.contains("40") && labels.contains("300") && labels.contains("some"))
    expectRules(list, "boxes")
  }

  @Test("numbers of any size can be drawn", arguments: [Series.Form.boxes, .frames])
  func strange(form: Series.Form) {
    let x = [-1e300, 1e300, .infinity, 1, .nan, .nan, 3, 3, -.infinity, .infinity]
    for scale in [Scale.linear, .log10] {
      let series = Series("some", x: x, y: x.reversed(), form: form)
      let panel = Panel(x: Axis(scale: scale), y: Axis(scale: scale), series: [series])
      expectRules(Figure(title: "Boxes", panels: [panel]).drawList(), "\(form)")
    }
  }
}
