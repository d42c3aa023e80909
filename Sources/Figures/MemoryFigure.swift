import CommandLanguage
import Plotting
import Sessions

/// The memory of a training step over the length of its sequence: measured points, estimated lines.
package struct MemoryFigure {
  let comparison: MemoryComparison
  package let title: String?

  private static let limit = MemoryComparison.limitOption()
  private static let longest = ProbeSeries.longestOption()

  package static let plotted = PlottedFigure(
    name: "memory",
    summary: "memory of a training step over the length of its one sequence",
    discussion: """
      Points are measured on copies of the models, as far as a step takes about two seconds; lines are what the \
      models estimate, up to the limit.
      """,
    options: [limit, longest],
    examples: [
      .init(
        "data badd lengths=8; model rse maps=4; plot memory limit=1GB longest=32",
        "how long sequences may be in a gigabyte"
      )
    ],
    hasAxes: true
  ) { request, session in
    let arguments = request.arguments
    var comparison = try MemoryComparison(arguments, limit: limit, models: PlotOptions.of)
    try comparison.measure(request.slots, longest: arguments[longest], in: session)
    comparison.report(in: session)
    let figure = MemoryFigure(comparison: comparison, title: request.title).figure
    return Plot(
      figure: figure,
      slots: request.slots,
      isVolatile: true,
      values: comparison.record
    )
  }

  package var figure: Figure {
    let curves = comparison.rows.enumerated().flatMap(curves)
    let name = comparison.rows.count == 1 ? comparison.rows.first.map { $0.name + " · " } : nil
    return Figure(
      title: title ?? "Memory of a training step",
      subtitle: (name ?? "") + "one sequence · points: measured, lines: estimated",
      panels: [
        Panel(
          x: Axis("length", unit: "symbols", scale: .log2),
          y: Axis(
            "memory",
            scale: .log10,
            ticks: UnitTicks.bytes(curves.flatMap(\.y) + [comparison.limit])
          ),
          series: curves,
          legend: name == nil ? .automatic : .none,
          lines: [
            ReferenceLine(
              .y,
              at: comparison.limit,
              label: (comparison.isGiven ? "limit " : "this machine, ")
                + ByteCount.text(comparison.limit),
              dash: .dashed
            )
          ]
        )
      ]
    )
  }

  private func curves(_ index: Int, _ row: MemoryComparison.Row) -> [Series] {
    let program = MemoryComparison.programBytes(row.model)
    let last = max(comparison.longestTraining(row)?.length ?? 0, row.points.last?.length ?? 0)
    let lengths = (4..<Int.bitWidth - 2).map { 1 << $0 }.prefix { $0 <= 2 * last }
    return [
      Series(
        row.name,
        x: lengths.map(Double.init),
        y: lengths.map { MemoryComparison.trainingBytes(row.model, length: $0) },
        color: .palette(index)
      ),
      Series(
        x: row.points.map { Double($0.length) },
        y: row.points.map { $0.bytes + program },
        form: .markers,
        color: .palette(index),
        marker: Marker.allCases[index % Marker.allCases.count]
      ),
    ]
  }
}
