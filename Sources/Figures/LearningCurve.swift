import CommandLanguage
import Networks
import Plotting
import Sessions
import Training
import Wording

/// The loss and the accuracy over the training, of one or more models.
package struct LearningCurve {
  /// The quantity on the horizontal axis.
  package enum Abscissa: String, CaseIterable {
    case steps, seconds
  }

  package let slots: [ModelSlot]
  package let title: String?
  package var x = Abscissa.steps
  /// The groups of models averaged into one curve each; nil to draw each model.
  package var groups: [SeedGroup]?

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
      With `x=seconds` over the seconds that the steps took, without what was done between them. With `group=seed` the \
      running means of models that differ in their seeds alone are averaged, up to the last step that all of them have.
      """,
    options: [abscissa, PlotOptions.group],
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
      .init(
        """
        data badd lengths=8 batch=4
        for s in 1..3 { seed $s; model rse maps=4 as=rse-$s; train 5 }
        plot loss of=rse-1,rse-2,rse-3 group=seed
        """,
        "the mean of three seeds and a band of their standard deviation"
      ),
    ],
    hasAxes: true
  ) { request, session in
    let x = request.arguments[abscissa]
    let isGrouped = request.arguments[PlotOptions.group] == .seed
    guard !isGrouped || x == .steps else {
      throw request.arguments.error(
        on: PlotOptions.group,
        "steps are averaged, and seconds differ from model to model",
        remedy: "leave out x=seconds or group="
      )
    }
    for slot in request.slots where x == .seconds && slot.trainer?.log.isTimed == false {
      throw request.arguments.error(
        on: abscissa,
        "a part of the training of `\(slot.name)` has no times",
        remedy: "its file is of an older version, or without moments; leave out x=seconds"
      )
    }
    let groups = try request.groups()
    for group in groups where isGrouped {
      let steps = group.slots.map { $0.trainer?.log.count ?? 0 }
      guard let least = steps.min(), let most = steps.max(), least < most else { continue }
      session.emit(
        "\(group.name): trained for \(grouped(least)) to \(counted(most, "step")), averaged over the first \(grouped(least))"
      )
    }
    let curve = LearningCurve(
      slots: request.slots,
      title: request.title,
      x: x,
      groups: isGrouped ? groups : nil
    )
    return Plot(figure: curve.figure, slots: request.slots, isVolatile: x == .seconds)
  }

  /// The number of steps of the running mean, as a share of the curve.
  private static let smoothing = 0.02

  package var figure: Figure {
    Figure(
      title: title ?? defaultTitle,
      subtitle: subtitle,
      panels: [
        Panel(
          x: axis,
          y: Axis("loss", lower: 0),
          series: series(\.loss, \.loss),
          legend: .automatic
        ),
        Panel(
          x: axis,
          y: Axis("accuracy", lower: 0, upper: 1, format: .percent),
          series: series(\.accuracy, \.accuracy),
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

  /// Returns the places on the horizontal axis of the first steps of a training, starting with 0.
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
    if groups != nil { return SeedGroup.caption }
    guard let slot = slots.first, slots.count == 1, let spec = slot.spec else { return nil }
    let lengths = slot.data.map { ", lengths \($0.bins.map(String.init).joined(separator: ", "))" }
    let (count, part) =
      spec.settings.contains(.blocks) ? (spec.blocks, "block") : (spec.layers, "layer")
    return """
      \(slot.name): \(counted(spec.maps, "map")), \(counted(count, part)), \
      \(grouped(spec.parameterCount)) parameters\(lengths ?? "")
      """
  }

  private func series(
    _ step: @escaping (StepRecord) -> Double,
    _ validation: @escaping (ValidationRecord) -> Double
  ) -> [Series] {
    guard let groups else { return curves(step) + validations(validation) }
    return means(of: groups, step) + validationMeans(of: groups, validation)
  }

  /// Returns the mean of the running means of each group, up to the last step that all of its models have.
  private func means(of groups: [SeedGroup], _ value: (StepRecord) -> Double) -> [Series] {
    groups.enumerated().map { index, group in
      let logs = group.slots.map { $0.trainer?.log ?? [] }
      let count = logs.map(\.count).min() ?? 0
      let span = max(1, (Double(count) * Self.smoothing).rounded())
      let curves = logs.map { log in
        Series.runningMean(log.prefix(count).map(value), reach: span > 1 ? Int(span / 2) : 0)
      }
      return group.series(
        x: Array(places(Array(logs[0].prefix(count))).dropFirst()),
        samples: (0..<count).map { step in curves.map { $0[step] } },
        index: index,
        form: .line,
        width: 1.8
      )
    }
  }

  /// Returns the mean of the validations of each group, at the steps at which all of its models have one.
  private func validationMeans(
    of groups: [SeedGroup],
    _ value: (ValidationRecord) -> Double
  ) -> [Series] {
    groups.enumerated().compactMap { index, group in
      let records = group.slots.map { $0.trainer?.validations ?? [] }
      let common = records.dropFirst().reduce(Set(records[0].map(\.step))) {
        $0.intersection($1.map(\.step))
      }
      guard !common.isEmpty else { return nil }
      let steps = common.sorted()
      var series = group.series(
        x: steps.map(Double.init),
        samples: steps.map { step in
          records.compactMap { $0.last { $0.step == step }.map(value) }
        },
        index: index,
        form: .markers
      )
      // The colours are those of the lines, which have names.
      series.name = index == 0 ? "validation" : ""
      return series
    }
  }

  /// Returns every step faint and the running mean bold; a single model's two lines have separate names, for several
  /// models the running mean has the name.
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

  /// Returns a point for each validation, in the colour of its model.
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
  /// True if the seconds of all steps are known.
  fileprivate var isTimed: Bool { allSatisfy { $0.seconds != nil } }
}
