import Plotting
import Sessions
import Tensors
import Training
import Wiring

/// The influence of one symbol, drawn on the wiring of a network.
struct InfluenceSketch {
  let traced: TracedQuestion
  let influence: InputInfluence
  package let source: Int

  private static let numberWidth = 16.0
  private static let barWidth = 44.0

  private var trace: NetworkTrace { traced.trace }

  private func numberSize(_ pitch: Double) -> Double { min(8, pitch * 0.8) }

  /// Returns the width of the margin for positions and their symbols.
  private func labelWidth(_ pitch: Double) -> Double {
    (0..<trace.length).reduce(Self.numberWidth) { width, position in
      max(
        width,
        TextMetrics.width(
          of: traced.label(position),
          size: numberSize(pitch),
          weight: .bold
        ) + 6
      )
    }
  }

  /// The drawing in the colours of the light theme.
  package var drawing: DrawList {
    let theme = WiringSketch.theme
    let (above, below) = WiringSketch.labelRoom
    let left = labelWidth(WiringSketch.pitch(length: trace.length))
    let sketch = WiringSketch(
      length: trace.length,
      columns: trace.columns,
      origin: Point(left, above)
    )
    var list = DrawList(
      size: Size(
        left + sketch.width + Self.numberWidth + Self.barWidth,
        above + sketch.height + below
      ),
      ground: theme.ground
    )
    sketch.label(on: &list, top: 0)
    drawSwitches(sketch, on: &list)
    let largest = largest
    // Faint wires first, so that strong ones are on top.
    let wires = (0...trace.columns.count).flatMap { layer in
      values(influence.wired[layer]).enumerated().map { (layer, $0.offset, Double($0.element)) }
    }
    for (layer, position, value) in wires.sorted(by: { $0.2 < $1.2 }) {
      let points =
        layer == 0
        ? sketch.entrance(position) : sketch.wire(from: position, behind: layer - 1)
      list.polyline(points, stroke(value, of: largest))
    }
    drawStatistics(sketch, largest: largest, on: &list)
    drawEnds(sketch, on: &list)
    return list
  }

  private func values(_ layer: Tensor) -> [Float] {
    layer.withElements { Array($0[source * trace.length..<(source + 1) * trace.length]) }
  }

  /// The largest influence in the drawing.
  private var largest: Double {
    (influence.wired + influence.shared).reduce(0) { max($0, Double(values($1).max() ?? 0)) }
  }

  /// Returns the strength from 0 to 1, growing fastest for small influences.
  private func strength(_ value: Double, of largest: Double) -> Double {
    largest > 0 ? Real.pow(max(0, value) / largest, 0.75) : 0
  }

  private func stroke(_ value: Double, of largest: Double) -> Stroke {
    let theme = WiringSketch.theme
    guard value > Double(InputInfluence.threshold) else { return Stroke(theme.grid, width: 0.5) }
    let strength = strength(value, of: largest)
    let most = trace.length <= 16 ? 2.4 : 1.5
    return Stroke(theme.palette[0].opacity(0.2 + 0.8 * strength), width: 0.4 + most * strength)
  }

  private func drawSwitches(_ sketch: WiringSketch, on list: inout DrawList) {
    let theme = WiringSketch.theme
    for column in sketch.columns.indices {
      let reached = values(influence.wired[column + 1])
      for number in 0..<trace.length / 2 {
        let isReached =
          max(reached[2 * number], reached[2 * number + 1]) > InputInfluence.threshold
        list.rectangle(
          sketch.box(number, in: column),
          radius: 2,
          fill: isReached ? theme.palette[0].opacity(0.22) : theme.grid,
          stroke: isReached ? Stroke(theme.palette[0], width: 0.6) : nil
        )
      }
    }
  }

  /// Draws a dot where a position leaves a switch, sized by what the statistics carry to it.
  private func drawStatistics(_ sketch: WiringSketch, largest: Double, on list: inout DrawList) {
    guard !influence.shared.isEmpty else { return }
    let color = WiringSketch.theme.palette[1]
    for column in sketch.columns.indices {
      for (position, value) in values(influence.shared[column + 1]).enumerated() {
        let radius = sketch.pitch * 0.55 * strength(Double(value), of: largest)
        guard radius > 0.15 else { continue }
        let x = sketch.x(column) + sketch.switchWidth / 2
        list.circle(Point(x, sketch.y(position)), radius: min(radius, 4.5), fill: color)
      }
    }
  }

  private func drawEnds(_ sketch: WiringSketch, on list: inout DrawList) {
    let theme = WiringSketch.theme
    let size = numberSize(sketch.pitch)
    let right = sketch.origin.x + sketch.width + 4
    let answers = values(influence.answers)
    for position in 0..<trace.length {
      let isSource = position == source
      list.text(
        traced.label(position),
        at: Point(sketch.origin.x - 5, sketch.y(position)),
        TextStyle(
          size: size,
          weight: isSource ? .bold : .regular,
          color: isSource ? theme.palette[0] : theme.mutedText
        ),
        anchor: TextAnchor(.right, .middle)
      )
      list.text(
        String(position),
        at: Point(right + 12, sketch.y(position)),
        TextStyle(size: size, color: theme.mutedText),
        anchor: TextAnchor(.right, .middle)
      )
      let length = Double(answers[position]) * Self.barWidth
      guard length > 0.3 else { continue }
      list.rectangle(
        Rect(
          x: right + 16,
          y: sketch.y(position) - sketch.pitch * 0.3,
          width: length,
          height: sketch.pitch * 0.6
        ),
        fill: theme.palette[2]
      )
    }
  }
}
