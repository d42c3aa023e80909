import Testing

@testable import Plotting

@Suite("Spacing")
struct SpacingTests {
  @Test("on a grid the areas between axes begin and end with its rows and columns")
  func grid() {
    var theme = Theme.light
    theme.spacing.grid = Size(8, 16)
    theme.spacing.margin = 0
    theme.spacing.panelGap = Size(16, 0)
    for (_, figure) in SampleFigures.all {
      let list = figure.drawList(theme: theme)
      for case .polyline(let points, let stroke) in list.commands
      where stroke.color == theme.axis && points.count == 3 {
        let edges = (points[0].x / 8, points[2].x / 8, points[1].y / 16)
        #expect(edges.0 == edges.0.rounded())
        #expect(edges.1 == edges.1.rounded())
        #expect((points[1].y - points[0].y).truncatingRemainder(dividingBy: 16) == 0)
        #expect(points[0].y.truncatingRemainder(dividingBy: 16) == 0 && edges.2 > 0)
      }
    }
  }
}
