import CommandLanguage
import Foundation
import Networks
import Plotting
import Sessions
import Wording

/// The residual switch unit of a model with the widths of its parts.
package struct UnitFigure {
  package let spec: ModelSpec
  package let name: String
  package let title: String?

  package static let plotted = PlottedFigure(
    name: "unit",
    summary: "the residual switch unit of a model, with the widths of its parts",
    examples: [
      .init("data badd; model rse maps=8; plot unit", "the switch unit of a narrow network")
    ]
  ) { request, _ in
    let slot = try request.onlySlot()
    let spec = slot.spec ?? slot.request.form
    guard spec.network == .rse else {
      throw request.arguments.error(
        on: PlotOptions.figure,
        "the network `\(spec.network.rawValue)` has no residual switch unit",
        remedy: "use a model built with `model rse`; `help model` tells how the others compute"
      )
    }
    let figure = UnitFigure(spec: spec, name: slot.name, title: request.title)
    return Plot(figure: figure.figure, slots: [slot])
  }

  package var figure: Figure {
    let drawing = drawing
    return Figure(
      title: title ?? "The residual switch unit: two positions of \(spec.maps) maps in, two out",
      subtitle: "h = norm(x · expand),  c = gelu(h) · contract + bias,  "
        + "y = σ(2 · residual) ∘ x + 0.109 · c",
      panels: [Panel(drawing: drawing)],
      size: Size(drawing.size.width + 40, drawing.size.height + 104),
      footnote: "\(name): norm over the \(spec.norm.rawValue); \(grouped(parameters)) parameters "
        + "in each unit. Bars are vectors, as high as they are wide; one unit works on all pairs."
    )
  }

  private var parameters: Int {
    let m = spec.maps
    return 16 * m * m + 8 * m
  }

  // MARK: Drawing

  private static let size = Size(640, 250)
  private static let narrow = 70.0
  private static let wide = 140.0
  private static let axis = 152.0
  private static let skip = 28.0
  private static let barWidth = 14.0

  private var drawing: DrawList {
    let m = spec.maps
    var list = DrawList(size: Self.size, ground: WiringSketch.theme.ground)
    let palette = WiringSketch.theme.palette
    let (input, hidden, output) = (palette[0], palette[1], palette[2])
    pair(at: 18, "x", on: &list, color: input)
    matrix(from: 44, to: 118, Self.narrow, Self.wide, ["expand", "\(2 * m) × \(4 * m)"], on: &list)
    bar(at: 118, Self.wide, "\(4 * m)", on: &list, color: hidden)
    step(at: 172, width: 52, ["norm", "over", spec.norm.rawValue], "offset \(4 * m)", on: &list)
    step(at: 246, width: 44, ["gelu"], "", on: &list)
    arrow(from: 132, to: 146, on: &list)
    arrow(from: 198, to: 224, on: &list)
    arrow(from: 268, to: 290, on: &list)
    bar(at: 290, Self.wide, "\(4 * m)", on: &list, color: hidden)
    matrix(
      from: 304,
      to: 386,
      Self.wide,
      Self.narrow,
      ["contract", "\(4 * m) × \(2 * m)", "+ bias \(2 * m)"],
      on: &list
    )
    bar(at: 386, Self.narrow, "c: \(2 * m)", on: &list, color: output)
    arrow(from: 400, to: 428, on: &list)
    step(at: 456, width: 56, ["· 0.109"], "", on: &list)
    arrow(from: 484, to: 512, on: &list)
    sum(at: 526, on: &list)
    arrow(from: 538, to: 586, on: &list)
    pair(at: 586, "y", on: &list, color: input)
    residual(on: &list)
    return list
  }

  private func text(
    _ text: String,
    _ point: Point,
    _ size: Double,
    _ color: Color,
    bold: Bool = false,
    on list: inout DrawList
  ) {
    list.text(
      text,
      at: point,
      TextStyle(size: size, weight: bold ? .bold : .regular, color: color),
      anchor: TextAnchor(.centre, .middle)
    )
  }

  /// Draws a vector whose left edge is at `x`.
  private func bar(
    at x: Double,
    _ height: Double,
    _ label: String,
    on list: inout DrawList,
    color: Color
  ) {
    let place = Rect(x: x, y: Self.axis - height / 2, width: Self.barWidth, height: height)
    list.rectangle(place, radius: 2, fill: color)
    text(label, Point(place.midX, place.maxY + 9), 8.5, WiringSketch.theme.mutedText, on: &list)
  }

  /// Draws the vectors of two adjacent positions.
  private func pair(at x: Double, _ label: String, on list: inout DrawList, color: Color) {
    let half = Self.narrow / 2 - 1
    for top in [Self.axis - Self.narrow / 2, Self.axis + 1] {
      let place = Rect(x: x, y: top, width: Self.barWidth, height: half)
      list.rectangle(place, radius: 2, fill: color)
    }
    let below = Self.axis + Self.narrow / 2 + 9
    let (theme, middle) = (WiringSketch.theme, x + Self.barWidth / 2)
    text("\(label): 2 × \(spec.maps)", Point(middle, below), 8.5, theme.mutedText, on: &list)
  }

  /// Draws a matrix between two vectors.
  private func matrix(
    from left: Double,
    to right: Double,
    _ start: Double,
    _ end: Double,
    _ lines: [String],
    on list: inout DrawList
  ) {
    let theme = WiringSketch.theme
    let points = [
      Point(left + 4, Self.axis - start / 2), Point(right - 4, Self.axis - end / 2),
      Point(right - 4, Self.axis + end / 2), Point(left + 4, Self.axis + start / 2),
    ]
    list.polygon(points, fill: theme.grid, stroke: Stroke(theme.axis, width: 0.75))
    let room = right - left - 14
    for (index, line) in lines.enumerated() {
      let width = TextMetrics.width(of: line, size: 9, weight: index == 0 ? .bold : .regular)
      let y = Self.axis + 12.5 * (Double(index) - Double(lines.count - 1) / 2)
      let size = 9 * min(1, room / width)
      text(line, Point((left + right) / 2, y), size, theme.text, bold: index == 0, on: &list)
    }
  }

  /// Draws an elementwise operation, in a box around `x`.
  private func step(
    at x: Double,
    width: Double,
    _ lines: [String],
    _ parameter: String,
    on list: inout DrawList
  ) {
    let theme = WiringSketch.theme
    let height = 14 + 12 * Double(lines.count)
    let place = Rect(x: x - width / 2, y: Self.axis - height / 2, width: width, height: height)
    list.rectangle(place, radius: 6, fill: theme.ground, stroke: Stroke(theme.axis, width: 0.75))
    for (index, line) in lines.enumerated() {
      let y = Self.axis + 12 * (Double(index) - Double(lines.count - 1) / 2)
      text(line, Point(x, y), 9, theme.text, bold: index == 0, on: &list)
    }
    text(parameter, Point(x, place.maxY + 9), 8.5, theme.mutedText, on: &list)
  }

  private func sum(at x: Double, on list: inout DrawList) {
    let theme = WiringSketch.theme
    let stroke = Stroke(theme.text, width: 1)
    list.circle(Point(x, Self.axis), radius: 12, fill: theme.ground, stroke: stroke)
    list.line(from: Point(x - 6, Self.axis), to: Point(x + 6, Self.axis), stroke)
    list.line(from: Point(x, Self.axis - 6), to: Point(x, Self.axis + 6), stroke)
  }

  /// Draws the residual connection of x, past everything else.
  private func residual(on list: inout DrawList) {
    let theme = WiringSketch.theme
    let line = Stroke(theme.palette[0], width: 1.6)
    let start = 18 + Self.barWidth / 2
    list.polyline(
      [
        Point(start, Self.axis - Self.narrow / 2), Point(start, Self.skip),
        Point(526, Self.skip), Point(526, Self.axis - 18),
      ],
      line
    )
    head(at: Point(526, Self.axis - 13), .down, theme.palette[0], on: &list)
    let box = Rect(x: 210, y: Self.skip - 15, width: 150, height: 30)
    list.rectangle(box, radius: 6, fill: theme.ground, stroke: Stroke(theme.axis, width: 0.75))
    text(
      "∘ σ(2 · residual)",
      Point(box.midX, Self.skip - 5),
      9.5,
      theme.text,
      bold: true,
      on: &list
    )
    text("residual \(2 * spec.maps)", Point(box.midX, Self.skip + 8), 8.5, theme.text, on: &list)
  }

  private func arrow(from start: Double, to end: Double, on list: inout DrawList) {
    let color = WiringSketch.theme.axis
    list.line(
      from: Point(start + 2, Self.axis),
      to: Point(end - 5, Self.axis),
      Stroke(color, width: 1.2)
    )
    head(at: Point(end - 1, Self.axis), .right, color, on: &list)
  }

  private func head(
    at tip: Point,
    _ direction: DrawRole.ArrowDirection,
    _ color: Color,
    on list: inout DrawList
  ) {
    let back = direction == .down ? Point(0, -6) : Point(-6, 0)
    let side = direction == .down ? Point(3, 0) : Point(0, 3)
    list.polygon(
      [
        tip, Point(tip.x + back.x + side.x, tip.y + back.y + side.y),
        Point(tip.x + back.x - side.x, tip.y + back.y - side.y),
      ],
      fill: color,
      as: .arrowHead(direction)
    )
  }
}
