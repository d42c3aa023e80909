import Testing

@testable import Plotting

@Suite("Raster")
struct RasterTests {
  static var cross: DrawList {
    var list = DrawList(size: Size(20, 12), ground: Color(0xFFFFFF))
    list.line(from: Point(0, 1), to: Point(20, 11), Stroke(Color(0x0000FF), width: 2))
    list.line(from: Point(0, 11), to: Point(20, 1), Stroke(Color(0xFF0000), width: 2))
    return list
  }

  private func colors(_ raster: Raster) -> Set<Color> {
    var colors: Set<Color> = []
    for y in 0..<raster.height {
      for x in 0..<raster.width { colors.insert(raster.color(x: x, y: y)) }
    }
    return colors
  }

  @Test("without smoothing there are only the colours drawn")
  func sharp() throws {
    let sharp = try Raster(Self.cross, scale: 0.5, isSmooth: false)
    #expect((sharp.width, sharp.height) == (10, 6))
    #expect(colors(sharp) == [Color(0xFFFFFF), Color(0x0000FF), Color(0xFF0000)])
    #expect(colors(try Raster(Self.cross, scale: 0.5)).count > 3)
  }

  @Test("with a number of pixels given there are as many, and ground beyond the drawing")
  func size() throws {
    let raster = try Raster(Self.cross, scale: 1, width: 30, height: 7)
    #expect(raster.rgb.count == 30 * 7 * 3)
    #expect(raster.color(x: 29, y: 6) == Color(0xFFFFFF))
  }

  @Test("a renderer encodes the raster of its scale")
  func encoding() throws {
    let file = try PNGFile(try PNGRenderer(scale: 3).render(Self.cross))
    let raster = try Raster(Self.cross, scale: 3)
    #expect((file.width, file.height) == (raster.width, raster.height))
    let color = raster.color(x: 31, y: 19)
    #expect(file.pixel(31, 19) == [color.red, color.green, color.blue])
  }

  @Test("commands are replaced or left out inside and outside of clips, which stay")
  func replacing() {
    var list = DrawList(size: Size(10, 10))
    let stroke = Stroke(Color(0), width: 1)
    list.line(from: Point(0, 0), to: Point(1, 1), stroke)
    list.clipped(to: Rect(x: 0, y: 0, width: 5, height: 5)) { list in
      list.line(from: Point(2, 2), to: Point(3, 3), stroke, as: .data)
    }
    list.circle(Point(5, 5), radius: 1, fill: Color(0))
    let large = DrawCommand.circle(Point(5, 5), radius: 2, fill: Color(0), stroke: nil)
    let replaced = list.replacing { step in
      if case .circle = step.command { return large }
      return step.role == .data ? step.command : nil
    }
    #expect(replaced.commands == list.commands[1...3] + [large])
    #expect(replaced.size == list.size)
  }
}
