import CommandLanguage
import Tensors
import Networks
import Plotting
import Sessions
import Wiring
import Wording

/// The gates σ(2 · residual) of all switch units of a model, as an image.
package struct ResidualFigure {
  /// The first column of each unit, with the unit's gates.
  package let units: [(column: SwitchColumn, gates: [Float])]
  package let name: String
  package let step: Int
  package let title: String?

  package static let plotted = PlottedFigure(
    name: "residual",
    summary: "how much of its input each residual switch unit keeps",
    discussion: """
      The gates σ(2 · residual) as an image: a column for each map, two rows for each unit, the upper position of a \
      pair and the lower one. An untrained unit keeps 0.9 of everything.
      """,
    examples: [
      .init(
        "data badd lengths=8 batch=2; model rse maps=8; train 2; plot residual",
        "after two steps"
      )
    ]
  ) { request, session in
    let slot = try request.onlySlot()
    guard (slot.spec ?? slot.request.form).network == .rse else {
      throw request.arguments.error(
        on: PlotOptions.figure,
        "only the network `rse` has gates of this kind",
        remedy: "use a model built with `model rse`"
      )
    }
    let trainer = try slot.trainer ?? session.boundModel(named: slot.name).trainer
    let parameters = trainer.model.parameters
    let units = (trainer.model.wiring?.units ?? []).compactMap { column in
      parameters.first { $0.name == column.path + ".residual" }.map {
        (column, $0.parameter.value.elements.map(Self.gate))
      }
    }
    let figure = ResidualFigure(
      units: units,
      name: slot.name,
      step: trainer.step,
      title: request.title
    )
    return Plot(figure: figure.figure, slots: [slot], values: figure.record)
  }

  private static func gate(_ weight: Float) -> Float {
    Float(Real.sigmoid(2 * Double(weight)))
  }

  /// The mean of each unit's gates.
  private var record: Record {
    let means = units.map { unit -> (Labelled.Label, Value) in
      let mean = unit.gates.reduce(0) { $0 + Double($1) } / Double(max(1, unit.gates.count))
      return (.text(unit.column.path), .number(mean))
    }
    return ["gates": .labelled(Labelled(means))]
  }

  package var figure: Figure {
    let maps = (units.first?.gates.count ?? 0) / 2
    let rows = 2 * units.count
    let least = units.reduce(0.8) { min($0, Double($1.gates.min() ?? 1)) }
    // The first unit is at the top.
    let values = units.reversed().flatMap { $0.gates[maps...] + $0.gates[..<maps] }
    let ticks = units.enumerated().map { index, unit in
      Tick(Double(rows) - 2 * Double(index) - 1.5, unit.column.title)
    }
    return Figure(
      title: title ?? "How much of its input each switch unit keeps",
      subtitle: "\(name), \(counted(step, "step")) · two rows for each unit: the upper position of "
        + "a pair and the lower one",
      panels: [
        Panel(
          x: Axis("map"),
          y: Axis(ticks: .labelled(ticks)),
          heatMap: HeatMap(
            rows: rows,
            columns: maps,
            values: values,
            colorAxis: Axis("σ(2 · residual)", lower: (least * 10).rounded(.down) / 10, upper: 1)
          ),
          lines: (1..<max(1, units.count)).map {
            ReferenceLine(.y, at: 2 * Double($0) - 0.5, dash: .solid, color: .palette(6))
          }
        )
      ],
      size: Size(640, 120 + 34 * Double(units.count))
    )
  }
}
