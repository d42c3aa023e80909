import Networks
import Plotting
import Training

/// Loss and accuracy over the training steps, of one model or several.
struct LearningCurve {
  let slots: [ModelSlot]
  let title: String?

  /// Steps of the running mean, as a share of the curve.
  private static let smoothing = 0.02

  var figure: Figure {
    Figure(
      title: title ?? defaultTitle,
      subtitle: subtitle,
      panels: [
        Panel(
          x: Axis("training step", lower: 0),
          y: Axis("loss", lower: 0),
          series: curves(\.loss) + validations(\.loss),
          legend: .automatic
        ),
        Panel(
          x: Axis("training step", lower: 0),
          y: Axis("accuracy", lower: 0, upper: 1, format: .percent),
          series: curves(\.accuracy) + validations(\.accuracy),
          legend: .none,
          lines: [ReferenceLine(.y, at: 1)]
        ),
      ]
    )
  }

  private var defaultTitle: String {
    let tasks = Set(slots.compactMap { $0.data?.task.summary })
    guard let task = tasks.first, tasks.count == 1 else { return "Learning curve" }
    return "Learning to \(task)"
  }

  private var subtitle: String? {
    guard let slot = slots.first, slots.count == 1, let spec = slot.spec else { return nil }
    let lengths = slot.data.map { ", lengths \($0.bins.map(String.init).joined(separator: ", "))" }
    return """
      \(slot.name): \(spec.maps) maps, \(spec.blocks) block\(spec.blocks == 1 ? "" : "s"), \
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
        x: log.map { Double($0.step) },
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
      guard let records = slot.trainer?.validations, !records.isEmpty else { return nil }
      return Series(
        slots.count == 1 ? "validation" : "\(slot.name), validation",
        x: records.map { Double($0.step) },
        y: records.map(value),
        form: .markers,
        color: .palette(index)
      )
    }
  }
}

/// A whole number with its thousands apart: 742,756.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return (number < 0 ? "-" : "") + result
}
