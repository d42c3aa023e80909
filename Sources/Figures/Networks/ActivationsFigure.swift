import CommandLanguage
import Plotting
import Sessions
import Tensors
import Training
import Wiring

/// The states between the layers of a traced question as images, positions by maps.
package struct ActivationsFigure {
  let traced: TracedQuestion
  package let name: String
  package let title: String?

  package static let plotted = PlottedFigure(
    name: "activations",
    summary: "the states that the last `trace` saw, an image of positions and maps for each layer",
    discussion: """
      Rows are positions, columns are maps, both numbered from 0; behind a position stands its symbol in the \
      question. All images have one scale, which ends at the size that one value in a thousand exceeds.
      """,
    examples: [
      .init(
        "data rev lengths=8; model rse maps=8; trace 3 1 2 quiet=on; plot activations",
        "the states of a small network"
      )
    ]
  ) { request, _ in
    let slot = try request.onlySlot()
    let figure = ActivationsFigure(
      traced: try request.traced(slot),
      name: slot.name,
      title: request.title
    )
    return Plot(figure: figure.figure, slots: [slot])
  }

  private static let tileWidth = 108.0
  private static let gap = Size(14, 24)
  private static let barRoom = 62.0
  /// The minimum margin to the left of the images, for positions, and below them, for maps.
  private static let tickRoom = Size(20, 12)
  private static let tickSize = 7.5

  private var trace: NetworkTrace { traced.trace }
  private var maps: Int { trace.states[0].shape[1] }

  package var figure: Figure {
    let drawing = drawing
    return Figure(
      title: title ?? "The states after each layer",
      subtitle:
        "\(name), \(traced.title) · rows: positions 0 to \(trace.length - 1), "
        + "columns: \(maps) maps",
      panels: [Panel(drawing: drawing)],
      size: Size(drawing.size.width + 40, drawing.size.height + 84)
    )
  }

  private var tileHeight: Double {
    min(150, max(48, Self.tileWidth * Double(trace.length) / Double(maps)))
  }

  private var drawing: DrawList {
    let count = trace.states.count
    let columns = min(count, 7)
    let rows = (count + columns - 1) / columns
    let grid = Size(
      Double(columns) * (Self.tileWidth + Self.gap.width),
      Double(rows) * (tileHeight + Self.gap.height)
    )
    let theme = WiringSketch.theme
    let left = positionRoom
    var list = DrawList(
      size: Size(
        left + grid.width + Self.barRoom,
        grid.height + Self.tickRoom.height
      ),
      ground: theme.ground
    )
    let scale = scale
    for (index, state) in trace.states.enumerated() {
      let place = Rect(
        x: left + Double(index % columns) * (Self.tileWidth + Self.gap.width),
        y: Double(index / columns) * (tileHeight + Self.gap.height) + 14,
        width: Self.tileWidth,
        height: tileHeight
      )
      list.image(image(of: state, scale: scale), in: place)
      list.rectangle(place, fill: nil, stroke: Stroke(theme.axis, width: 0.5), as: .framed)
      list.text(
        caption(index),
        at: Point(place.minX, place.minY - 4),
        TextStyle(size: 8.5, color: theme.text)
      )
      if index % columns == 0 { drawPositions(beside: place, on: &list) }
      if index + columns >= count { drawMaps(below: place, on: &list) }
    }
    bar(
      x: left + grid.width + 4,
      height: min(grid.height - 24, 160),
      scale: scale,
      on: &list
    )
    return list
  }

  /// The positions with enough space for their numbers and symbols.
  private var shownPositions: StrideTo<Int> {
    let pitch = tileHeight / Double(trace.length)
    let step = Self.step(pitch: pitch, room: Self.tickSize * 1.2)
    return stride(from: 0, to: trace.length, by: step)
  }

  /// The width of the margin to the left of the images.
  private var positionRoom: Double {
    shownPositions.reduce(Self.tickRoom.width) {
      max($0, TextMetrics.width(of: traced.label($1), size: Self.tickSize) + 6)
    }
  }

  /// Draws the numbers and symbols of positions, as many as fit.
  private func drawPositions(beside place: Rect, on list: inout DrawList) {
    let style = TextStyle(size: Self.tickSize, color: WiringSketch.theme.mutedText)
    let pitch = place.height / Double(trace.length)
    for position in shownPositions {
      list.text(
        traced.label(position),
        at: Point(place.minX - 4, place.minY + (Double(position) + 0.5) * pitch),
        style,
        anchor: TextAnchor(.right, .middle)
      )
    }
  }

  /// Draws the numbers of maps, as many as fit.
  private func drawMaps(below place: Rect, on list: inout DrawList) {
    let style = TextStyle(size: Self.tickSize, color: WiringSketch.theme.mutedText)
    let pitch = place.width / Double(maps)
    let step = Self.step(pitch: pitch, room: Self.tickSize * 3)
    for map in stride(from: 0, to: maps, by: step) {
      list.text(
        String(map),
        at: Point(place.minX + (Double(map) + 0.5) * pitch, place.maxY + 4),
        style,
        anchor: TextAnchor(.centre, .top)
      )
    }
  }

  /// Returns the smallest power of two at whose multiples numbers fit, with `room` in points.
  private static func step(pitch: Double, room: Double) -> Int {
    var step = 1
    while Double(step) * pitch < room { step *= 2 }
    return step
  }

  private func caption(_ index: Int) -> String {
    guard index > 0 else { return "embedding" }
    guard trace.columns.indices.contains(index - 1) else { return "layer \(index)" }
    let column = trace.columns[index - 1]
    return "\(index)  " + (column.block.map { "\(column.unit), block \($0 + 1)" } ?? column.unit)
  }

  /// The magnitude that one value in a thousand exceeds, estimated from at most about 2^18 evenly spaced values.
  private var scale: Float {
    let values = trace.states.reduce(0) { $0 + $1.count }
    let step = max(1, values >> 18)
    let sizes = trace.states.flatMap { state in
      state.withElements { values in
        stride(from: 0, to: values.count, by: step).map { abs(values[$0]) }.filter(\.isFinite)
      }
    }.sorted()
    guard let largest = sizes.last else { return 1 }
    let usual = sizes[min(sizes.count - 1, sizes.count * 999 / 1000)]
    return usual > 0 ? usual : max(largest, 1)
  }

  private func image(of state: Tensor, scale: Float) -> Bitmap {
    // More than two pixels per point would not be visible.
    let most = (rows: Int(2 * tileHeight), columns: Int(2 * Self.tileWidth))
    let (height, width) = (min(trace.length, most.rows), min(maps, most.columns))
    let pixels = state.withElements { values in
      (0..<height).flatMap { row in
        (0..<width).map { column in
          let value = values[row * trace.length / height * maps + column * maps / width]
          return ColorMap.diverging.color(at: Double(value / scale) / 2 + 0.5)
        }
      }
    }
    return Bitmap(width: width, height: height, pixels: pixels)
  }

  private func bar(x: Double, height: Double, scale: Float, on list: inout DrawList) {
    let theme = WiringSketch.theme
    let place = Rect(x: x, y: 14, width: 11, height: height)
    let steps = 128
    let colors = (0..<steps).map {
      ColorMap.diverging.color(at: 1 - (Double($0) + 0.5) / Double(steps))
    }
    list.image(Bitmap(width: 1, height: steps, pixels: colors), in: place)
    list.rectangle(place, fill: nil, stroke: Stroke(theme.axis, width: 0.5), as: .framed)
    let ends = [(place.minY, scale), (place.midY, 0), (place.maxY, -scale)]
    for (y, value) in ends {
      list.text(
        NumberFormat.short((Double(value) * 100).rounded() / 100),
        at: Point(place.maxX + 5, y),
        TextStyle(size: 8.5, color: theme.mutedText),
        anchor: TextAnchor(.left, .middle)
      )
    }
  }
}

extension PlotRequest {
  /// Returns the last trace of a model.
  func traced(_ slot: ModelSlot) throws(Diagnostic) -> TracedQuestion {
    guard let traced = slot.traced else {
      throw arguments.error(
        on: arguments.has(PlotOptions.of) ? PlotOptions.of : PlotOptions.figure,
        slot.lastTrace == nil
          ? "the model `\(slot.name)` was not traced yet"
          : "the model `\(slot.name)` was trained since its last trace",
        remedy: "`trace` with a question comes first, such as `trace 3 1 2`"
      )
    }
    return traced
  }
}
