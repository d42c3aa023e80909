import CommandLanguage
import Networks
import Plotting
import Sessions
import Training
import Wording

/// Loss and accuracy over the training, of one model or several.
package struct LearningCurve {
  /// What the horizontal axis counts.
  package enum Abscissa: String, CaseIterable {
    case steps, seconds
  }

  package let slots: [ModelSlot]
  package let title: String?
  package var x = Abscissa.steps

  private static let abscissa = CommandArgument(
    "x",
    .choice(Abscissa.self),
    "what the horizontal axis counts",
    default: .steps
  )

  package static let plotted = PlottedFigure(
    name: "loss",
    summary:
      "loss and accuracy over the training steps, every step faint and a running mean bold",
    discussion: """
      With `x=seconds` over the seconds that the steps took, without what was done between them.
      """,
    options: [abscissa],
    examples: [
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5; plot loss",
        "the learning curve of five steps, in the terminal"
      ),
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5\nplot loss curve.png theme=dark",
        "the same on a dark ground, in a file"
      ),
      .init(
        "data badd lengths=8 batch=4; model rse maps=8; train 5; plot loss x=seconds",
        "over the seconds of training"
      ),
    ]
  ) { request, _ in
    let x = request.arguments[abscissa]
    for slot in request.slots where x == .seconds && slot.trainer?.log.isTimed == false {
      throw request.arguments.error(
        on: abscissa,
        "a part of the training of `\(slot.name)` has no times",
        remedy: "its file is of an older version, or without moments; leave out x=seconds"
      )
    }
    let curve = LearningCurve(slots: request.slots, title: request.title, x: x)
    return Plot(figure: curve.figure, slots: request.slots, isVolatile: x == .seconds)
  }

  /// Steps of the running mean, as a share of the curve.
  private static let smoothing = 0.02

  package var figure: Figure {
    Figure(
      title: title ?? defaultTitle,
      subtitle: subtitle,
      panels: [
        Panel(
          x: axis,
          y: Axis("loss", lower: 0),
          series: curves(\.loss) + validations(\.loss),
          legend: .automatic
        ),
        Panel(
          x: axis,
          y: Axis("accuracy", lower: 0, upper: 1, format: .percent),
          series: curves(\.accuracy) + validations(\.accuracy),
          legend: .none,
          lines: [ReferenceLine(.y, at: 1)]
        ),
      ]
    )
  }

  private var axis: Axis {
    switch x {
    case .steps: Axis("training step", lower: 0)
    case .seconds: Axis("training time", unit: "s", lower: 0)
    }
  }

  /// The places on the horizontal axis of the first steps of a training, 0 first.
  private func places(_ log: [StepRecord]) -> [Double] {
    log.reduce(into: [0]) { places, record in
      places.append(
        x == .steps ? Double(record.step) : (places.last ?? 0) + (record.seconds ?? 0)
      )
    }
  }

  private var defaultTitle: String {
    let tasks = Set(slots.compactMap { $0.data?.about })
    guard let task = tasks.first, tasks.count == 1 else { return "Learning curve" }
    return "Learning to \(task)"
  }

  private var subtitle: String? {
    guard let slot = slots.first, slots.count == 1, let spec = slot.spec else { return nil }
    let lengths = slot.data.map { ", lengths \($0.bins.map(String.init).joined(separator: ", "))" }
    let (count, part) =
      spec.settings.contains(.blocks) ? (spec.blocks, "block") : (spec.layers, "layer")
    return """
      \(slot.name): \(counted(spec.maps, "map")), \(counted(count, part)), \
      \(grouped(spec.parameterCount)) parameters\(lengths ?? "")
      """
  }

  /// Every step faint and the running mean bold; one model's two lines are named apart, of several
  /// models the running mean bears the name.
  private func curves(_ value: (StepRecord) -> Double) -> [Series] {
    slots.enumerated().flatMap { index, slot -> [Series] in
      let log = slot.trainer?.log ?? []
      let span = max(1, (Double(log.count) * Self.smoothing).rounded())
      var series = Series.smoothed(
        slot.name,
        x: Array(places(log).dropFirst()),
        y: log.map(value),
        index: index,
        span: span
      )
      if slots.count == 1, series.count == 2 {
        series[0].name = "each step"
        series[1].name = "running mean over \(Int(span)) steps"
      }
      return series
    }
  }

  /// A point for each validation, in the colour of its model.
  private func validations(_ value: (ValidationRecord) -> Double) -> [Series] {
    slots.enumerated().compactMap { index, slot in
      guard let trainer = slot.trainer, !trainer.validations.isEmpty else { return nil }
      let (records, places) = (trainer.validations, places(trainer.log))
      return Series(
        slots.count == 1 ? "validation" : "\(slot.name), validation",
        x: records.map { places[$0.step] },
        y: records.map(value),
        form: .markers,
        color: .palette(index)
      )
    }
  }
}

extension [StepRecord] {
  /// Whether the seconds of all steps are known.
  fileprivate var isTimed: Bool { allSatisfy { $0.seconds != nil } }
}
