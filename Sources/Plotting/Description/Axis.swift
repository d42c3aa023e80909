/// A labelled tick on an axis.
package struct Tick: Sendable, Hashable {
  /// The position of the tick, in data units.
  package var value: Double
  /// The label.
  package var label: String

  /// Creates a tick.
  package init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// The rule that places the ticks of an axis.
package enum TickRule: Sendable, Hashable {
  /// Round numbers, as close together as the labels allow.
  case automatic
  /// Multiples of a step, all labelled if there is room.
  case every(Double)
  /// Given values.
  case values([Double])
  /// Given values with given labels.
  case labelled([Tick])
  /// Names at 0, 1, 2 and so on, truncated to the distance between them.
  case categories([String])
  /// No ticks.
  case none
}

/// The format of tick labels.
package enum TickFormat: String, Sendable, Hashable {
  /// Numbers; thousands as 10,000, longer ones with k, M, G.
  case number
  /// Percentages: the value 0.5 is written 50 %.
  case percent
}

/// One axis of a panel.
package struct Axis: Sendable, Hashable {
  /// The label; empty for none.
  package var label: String
  /// The unit, written in parentheses after the label.
  package var unit: String?
  /// The scale.
  package var scale: Scale
  /// The value at the lower end; nil to show all data.
  package var lower: Double?
  /// The value at the upper end; nil to show all data.
  package var upper: Double?
  /// The rule that places the ticks.
  package var ticks: TickRule
  /// The format of tick labels.
  package var format: TickFormat

  /// Creates an axis; by default it is linear and shows all data.
  package init(
    _ label: String = "",
    unit: String? = nil,
    scale: Scale = .linear,
    lower: Double? = nil,
    upper: Double? = nil,
    ticks: TickRule = .automatic,
    format: TickFormat = .number
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.lower = lower
    self.upper = upper
    self.ticks = ticks
    self.format = format
  }

  /// The label with its unit.
  package var caption: String {
    guard let unit, !unit.isEmpty else { return label }
    return label.isEmpty ? unit : "\(label) (\(unit))"
  }
}
