import CommandLanguage
import Plotting
import Sessions
import Training
import Wording

/// The learning rate over the steps of a model's schedule, and the training's progress in it.
package struct RateFigure {
  /// The schedule and the progress of one model.
  struct Row {
    let name: String
    let schedule: RateSchedule
    /// The number of steps done.
    let step: Int
    /// The rates that these steps used.
    let rates: [Double]
  }

  let rows: [Row]
  let title: String?

  package static let plotted = PlottedFigure(
    name: "rate",
    summary: "the learning rate over the steps of the schedule, and where the training is",
    discussion: """
      The rate rises through the steps of `warmup=` to `rate=`, and falls to 0 at the step that `schedule=` names. Steps \
      that are done are solid, at the rates they had, those to come are dashed; a mark stands where the training is. \
      `let r = plot rate` has `$r.rate`, that of the next step, and `$r.step`, `$r.warmup` and `$r.schedule`.
      """,
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8 schedule=20 warmup=4\ntrain 7; plot rate",
        "a warm-up of four steps, and three steps of the decline"
      )
    ]
  ) { request, _ in
    let rows = request.slots.map { slot in
      let trainer = slot.trainer
      return Row(
        name: slot.name,
        schedule: (trainer?.settings ?? slot.request.settings).schedule,
        step: trainer?.step ?? 0,
        rates: trainer?.log.map(\.rate) ?? []
      )
    }
    let figure = RateFigure(rows: rows, title: request.title)
    return Plot(figure: figure.figure, slots: request.slots, values: figure.record)
  }

  package var figure: Figure {
    let isAlone = rows.count == 1
    return Figure(
      title: title ?? "Learning rate",
      subtitle: rows.first.flatMap { isAlone ? subtitle(of: $0) : nil },
      panels: [
        Panel(
          x: Axis("training step", lower: 0),
          y: Axis("learning rate", lower: 0),
          series: rows.enumerated().flatMap { series($0, $1, isAlone: isAlone) },
          legend: .automatic
        )
      ]
    )
  }

  private func subtitle(of row: Row) -> String {
    let warmup = row.schedule.warmup > 0 ? ", warm-up of \(grouped(row.schedule.warmup))" : ""
    return "\(row.name): step \(grouped(row.step)) of \(grouped(row.schedule.steps))\(warmup), "
      + "highest rate \(NumberFormat.short(row.schedule.rate))"
  }

  /// Returns the steps done as a solid line, the remaining ones dashed, and a marker between them.
  private func series(_ index: Int, _ row: Row, isAlone: Bool) -> [Series] {
    let color = SeriesColor.palette(index)
    let isKnown = row.rates.count == row.step
    let done = isKnown ? row.rates : knots(row, 1...max(1, row.step)).map(\.y)
    let doneSteps =
      isKnown
      ? (1...max(1, row.step)).prefix(row.step).map(Double.init)
      : knots(row, 1...max(1, row.step)).map(\.x)
    let ahead = knots(row, max(1, row.step)...max(1, row.step, row.schedule.steps))
    var series = [
      Series(
        isAlone ? "schedule" : row.step > 0 ? "" : row.name,
        x: ahead.map(\.x),
        y: ahead.map(\.y),
        color: color,
        dash: .dashed
      )
    ]
    if row.step > 0 {
      series.append(Series(isAlone ? "done" : row.name, x: doneSteps, y: done, color: color))
      series.append(
        Series(
          isAlone ? counted(row.step, "step") : "",
          x: [Double(row.step)],
          y: [done.last ?? 0],
          form: .markers,
          color: color,
          markerSize: 7
        )
      )
    }
    return series
  }

  /// Returns the corners of the schedule between two steps; it is straight between them.
  private func knots(_ row: Row, _ steps: ClosedRange<Int>) -> [(x: Double, y: Double)] {
    let corners = [row.schedule.warmup, row.schedule.steps].filter(steps.contains)
    return Set([steps.lowerBound, steps.upperBound] + corners).sorted().map {
      (Double($0), row.schedule.rate(step: $0))
    }
  }

  private var record: Record {
    guard let row = rows.first, rows.count == 1 else { return [:] }
    return [
      "rate": .number(row.schedule.rate(step: row.step + 1)), "step": .number(Double(row.step)),
      "warmup": .number(Double(row.schedule.warmup)),
      "schedule": .number(Double(row.schedule.steps)),
    ]
  }
}
