/// A labelled place on an axis.
package struct Tick: Sendable, Hashable {
  /// Where the tick is, in data units.
  package var value: Double
  /// What is written there.
  package var label: String

  /// Creates a tick.
  package init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// Where an axis has ticks.
package enum TickRule: Sendable, Hashable {
  /// Round numbers as close together as the labels allow.
  case automatic
  /// Multiples of a step, every one labelled where there is room.
  case every(Double)
  /// Given values.
  case values([Double])
  /// Given values with given labels.
  case labelled([Tick])
  /// Names at 0, 1, 2 and so on, cut where they are longer than the room between them.
  case categories([String])
  /// No ticks.
  case none
}

/// How tick labels are written.
package enum TickFormat: String, Sendable, Hashable {
  /// As numbers; thousands as 10,000, with k, M, G where they get long.
  case number
  /// As percentages: the value 0.5 is written 50 %.
  case percent
}

/// One axis of a panel.
package struct Axis: Sendable, Hashable {
  /// What the axis shows; empty for no label.
  package var label: String
  /// The unit, written in parentheses after the label.
  package var unit: String?
  /// How values are spread.
  package var scale: Scale
  /// The value at the lower end; nil chooses one that shows all data.
  package var lower: Double?
  /// The value at the upper end; nil chooses one that shows all data.
  package var upper: Double?
  /// Where the ticks are.
  package var ticks: TickRule
  /// How tick labels are written.
  package var format: TickFormat

  /// Creates an axis; unless told otherwise it is linear and shows all data.
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
