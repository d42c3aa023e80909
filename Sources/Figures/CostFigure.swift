import CommandLanguage
import Foundation
import Plotting
import Sessions
import Tensors
import Wording

/// The time of a step over the length of its sequence, measured on the spot.
package struct CostFigure {
  package let pass: CostProbe.Pass
  package let rows: [ProbeSeries.Row]
  /// True if the measurement was stopped early.
  let isCut: Bool
  package let title: String?

  private static let measured = CommandArgument(
    "pass",
    .choice(CostProbe.Pass.self),
    "what is measured, a training step or a forward pass alone",
    default: .training
  )
  private static let longest = ProbeSeries.longestOption()

  package static let plotted = PlottedFigure(
    name: "cost",
    summary: "seconds of a training step over the length of its one sequence, measured now",
    discussion: """
      Copies of the models run on random symbols, at growing powers of two; each time is the median of three runs at \
      least. The grey lines are costs of n log n and of n², fitted to the longer half of the first model's lengths. \
      Ctrl-C draws what was measured by then.
      """,
    options: [measured, longest],
    examples: [
      .init(
        "data badd lengths=8; model rse maps=4; plot cost longest=64",
        "times of training steps up to length 64"
      )
    ],
    hasAxes: true
  ) { request, session in
    let specs = try request.slots.map { try $0.probedSpec(in: session) }
    let pass = request.arguments[measured]
    let probes = ProbeSeries(pass: pass, longest: request.arguments[longest])
    let measured = try probes.run(
      zip(request.slots, specs),
      largest: MemoryEstimate.limit,
      in: session
    )
    let cost = CostFigure(
      pass: pass,
      rows: measured.rows,
      isCut: measured.isCut,
      title: request.title
    )
    session.emit(cost.table, .volatile)
    return Plot(
      figure: cost.figure,
      slots: request.slots,
      isVolatile: true,
      isCut: measured.isCut,
      values: ["seconds": cost.value, "table": .table(cost.rowsOfTable)]
    )
  }

  package var figure: Figure {
    let what = pass == .training ? "training step" : "forward pass"
    return Figure(
      title: title ?? "Time of a \(what)",
      subtitle: "one sequence of random symbols" + (isCut ? " · stopped" : ""),
      panels: [
        Panel(
          x: Axis("length", unit: "symbols", scale: .log2),
          y: Axis("time", scale: .log10, ticks: UnitTicks.seconds(times)),
          series: guides + rows.enumerated().map(curve)
        )
      ]
    )
  }

  private var times: [Double] { rows.flatMap { $0.points.map(\.seconds) } }

  /// The lengths at which any of the models was measured.
  private var lengths: [Int] { Set(rows.flatMap { $0.points.map(\.length) }).sorted() }

  private func curve(_ index: Int, _ row: ProbeSeries.Row) -> Series {
    Series(
      row.slot.name,
      x: row.points.map { Double($0.length) },
      y: row.points.map(\.seconds),
      form: .lineAndMarkers,
      color: .palette(index),
      marker: Marker.allCases[index % Marker.allCases.count]
    )
  }

  /// Lines through the longer half of the first model's points, by least squares of logarithms, as far as they stay
  /// near the data.
  private var guides: [Series] {
    guard let low = times.min(), let high = times.max(), let points = rows.first?.points,
      !points.isEmpty
    else { return [] }
    let fitted = points.suffix((points.count + 1) / 2)
    func guide(_ name: String, _ dash: Dash, _ growth: (Double) -> Double) -> Series {
      let distance = fitted.reduce(0.0) {
        $0 + Real.log($1.seconds / growth(Double($1.length)))
      }
      let scale = Real.exp(distance / Double(fitted.count))
      let points = lengths.map { (x: Double($0), y: scale * growth(Double($0))) }
        .filter { (low / 2...high * 2).contains($0.y) }
      return Series(
        name,
        x: points.map(\.x),
        y: points.map(\.y),
        color: .muted,
        width: 1.1,
        dash: dash
      )
    }
    return [guide("n log n", .dashed) { $0 * Real.log2($0) }, guide("n²", .dotted) { $0 * $0 }]
  }

  // MARK: Numbers

  /// Milliseconds by length and model.
  private var table: TextTable {
    let heading = ["length"] + rows.map { "\($0.slot.name), ms" }
    let cells = lengths.map { length in
      [grouped(length)]
        + rows.map { row in
          row.points.first { $0.length == length }
            .map { String(format: "%.*f", $0.seconds < 0.1 ? 3 : 1, 1000 * $0.seconds) } ?? "–"
        }
    }
    return TextTable(rows: [heading] + cells, numbers: Set(heading.indices))
  }

  /// A table with one row for each model and length.
  private var rowsOfTable: Table {
    Table(
      rows: rows.flatMap { row in
        row.points.map { point -> Record in
          [
            "model": .text(row.slot.name), "length": .number(Double(point.length)),
            "seconds": .number(point.seconds),
          ]
        }
      }
    )
  }

  /// Seconds by model and length.
  private var value: Value {
    .labelled(
      Labelled(
        rows.map { row in
          (
            .text(row.slot.name),
            .labelled(
              Labelled(row.points.map { (.number(Double($0.length)), .number($0.seconds)) })
            )
          )
        }
      )
    )
  }
}
