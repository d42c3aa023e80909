import Testing

@testable import Plotting

@Suite("Heat maps")
struct HeatMapTests {
  @Test("rows are drawn upwards and values take the colours of the map")
  func orientation() {
    let map = HeatMap(rows: 2, columns: 2, values: [0, 1, 2, .nan])
    let bitmap = map.bitmap(atMost: (100, 100))
    #expect(bitmap.width == 2 && bitmap.height == 2)
    #expect(bitmap.pixels[0] == ColorMap.viridis.color(at: 1))
    #expect(bitmap.pixels[1].alpha == 0)
    #expect(bitmap.pixels[2] == ColorMap.viridis.color(at: 0))
    #expect(bitmap.pixels[3] == ColorMap.viridis.color(at: 0.5))
  }

  @Test("cells that share a pixel are joined", arguments: [HeatMap.Reduction.mean, .maximum])
  func reduction(reduction: HeatMap.Reduction) {
    var map = HeatMap(rows: 1, columns: 6, values: [0, 0, 3, 0, 0, 6], reduction: reduction)
    map.colorAxis.lower = 0
    map.colorAxis.upper = 6
    let bitmap = map.bitmap(atMost: (2, 10))
    let expected = reduction == .mean ? [1.0 / 6, 2.0 / 6] : [0.5, 1]
    #expect(bitmap.pixels == expected.map { ColorMap.viridis.color(at: $0) })
  }

  @Test("texts stand in the middles of their cells, where they have room")
  func cellLabels() {
    func texts(_ labels: [String]) -> [TextItem] {
      let map = HeatMap(
        rows: 2,
        columns: 2,
        values: [1, 2, 3, 4],
        showsColorBar: false,
        cellLabels: labels
      )
      let panel = Panel(x: Axis(ticks: .none), y: Axis(ticks: .none), heatMap: map)
      return Figure(title: "", panels: [panel], size: Size(200, 200)).drawList().texts
    }
    let found = texts(["a", "b", "", "d"])
    #expect(found.map(\.text) == ["a", "b", "d"])
    let places = found.map(\.position)
    #expect(places[0].y == places[1].y && places[2].y < places[1].y)
    #expect(places[0].x < places[1].x && places[1].x == places[2].x)
    #expect(texts([String(repeating: "wide ", count: 40), "b", "c", "d"]).count == 3)
  }

  @Test("colour maps start and end at their first and last stop and mix between")
  func colorMaps() {
    let map = ColorMap(stops: [Color(0x000000), Color(0x646464), Color(0xC8C8C8)])
    #expect(map.color(at: -1) == Color(0x000000))
    #expect(map.color(at: 0.25) == Color(0x323232))
    #expect(map.color(at: 0.5) == Color(0x646464))
    #expect(map.color(at: 2) == Color(0xC8C8C8))
  }

  @Test("viridis grows lighter all the way")
  func lightness() {
    let map = ColorMap.viridis
    let lightness = (0...64).map { step -> Double in
      let color = map.color(at: Double(step) / 64)
      return 0.2126 * Double(color.red) + 0.7152 * Double(color.green) + 0.0722
        * Double(color.blue)
    }
    for (darker, lighter) in zip(lightness, lightness.dropFirst()) { #expect(darker < lighter) }
  }
}
