import Testing

@testable import Plotting

/// Expects that texts lie on the canvas and apart, and that nothing visible leaves the canvas.
func expectRules(
  _ list: DrawList,
  _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let canvas = Rect(x: 0, y: 0, width: list.size.width, height: list.size.height).inset(by: -0.01)
  let texts = list.texts
  for (index, item) in texts.enumerated() {
    #expect(
      canvas.contains(item.bounds),
      "\(what): “\(item.text)” leaves the canvas",
      sourceLocation: sourceLocation
    )
    for other in texts[..<index] where item.bounds.inset(by: 0.2).overlaps(other.bounds) {
      Issue.record(
        "\(what): “\(item.text)” touches “\(other.text)”",
        sourceLocation: sourceLocation
      )
    }
  }
  var depth = 0
  for command in list.commands {
    if case .pushClip(let rect) = command {
      depth += 1
      #expect(canvas.contains(rect), "\(what): a clip leaves the canvas")
    }
    if case .popClip = command { depth -= 1 }
    for box in boxes(command) where depth == 0 {
      #expect(canvas.contains(box), "\(what): \(command) leaves the canvas")
    }
  }
  #expect(depth == 0, "\(what): clips are balanced", sourceLocation: sourceLocation)
}

private func boxes(_ command: DrawCommand) -> [Rect] {
  switch command {
  case .polyline(let points, _), .polygon(let points, _, _):
    points.map { Rect(x: $0.x, y: $0.y, width: 0, height: 0) }
  case .rectangle(let rect, _, _, _), .image(_, let rect): [rect]
  case .circle(let centre, let radius, _, _):
    [Rect(x: centre.x, y: centre.y, width: 0, height: 0).inset(by: -radius)]
  case .text(let item): [item.bounds]
  case .pushClip, .popClip: []
  }
}
