extension TickMaker {
  /// A step of 1, 2 or 5 times a power of ten.
  struct Step: Hashable {
    /// 1, 2 or 5.
    let digit: Int
    /// The power of ten.
    let exponent: Int

    /// The next larger step.
    var next: Step {
      switch digit {
      case 1: Step(digit: 2, exponent: exponent)
      case 2: Step(digit: 5, exponent: exponent)
      default: Step(digit: 1, exponent: exponent + 1)
      }
    }

    /// Returns an integer multiple of the step, correctly rounded.
    func times(_ count: Double) -> Double {
      exponent < 0
        ? count * Double(digit) / NumberText.powerOfTen(-exponent)
        : count * Double(digit) * NumberText.powerOfTen(exponent)
    }
  }

  /// Returns the multiples of the smallest step of 1, 2 or 5 times a power of ten whose labels do not overlap.
  func linear() -> TickSet {
    let unit = axis.format == .percent ? 100.0 : 1.0
    let (low, high) = (domain.lower * unit, domain.upper * unit)
    let span = high - low
    guard span > 0, span.isFinite, length > 0 else { return TickSet() }
    let spacing = isVertical ? min(40, max(24, length / 7)) : max(42, length / 9)
    let target = span * min(1, spacing / length)
    var step = Step(digit: 1, exponent: NumberText.exponent(of: target))
    for _ in 0..<24 {
      if step.times(1) >= target * 0.999, let ticks = ticks(step, from: low, to: high, unit: unit) {
        return TickSet(major: ticks)
      }
      step = step.next
    }
    return TickSet()
  }

  private func ticks(_ step: Step, from low: Double, to high: Double, unit: Double) -> [Tick]? {
    let size = step.times(1)
    let (first, last) = ((low / size - 1e-6).rounded(.up), (high / size + 1e-6).rounded(.down))
    guard last - first < 200, abs(first) < 1e15, abs(last) < 1e15 else { return nil }
    let values = stride(from: first, through: last, by: 1).map { step.times($0) }
    let labels = LinearLabels(step: step, largest: max(abs(low), abs(high)), format: axis.format)
    let ticks = values.map { Tick($0 / unit, labels.text($0)) }
    return fits(ticks) ? ticks : nil
  }
}

/// The uniform format for the multiples of a step along an axis.
private struct LinearLabels {
  private enum Style {
    case plain(grouped: Bool)
    case scaled(exponent: Int, letter: String)
    case scientific(exponent: Int)
  }

  private let step: TickMaker.Step
  private let style: Style
  private let suffix: String

  init(step: TickMaker.Step, largest: Double, format: TickFormat) {
    self.step = step
    self.suffix = format == .percent ? " %" : ""
    let top = NumberText.exponent(of: max(largest, 1e-300))
    style =
      switch top {
      case ..<(-3): .scientific(exponent: top)
      case ..<4: .plain(grouped: false)
      case 4: .plain(grouped: true)
      case 5: .scaled(exponent: 3, letter: "k")
      case 6...8: .scaled(exponent: 6, letter: "M")
      case 9...11: .scaled(exponent: 9, letter: "G")
      default: .scientific(exponent: top)
      }
  }

  func text(_ value: Double) -> String {
    let places = -step.exponent
    let number =
      switch style {
      case .plain(let grouped): NumberText.decimal(value, places: places, grouped: grouped)
      case .scaled(_, _) where value == 0, .scientific(_) where value == 0: "0"
      case .scaled(let exponent, let letter) where exponent + places <= 3:
        NumberText.decimal(
          value / NumberText.powerOfTen(exponent),
          places: exponent + places,
          grouped: false
        ) + letter
      case .scaled: NumberText.decimal(value, places: places, grouped: true)
      case .scientific(let exponent):
        NumberText.decimal(
          value / NumberText.powerOfTen(exponent),
          places: min(6, exponent + places),
          grouped: false
        ) + "×10" + NumberText.superscript(exponent)
      }
    return number + suffix
  }
}
