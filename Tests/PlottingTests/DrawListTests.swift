import Files
import Testing

@testable import Plotting

@Suite("Draw list")
struct DrawListTests {
  static var small: DrawList {
    var list = DrawList(size: Size(120, 80))
    let ink = Color(0x2B2F36)
    let stroke = Stroke(ink, width: 1.5, dash: [3, 2], roundCaps: true)
    list.polyline([Point(1, 2), Point(3.14159, 4.005), Point(-0.001, 1e9)], stroke)
    list.polygon([Point(0, 0), Point(4, 0), Point(0, 4)], fill: ink.opacity(0.5))
    list.rectangle(Rect(x: 1, y: 2, width: 3, height: 4), radius: 1, fill: nil, stroke: stroke)
    list.circle(Point(10, 10), radius: 2.5, fill: ink)
    list.clipped(to: Rect(x: 0, y: 0, width: 60, height: 40)) { list in
      list.text(
        "a \"quoted\" \\ line\nbreak ≥ 2¹⁶",
        at: Point(5, 6),
        TextStyle(size: 9, weight: .bold, color: ink),
        anchor: TextAnchor(.centre, .middle),
        quarterTurns: 1
      )
    }
    list.image(
      Bitmap(width: 2, height: 1, pixels: [ink, Color(0xFFFFFF)]),
      in: Rect(x: 20, y: 20, width: 8, height: 4)
    )
    return list
  }

  @Test("the canonical text is what it was")
  func canonicalText() {
    #expect(
      Self.small.serialised == """
        drawlist 1
        canvas 120 80 #ffffffff
        polyline #2b2f36ff/1.5/3,2/round 1,2 3.14,4.01 0,1000000
        polygon #2b2f3680 none 0,0 4,0 0,4
        rectangle 1,2,3,4 1 none #2b2f36ff/1.5/3,2/round
        circle 10,10 2.5 #2b2f36ff none
        clip 0,0,60,40
        text 5,6 9 bold #2b2f36ff centre middle 1 "a \\"quoted\\" \\\\ line break ≥ 2¹⁶"
        unclip
        image 20,20,8,4 2x1 \(Digest(of: [0x2B, 0x2F, 0x36, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).hex)

        """
    )
  }

  @Test("the digest is what it was")
  func digest() {
    #expect(Self.small.digest.hex == "1e8da88602a862fccab372615b196e4c")
  }

  @Test("differences below a hundredth of a point do not matter, larger ones do")
  func rounding() {
    func line(to x: Double) -> Digest {
      var list = DrawList(size: Size(10, 10))
      list.line(from: Point(0, 0), to: Point(x, 1), Stroke(Color(0), width: 1))
      return list.digest
    }
    #expect(line(to: 5) == line(to: 5.004))
    #expect(line(to: 5) != line(to: 5.006))
  }

  @Test("every part of a drawing enters the digest")
  func everythingCounts() {
    let plain = DrawList(size: Size(10, 10))
    var digests: Set = [plain.digest, DrawList(size: Size(10, 11)).digest]
    digests.insert(DrawList(size: Size(10, 10), ground: Color(0)).digest)
    for color in [Color(0), Color(1)] {
      for pixel in [Color(2), Color(3)] {
        var list = plain
        list.circle(Point(1, 1), radius: 1, fill: color)
        list.image(
          Bitmap(width: 1, height: 1, pixels: [pixel]),
          in: Rect(x: 0, y: 0, width: 1, height: 1)
        )
        digests.insert(list.digest)
      }
    }
    #expect(digests.count == 7)
  }

  @Test("roles change neither the canonical text nor the pixels")
  func roles() throws {
    func drawing(_ role: DrawRole) -> DrawList {
      var list = DrawList(size: Size(40, 30))
      let (ink, stroke) = (Color(0x2B2F36), Stroke(Color(0x7C838D), width: 1))
      list.line(from: Point(2, 2), to: Point(30, 2), stroke, as: role)
      list.polygon([Point(5, 5), Point(12, 5), Point(5, 12)], fill: ink, as: role)
      list.rectangle(Rect(x: 20, y: 5, width: 6, height: 6), fill: ink, stroke: stroke, as: role)
      list.circle(Point(10, 20), radius: 4, fill: ink, as: role)
      return list
    }
    let plain = drawing(.plain)
    let roles: [DrawRole] = [
      .axis, .tick, .minorTick, .grid, .data, .marker(.square), .sample, .framed, .arrowHead(.down),
    ]
    for role in roles {
      let list = drawing(role)
      #expect(list.steps.map(\.role) == Array(repeating: role, count: 4))
      #expect(list.serialised == plain.serialised)
      #expect(list.digest == plain.digest)
      #expect(try PNGRenderer().render(list) == PNGRenderer().render(plain))
    }
  }

  @Test("a placed drawing keeps its roles")
  func placedRoles() {
    var sketch = DrawList(size: Size(10, 10))
    sketch.circle(Point(5, 5), radius: 1, fill: Color(0), as: .marker(.circle))
    sketch.line(from: Point(0, 0), to: Point(9, 0), Stroke(Color(0), width: 1), as: .framed)
    var list = DrawList(size: Size(100, 100))
    list.place(sketch, in: Rect(x: 10, y: 10, width: 50, height: 50))
    #expect(list.steps.map(\.role) == [.marker(.circle), .framed])
    #expect(list.replacing { $0.command }.steps == list.steps)
    #expect(list.replacing { $0.role == .framed ? nil : $0.command }.steps.count == 1)
  }

  @Test("what has no extent draws nothing")
  func degenerateShapes() {
    var list = DrawList(size: Size(10, 10))
    list.polyline([Point(1, 1)], Stroke(Color(0), width: 1))
    list.polygon([Point(1, 1), Point(2, 2)], fill: Color(0))
    list.text("", at: Point(0, 0), TextStyle(size: 9, color: Color(0)))
    #expect(list.commands.isEmpty)
  }

  @Test("a placed drawing is scaled and centred")
  func placing() {
    var list = DrawList(size: Size(300, 100))
    list.place(Self.small, in: Rect(x: 0, y: 0, width: 300, height: 40))
    #expect(list.commands.count == Self.small.commands.count)
    guard case .circle(let centre, let radius, _, _) = list.commands[3] else {
      Issue.record("the fourth command is the circle")
      return
    }
    #expect(centre == Point(125, 5))
    #expect(radius == 1.25)
    #expect(list.texts[0].style.size == 4.5)
  }
}
