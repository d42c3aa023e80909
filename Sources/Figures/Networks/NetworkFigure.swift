import CommandLanguage
import Foundation
import Networks
import Plotting
import Sessions
import Wiring
import Wording

/// A network of switches: its layers, the shuffles between them, and the layers that share weights.
package struct NetworkFigure {
  package let spec: ModelSpec
  package let columns: [SwitchColumn]
  package let name: String
  package let length: Int
  package let title: String?

  private static let lengthOption = CommandArgument(
    "length",
    .powerOfTwo(in: 4...WiringSketch.longest),
    "the length of the sequences",
    default: 8
  )

  package static let plotted = PlottedFigure(
    name: "network",
    summary: "the layers of a network of switches, for sequences of `length=`",
    discussion: """
      Boxes are switch units, each on two neighbouring positions; layers of one colour share their weights. Lines are \
      the shuffles of the positions.
      """,
    options: [lengthOption],
    examples: [
      .init("data badd; model rse maps=8; plot network", "the network of the paper at length 8")
    ]
  ) { request, _ in
    let slot = try request.onlySlot()
    let spec = slot.spec ?? slot.request.form
    let length = request.arguments[lengthOption]
    // For audio, convolutions come first and halve the length.
    let columns = spec.outline.switchColumns(
      levels: length.trailingZeroBitCount + spec.halvings
    )
    guard !columns.isEmpty else {
      throw request.arguments.error(
        on: PlotOptions.figure,
        "the network `\(spec.network.rawValue)` has no switches to draw",
        remedy: "use a model built with `model rse` or `model se`; `show model` lists the layers"
      )
    }
    let figure = NetworkFigure(
      spec: spec,
      columns: columns,
      name: slot.name,
      length: length,
      title: request.title
    )
    return Plot(figure: figure.figure, slots: [slot])
  }

  package var figure: Figure {
    let drawing = drawing
    return Figure(
      title: title
        ?? "\(spec.network.summary.prefix(1).uppercased() + spec.network.summary.dropFirst())",
      subtitle: "\(name): \(spec.formText)",
      panels: [Panel(drawing: drawing)],
      size: Size(max(500, drawing.size.width + 40), drawing.size.height + 110),
      footnote: footnote
    )
  }

  private var footnote: String {
    let blocks = Set(columns.compactMap(\.block)).count
    let there = columns.count { $0.block == 0 && $0.shuffle == .left }
    let back = columns.count { $0.block == 0 && $0.shuffle == .right }
    return """
      Length \(length): \(counted(blocks, "block")) of \(counted(there, "layer")) there \
      and \(back) back, and a last one: \(columns.count) layers of \(length / 2) switch units. Layers under one name share \
      their weights, so that any power of two can be the length.
      """
  }

  private static let endWidth = 24.0
  private static let numberWidth = 16.0

  private var drawing: DrawList {
    let theme = WiringSketch.theme
    let left = Self.numberWidth + Self.endWidth
    let (above, below) = WiringSketch.labelRoom
    let sketch = WiringSketch(
      length: length,
      columns: columns,
      origin: Point(left, above)
    )
    var list = DrawList(
      size: Size(2 * left + sketch.width, above + sketch.height + below),
      ground: theme.ground
    )
    sketch.label(on: &list, top: 0)
    let wire = Stroke(theme.axis, width: length > 32 ? 0.5 : 0.75)
    for position in 0..<length {
      list.polyline(sketch.entrance(position), wire)
      for column in sketch.columns.indices {
        list.polyline(sketch.wire(from: position, behind: column), wire)
      }
      for x in [Self.numberWidth - 5, list.size.width - Self.numberWidth + 5] {
        list.text(
          String(position),
          at: Point(x, sketch.y(position)),
          TextStyle(size: min(8, sketch.pitch * 0.8), color: theme.mutedText),
          anchor: TextAnchor(x < left ? .right : .left, .middle)
        )
      }
    }
    let parts = columns.parts
    for (index, part) in parts.enumerated() {
      let color = WiringSketch.color(ofPart: index, of: parts.count)
      // A part whose colour is reused is drawn in another style.
      let isRepeated = index >= theme.palette.count - 1 && index < parts.count - 1
      for column in part {
        for number in 0..<length / 2 {
          list.rectangle(
            sketch.box(number, in: column),
            radius: 2,
            fill: isRepeated ? theme.ground : color,
            stroke: isRepeated ? Stroke(color, width: 2) : nil
          )
        }
      }
    }
    end(spec.input == .symbols ? "embedding" : "front end", Self.numberWidth, sketch, on: &list)
    end("output", left + sketch.width, sketch, on: &list)
    return list
  }

  /// Draws the part of the network before the switches or after them.
  private func end(_ name: String, _ x: Double, _ sketch: WiringSketch, on list: inout DrawList) {
    let theme = WiringSketch.theme
    let place = Rect(x: x, y: sketch.origin.y, width: Self.endWidth, height: sketch.height)
    list.rectangle(place, radius: 3, fill: theme.grid, stroke: Stroke(theme.axis, width: 0.75))
    list.text(
      name,
      at: Point(place.midX, place.midY),
      TextStyle(size: 9, color: theme.text),
      anchor: TextAnchor(.centre, .middle),
      quarterTurns: 1
    )
  }
}
