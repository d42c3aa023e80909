import Foundation
import Plotting
import Routing
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Pictures of routes") struct RoutePictureTests {
  private func route(_ count: Int, _ form: NetworkForm = .benes) -> Route {
    var random = SeededRandom(seed: UInt64(count))
    return Route(.random(count, using: &random), through: form) {}
  }

  @Test(
    "boxes stand where switches are, and paths end where elements go",
    arguments: NetworkForm.allCases
  )
  func boxes(form: NetworkForm) throws {
    for count in [2, 4, 8, 16, 64] {
      let route = route(count, form)
      let drawing = RouteDrawing(route, theme: .light)
      let boxes = drawing.drawing.commands.filter {
        if case .rectangle(_, _, let fill?, _) = $0 { fill.alpha == 255 } else { false }
      }
      #expect(boxes.count == route.wiring.switches)
      guard !route.isBlocked else { continue }
      let ends = (0..<count).map { drawing.path(of: $0).last?.y ?? 0 }
      let starts = (0..<count).map { drawing.path(of: $0).first?.y ?? 0 }
      #expect(ends == route.permutation.targets.map { starts[$0] })
    }
  }

  @Test("no two texts overlap, and all are inside", arguments: [2, 4, 8, 16, 64])
  func texts(count: Int) {
    for form in NetworkForm.allCases {
      let drawing = RouteDrawing(route(count, form), theme: .light).drawing
      let bounds = drawing.texts.map(\.bounds)
      let canvas = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
      for (index, box) in bounds.enumerated() {
        #expect(canvas.contains(box), "\(drawing.texts[index].text)")
        for other in bounds[(index + 1)...] { #expect(!box.overlaps(other)) }
      }
    }
  }

  @Test("the pixels of a switch have the colour of its weights, in both themes")
  func pixels() throws {
    for theme in [Theme.light, .dark] {
      let drawing = RouteDrawing(Route(.identity(4), through: .benes) {}, theme: theme).drawing
      let raster = try Raster(drawing, scale: 2)
      let boxes = drawing.commands.compactMap { command -> (Rect, Color)? in
        if case .rectangle(let rect, _, let fill?, _) = command { (rect, fill) } else { nil }
      }
      for (rect, fill) in boxes {
        #expect(raster.color(x: Int(rect.midX * 2), y: Int(rect.midY * 2)) == fill)
      }
      #expect(Set(boxes.map(\.1)).count == 3)
    }
  }

  @Test("no ball of an animation lies on the number of an element", arguments: [2, 8, 16])
  func firstFrame(count: Int) throws {
    let frames = Array(RouteAnimation(route(count), theme: .light).frames)
    for drawing in [try #require(frames.first), try #require(frames.last)].map(\.drawing) {
      let canvas = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
      let balls = drawing.commands.compactMap { command -> Rect? in
        guard case .circle(let centre, let radius, _, let stroke) = command else { return nil }
        let reach = radius + (stroke?.width ?? 0) / 2
        return Rect(x: centre.x, y: centre.y, width: 0, height: 0).inset(by: -reach)
      }
      #expect(balls.count == count)
      // The numbers in the balls stand in their middle.
      let numbers = drawing.texts.filter { $0.anchor.horizontal == .right }.map(\.bounds)
      #expect(numbers.count == count)
      for number in numbers {
        #expect(canvas.contains(number))
        #expect(!balls.contains { $0.overlaps(number) })
      }
    }
  }

  @Test("an animation has a control chunk, numbered frames and right checksums")
  func animation() throws {
    let test = try TestSession()
    test.submit("route 1 0; let a = plot route swap.png animate=on")
    #expect(test.diagnostics.isEmpty)
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: test.folder("swap.png"))))
    let chunks = PNGChunk.all(in: file)
    #expect(
      chunks.map(\.name).filter { ["IHDR", "acTL", "IEND"].contains($0) } == [
        "IHDR", "acTL", "IEND",
      ]
    )
    func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    let frames = chunks.filter { $0.name == "fcTL" }
    let control = try #require(chunks.first { $0.name == "acTL" })
    #expect(number(control.data.prefix(4)) == frames.count && frames.count > 10)
    #expect(number(control.data.dropFirst(4)) == 0)
    let numbered = chunks.filter { ["fcTL", "fdAT"].contains($0.name) }
    #expect(numbered.map { number($0.data.prefix(4)) } == Array(numbered.indices))
    for chunk in chunks {
      let end = chunk.data.endIndex
      let checksum = PNGChunk.checksum(file[(chunk.data.startIndex - 4)..<end])
      #expect(number(file[end..<end + 4]) == Int(checksum))
    }
    let size = try #require(chunks.first).data.prefix(8)
    let (width, height) = (number(size.prefix(4)), number(size.dropFirst(4)))
    for frame in frames.map({ Array($0.data) }) {
      #expect(number(frame[4..<8]) + number(frame[12..<16]) <= width)
      #expect(number(frame[8..<12]) + number(frame[16..<20]) <= height)
    }
    test.submit("assert $a.frames == \(frames.count); assert $a.file == \"swap.png\"")
    #expect(test.diagnostics.isEmpty)
  }
}
