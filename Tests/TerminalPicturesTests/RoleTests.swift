import Plotting
import Testing

@testable import TerminalPictures

@Suite("What a picture of characters makes of roles")
struct BlockRoleTests {
  private static let axis = Stroke(Theme.light.axis, width: 1)

  /// A drawing of 60 columns and 12 rows, below a title, as characters without colours.
  private func blocks(_ draw: (inout DrawList) -> Void) throws -> String {
    var sketch = DrawList(size: Size(480, 192))
    draw(&sketch)
    let figure = Figure(title: "", panels: [Panel(drawing: sketch)], size: Size(480, 192))
    return try #require(try Figures.blocks(figure, columns: 60))
  }

  private func dots(_ text: String) -> Int {
    text.unicodeScalars.count { (0x2801...0x28FF).contains($0.value) }
  }

  @Test("level and upright lines of a sketch are lines, also in the colour of the axes")
  func lines() throws {
    let text = try blocks { list in
      list.line(from: Point(20, 40), to: Point(400, 40), Self.axis)
      list.line(from: Point(20, 60), to: Point(20, 180), Self.axis)
      list.line(from: Point(100, 100), to: Point(104, 100), Self.axis)
    }
    #expect(dots(text) > 40)
    #expect(!text.contains { "│─├┤┬┴┼└┘".contains($0) })
  }

  @Test("a level line of data in the colour of the axes is data")
  func data() throws {
    let series = Series(x: [0, 10], y: [1, 1], color: .fixed(Theme.light.axis))
    let panel = Panel(y: Axis(lower: 0, upper: 2), series: [series])
    let text = try #require(try Figures.blocks(Figure(title: "", panels: [panel]), columns: 60))
    #expect(dots(text) > 30)
    #expect(text.contains("┤"))
  }

  @Test("only what is an axis is drawn as one, whatever its colour")
  func axes() throws {
    let text = try blocks { list in
      let red = Stroke(Color(0xC00000), width: 1)
      list.polyline([Point(48, 32), Point(48, 128), Point(448, 128)], red, as: .axis)
      list.line(from: Point(248, 128), to: Point(248, 132), red, as: .tick)
      list.line(from: Point(348, 128), to: Point(348, 130), red, as: .minorTick)
      list.line(from: Point(48, 64), to: Point(448, 64), red, as: .grid)
    }
    #expect(dots(text) == 0)
    #expect(text.contains("└") && text.contains("│"))
    #expect(text.count { $0 == "┬" } == 1)
  }

  @Test("three points make a triangle only where the figure says so")
  func triangles() throws {
    let points = [Point(100, 100), Point(106, 100), Point(103, 94)]
    func text(_ role: DrawRole) throws -> String {
      try blocks { $0.polygon(points, fill: Color(0), as: role) }
    }
    #expect(try text(.marker(.triangle)).contains("▲"))
    #expect(try text(.marker(.diamond)).contains("◆"))
    #expect(try text(.arrowHead(.right)).contains("►"))
    #expect(try text(.arrowHead(.down)).contains("▼"))
    #expect(try !text(.plain).contains { "▲◆►▼".contains($0) })
  }

  @Test("shapes too small for blocks are signs, those of data are not")
  func smallShapes() throws {
    func text(_ role: DrawRole) throws -> String {
      try blocks { list in
        list.circle(Point(100, 40), radius: 3, fill: Color(0), as: role)
        list.rectangle(Rect(x: 200, y: 40, width: 6, height: 6), fill: Color(0), as: role)
      }
    }
    #expect(try text(.plain).contains("●"))
    #expect(try text(.plain).contains("█"), "without colours a small area is as dark as it is")
    #expect(try !text(.data).contains { "●█".contains($0) })
  }

  @Test("an edge that only sets an area off is left out")
  func frames() throws {
    func text(_ role: DrawRole) throws -> String {
      try blocks { list in
        list.rectangle(
          Rect(x: 48, y: 32, width: 200, height: 96),
          fill: nil,
          stroke: Self.axis,
          as: role
        )
      }
    }
    #expect(dots(try text(.plain)) > 30)
    #expect(dots(try text(.framed)) == 0)
  }
}
