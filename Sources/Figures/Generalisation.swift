import Foundation
import Plotting
import Sessions
import Wording

/// The accuracy over the length of the sequences, of one or more models, from their last tests.
package struct Generalisation {
  /// The tested models.
  package let slots: [ModelSlot]
  package let title: String?
  /// The groups of models averaged into one curve each; nil to draw each model.
  package var groups: [SeedGroup]?

  package static let plotted = PlottedFigure(
    name: "generalisation",
    summary: "accuracy over the length of the sequences, as the last `test` of each model found it",
    discussion: """
      Tests of several lengths are put together; training a model on makes its tests void. With `group=seed` models that \
      differ in their seeds alone are one curve.
      """,
    options: [PlotOptions.group],
    examples: [
      .init(
        """
        data badd lengths=8 batch=4; model rse maps=8; train 5
        test lengths=4..32 by *2 count=8; plot generalisation
        """,
        "how a model does on lengths that it was not trained on"
      )
    ],
    hasAxes: true
  ) { request, _ in
    if let slot = request.slots.first(where: { $0.tests == nil }) {
      throw request.arguments.error(
        on: request.arguments.has(PlotOptions.of) ? PlotOptions.of : PlotOptions.figure,
        slot.lastTests == nil
          ? "the model `\(slot.name)` was not tested yet"
          : "the model `\(slot.name)` was trained since its last test",
        remedy: "`test lengths=8..1024 by *2 of=\(slot.name)` first"
      )
    }
    let isGrouped = request.arguments[PlotOptions.group] == .seed
    let figure = Generalisation(
      slots: request.slots,
      title: request.title,
      groups: isGrouped ? try request.groups() : nil
    ).figure
    return Plot(figure: figure, slots: request.slots)
  }

  package var figure: Figure {
    Figure(
      title: title ?? defaultTitle,
      subtitle: subtitle,
      panels: [
        Panel(
          x: Axis(
            "length",
            unit: "symbols",
            scale: .log2,
            ticks: .values(lengths.map(Double.init))
          ),
          y: accuracyAxis,
          series: stripes + curves,
          legend: slots.count > 1 ? .automatic : .none,
          lines: [ReferenceLine(.y, at: 1)],
          bands: bands
        )
      ]
    )
  }

  private var lengths: [Int] {
    Set(slots.flatMap { $0.tests?.scores.keys.map { $0 } ?? [] }).sorted()
  }

  private var defaultTitle: String {
    let tasks = Set(slots.compactMap { $0.tests?.task })
    let summaries = Set(slots.compactMap { $0.data?.about })
    guard tasks.count == 1, let task = summaries.first, summaries.count == 1 else {
      return "Accuracy over length"
    }
    return "Accuracy over length: \(task)"
  }

  private var subtitle: String? {
    let steps = Set(slots.compactMap { $0.tests?.step })
    let parts = [
      slots.count == 1 ? slots.first?.name : nil, groups == nil ? nil : SeedGroup.caption,
      steps.count == 1 ? steps.first.map { counted($0, "step") } : nil,
      trained.allSatisfy { $0 == nil }
        ? nil
        : bands.isEmpty ? "stripes: the lengths trained on" : "shaded: the lengths trained on",
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// The first model of each curve.
  private var leaders: [ModelSlot] { groups?.map { $0.slots[0] } ?? slots }

  /// The range of lengths that the models of each curve were trained on.
  private var trained: [ClosedRange<Double>?] {
    leaders.map { slot in
      guard slot.trainer?.step ?? 0 > 0, let bins = slot.data?.bins, let first = bins.first,
        let last = bins.last
      else { return nil }
      return Double(first)...Double(last)
    }
  }

  /// The trained lengths as a grey band, if they are the same for all.
  private var bands: [ReferenceBand] {
    guard let range = trained.first ?? nil, Set(trained).count == 1 else { return [] }
    let ends = Self.visible(range)
    return [ReferenceBand(.x, ends[0]...ends[1])]
  }

  /// The trained lengths of each model as stripes of its colour below 0 %, if they differ between models.
  private var stripes: [Series] {
    guard bands.isEmpty else { return [] }
    return trained.enumerated().compactMap { index, range in
      range.map { range in
        let place = -stripePitch * Double(index + 1)
        return Series(
          x: Self.visible(range),
          y: [place, place],
          color: .palette(index),
          width: 2.4
        )
      }
    }
  }

  /// The distance between stripes, on the accuracy axis.
  private var stripePitch: Double { min(0.025, 0.25 / Double(leaders.count)) }

  /// Returns the visible ends of a range of lengths, widening a single length.
  private static func visible(_ range: ClosedRange<Double>) -> [Double] {
    let (lower, upper) = (range.lowerBound, range.upperBound)
    return lower < upper ? [lower, upper] : [lower * 0.94, upper * 1.06]
  }

  private var accuracyAxis: Axis {
    var axis = Axis("accuracy", lower: 0, upper: 1.04, ticks: .every(0.2), format: .percent)
    if !stripes.isEmpty {
      axis.lower = -stripePitch * Double(leaders.count + 1)
      axis.ticks = .values((0...5).map { Double($0) * 0.2 })
    }
    return axis
  }

  private var curves: [Series] {
    guard let groups else { return slots.enumerated().map(curve) }
    return groups.enumerated().map(mean)
  }

  /// Returns the mean of a group at each length that one of its models was tested at.
  private func mean(_ index: Int, _ group: SeedGroup) -> Series {
    let tests = group.slots.compactMap { $0.tests?.accuracies }
    let lengths = Set(tests.flatMap { $0.map(\.length) }).sorted()
    return group.series(
      x: lengths.map(Double.init),
      samples: lengths.map { length in
        tests.compactMap { $0.first { $0.length == length }?.accuracy }
      },
      index: index,
      form: .lineAndMarkers
    )
  }

  private func curve(_ index: Int, _ slot: ModelSlot) -> Series {
    let points = slot.tests?.accuracies ?? []
    return Series(
      slot.name,
      x: points.map { Double($0.length) },
      y: points.map(\.accuracy),
      form: .lineAndMarkers,
      color: .palette(index),
      marker: Marker.allCases[index % Marker.allCases.count]
    )
  }
}
