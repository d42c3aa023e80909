import Testing

@testable import Plotting

@Suite("Decimation")
struct DecimationTests {
  @Test("short lines stay as they are")
  func shortLines() {
    let points = (0..<512).map { Point(Double($0) / 100, Double($0 % 7)) }
    #expect(Decimation.thinned(points) == points)
  }

  @Test("every pixel column keeps its extremes and its ends")
  func columnsKeepExtremes() {
    let points = (0..<50_000).map { Point(Double($0) / 500, SampleFigures.noise($0) * 100) }
    let kept = Decimation.thinned(points)
    #expect(kept.count <= 4 * 201)
    func columns(_ points: [Point]) -> [Int: [Double]] {
      Dictionary(grouping: points) { Int($0.x / Decimation.columnWidth) }.mapValues { $0.map(\.y) }
    }
    let (before, after) = (columns(points), columns(kept))
    #expect(before.keys == after.keys)
    for (column, values) in before {
      #expect(after[column]?.min() == values.min())
      #expect(after[column]?.max() == values.max())
      #expect(after[column]?.first == values.first)
      #expect(after[column]?.last == values.last)
    }
  }

  @Test("a line that turns back keeps its shape")
  func turningLines() {
    let points = (0..<40_000).map { index in
      Point(Double((index / 100) % 200), Double(index / 20_000) * 50)
    }
    let kept = Decimation.thinned(points)
    #expect(kept.count < 1000)
    #expect(kept.first == points.first)
    #expect(kept.last == points.last)
    #expect(Set(kept.map(\.x)) == Set(points.map(\.x)))
  }

  @Test("a million points give a small drawing and the same envelope")
  func millionPoints() {
    let count = 1_000_000
    let series = Series(
      x: (0..<count).map { Double($0) },
      y: (0..<count).map { $0 == 500_000 ? 3 : SampleFigures.noise($0) }
    )
    let list = Figure(title: "", panels: [Panel(series: [series])]).drawList()
    let points = list.commands.flatMap { command -> [Point] in
      if case .polyline(let points, let stroke) = command, stroke.roundCaps { points } else { [] }
    }
    #expect(points.count < 6000)
    let heights = points.map(\.y).sorted()
    #expect(heights[0] < heights[1] - 50, "the single peak is there")
  }
}
