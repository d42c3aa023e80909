import CommandLanguage
import Plotting
import Sessions
import Tensors
import Training
import Wiring

/// A traced question: the change of each position by each layer, and the influence of one symbol.
package struct TraceFigure {
  let traced: TracedQuestion
  package let name: String
  /// The position of the symbol.
  package let source: Int
  package let title: String?

  private static let influence = CommandArgument(
    "influence",
    .integer(in: 0...Tracer.longest),
    "the position of the symbol whose influence is shown, from 0",
    default: 0
  )

  package static let plotted = PlottedFigure(
    name: "trace",
    summary: "what the last `trace` saw: changes, and the influence of one symbol",
    discussion: """
      Above by how much each layer changes each position, whose symbol in the question stands behind its number. Below \
      what the symbol at position `influence=` reaches: on the wiring up to length \(WiringSketch.longest), the \
      wires as strong as the influence on them, dots for what the norm's statistics carry, bars for the influence on the answers; of longer questions as an image.
      """,
    options: [influence],
    examples: [
      .init(
        "data rev lengths=8; model rse maps=4; trace 3 1 2 quiet=on\nplot trace influence=2",
        "the influence of the third symbol"
      )
    ]
  ) { request, _ in
    let slot = try request.onlySlot()
    let traced = try request.traced(slot)
    let source = request.arguments[influence]
    guard source < traced.trace.length else {
      throw request.arguments.error(
        on: influence,
        "there is no position \(source): the traced question has \(traced.trace.length)",
        remedy: "count them from 0"
      )
    }
    if request.arguments.has(influence), traced.trace.influence == nil {
      throw request.arguments.error(
        on: influence,
        "no influence was measured of so long a question",
        remedy: "`trace` one of at most \(Tracer.longestInfluence) symbols"
      )
    }
    let figure = TraceFigure(
      traced: traced,
      name: slot.name,
      source: source,
      title: request.title
    )
    return Plot(figure: figure.figure, slots: [slot])
  }

  /// The width that the axes and the colour bar take in addition to the panels.
  private static let sides = 164.0
  /// The approximate height of an image without a sketch beside it, and the space for a position's label.
  private static let mapHeight = 220.0
  private static let tickRoom = 14.0

  private var trace: NetworkTrace { traced.trace }

  package var figure: Figure {
    var panels = [changes]
    var size = Size(640, 330)
    if let influence = trace.influence {
      if trace.length <= WiringSketch.longest, !trace.columns.isEmpty {
        let sketch = InfluenceSketch(traced: traced, influence: influence, source: source)
        let drawing = sketch.drawing
        var panel = Panel(drawing: drawing)
        panel.title = influenceTitle
        panels.append(panel)
        let height = drawing.size.height + 20
        size = Size(max(640, drawing.size.width + Self.sides), 2 * height + 110)
      } else {
        panels.append(influenceMap(influence))
        size = Size(640, 620)
      }
    }
    return Figure(
      title: title ?? "What \(name) does with \(traced.title)",
      subtitle: nil,
      panels: panels,
      size: size,
      footnote: panels.count > 1 ? footnote : nil
    )
  }

  private var influenceTitle: String {
    "What the symbol at position \(source) has an influence on"
  }

  private var footnote: String {
    guard trace.length <= WiringSketch.longest, !trace.columns.isEmpty else {
      return "Influence: by how much a state changes, of its size, when the symbol is another one."
    }
    return "Lines: influence by the wiring, the stronger the thicker. "
      + (traced.joinsPositions ? "Dots: what the norm's statistics carry. " : "")
      + "Bars: influence on the answers."
  }

  private var changes: Panel {
    Panel(
      title: "Change of each position by each layer",
      x: layerAxis(from: 1),
      y: Axis("position", ticks: positionTicks),
      heatMap: map(
        (0..<trace.length).reversed().flatMap { position in
          trace.changes.map { $0[position] }
        },
        layers: trace.layers,
        first: 1,
        label: "change"
      ),
      lines: partLines
    )
  }

  /// Returns the influence at each position after each layer as the network works, starting with the embedding.
  private func influenceMap(_ influence: InputInfluence) -> Panel {
    let layers = influence.wired.map { layer in
      layer.withElements { Array($0[source * trace.length..<(source + 1) * trace.length]) }
    }
    return Panel(
      title: influenceTitle + (traced.joinsPositions ? ", by the wiring" : ""),
      x: layerAxis(from: 0),
      y: Axis("position", ticks: positionTicks),
      heatMap: map(
        (0..<trace.length).reversed().flatMap { position in
          layers.map { $0[position] > InputInfluence.threshold ? $0[position] : .nan }
        },
        layers: layers.count,
        first: 0,
        label: "influence"
      ),
      lines: partLines
    )
  }

  private func map(_ values: [Float], layers: Int, first: Int, label: String) -> HeatMap {
    HeatMap(
      rows: trace.length,
      columns: layers,
      values: values,
      xExtent: Double(first) - 0.5...Double(first + layers) - 0.5,
      colorAxis: Axis(label, lower: 0, format: .percent)
    )
  }

  private func layerAxis(from first: Int) -> Axis {
    let step = trace.layers <= 30 ? 1 : trace.layers <= 60 ? 4 : 8
    return Axis(
      "layer",
      lower: Double(first) - 0.5,
      upper: Double(trace.layers) + 0.5,
      ticks: .values(stride(from: first, through: trace.layers, by: step).map(Double.init))
    )
  }

  /// The ticks of positions with their symbols, 0 at the top; if there are many, only every second, fourth or so has
  /// one.
  private var positionTicks: TickRule {
    let isSketched =
      trace.influence != nil && trace.length <= WiringSketch.longest && !trace.columns.isEmpty
    let pitch =
      isSketched
      ? WiringSketch.pitch(length: trace.length) : Self.mapHeight / Double(trace.length)
    var step = 1
    while Double(step) * pitch < Self.tickRoom { step *= 2 }
    return .labelled(
      stride(from: 0, to: trace.length, by: step).map {
        Tick(Double(trace.length - 1 - $0), traced.label($0))
      }
    )
  }

  /// Lines between layers of different switch units.
  private var partLines: [ReferenceLine] {
    trace.columns.parts.dropFirst().map {
      ReferenceLine(.x, at: Double($0.lowerBound) + 0.5, dash: .solid, color: .palette(1))
    }
  }
}
