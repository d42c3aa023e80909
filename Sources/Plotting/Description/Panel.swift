/// A set of axes with its contents.
package struct Panel: Sendable, Hashable {
  /// A heading above the axes.
  package var title: String?
  /// The horizontal axis.
  package var x: Axis
  /// The vertical axis at the left.
  package var y: Axis
  /// The strip between the left axis and its labels.
  package var strip: AxisStrip?
  /// A second vertical axis at the right, for the series that use it.
  package var secondY: Axis?
  /// A matrix below the series; its axes are linear.
  package var heatMap: HeatMap?
  /// The data, later series on top; those with an opacity below one half are below all others.
  package var series: [Series]
  /// The placement of the legend.
  package var legend: LegendPlacement
  /// Lines across the panel.
  package var lines: [ReferenceLine]
  /// Shaded bands across the panel.
  package var bands: [ReferenceBand]
  /// Texts at positions in the panel.
  package var annotations: [Annotation]
  /// True if series differ in dashes, markers and hatching in every theme.
  package var variesRhythms = false
  /// True if the vertical axis spans only the values within the horizontal axis's range.
  package var fitsShownValues = false
  /// A drawing in place of axes and data, scaled to fit; its colours are those of the light theme, which the colours
  /// of the figure's theme replace.
  package var drawing: DrawList?
  /// The drawing for dark backgrounds, if more than the theme's colours differs.
  package var darkDrawing: DrawList?

  /// Creates a panel.
  package init(
    title: String? = nil,
    x: Axis = Axis(),
    y: Axis = Axis(),
    secondY: Axis? = nil,
    series: [Series] = [],
    heatMap: HeatMap? = nil,
    legend: LegendPlacement = .automatic,
    lines: [ReferenceLine] = [],
    bands: [ReferenceBand] = [],
    annotations: [Annotation] = []
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.secondY = secondY
    self.series = series
    self.heatMap = heatMap
    self.legend = legend
    self.lines = lines
    self.bands = bands
    self.annotations = annotations
    strip = nil
    self.drawing = nil
    darkDrawing = nil
  }

  /// Creates a panel that shows a drawing without axes, and optionally another one on dark backgrounds.
  package init(title: String? = nil, drawing: DrawList, dark darkDrawing: DrawList? = nil) {
    self.init(title: title)
    self.drawing = drawing
    self.darkDrawing = darkDrawing
  }
}

/// The placement of a panel's legend.
package enum LegendPlacement: String, Sendable, Hashable {
  /// In the emptiest corner, or above the axes if no corner is free.
  case automatic
  /// In the upper left corner.
  case topLeft
  /// In the upper right corner.
  case topRight
  /// In the lower left corner.
  case bottomLeft
  /// In the lower right corner.
  case bottomRight
  /// In rows above the axes.
  case above
  /// No legend.
  case none
}

/// The axis of a reference value.
package enum ReferenceAxis: String, Sendable, Hashable {
  /// The horizontal axis; its lines are vertical.
  case x
  /// The vertical axis; its lines are horizontal.
  case y
}

/// A line across a panel at a value.
package struct ReferenceLine: Sendable, Hashable {
  /// The axis of the value.
  package var axis: ReferenceAxis
  /// The value.
  package var value: Double
  /// A short text at the line; empty for none.
  package var label: String
  /// The dash pattern of the line.
  package var dash: Dash
  /// The colour.
  package var color: SeriesColor

  /// Creates a reference line.
  package init(
    _ axis: ReferenceAxis,
    at value: Double,
    label: String = "",
    dash: Dash = .dotted,
    color: SeriesColor = .muted
  ) {
    self.axis = axis
    self.value = value
    self.label = label
    self.dash = dash
    self.color = color
  }
}

/// A shaded band across a panel between two values.
package struct ReferenceBand: Sendable, Hashable {
  /// The axis of the values.
  package var axis: ReferenceAxis
  /// The values at the edges.
  package var range: ClosedRange<Double>
  /// The colour before the opacity is applied.
  package var color: SeriesColor
  /// The opacity from 0 to 1.
  package var opacity: Double

  /// Creates a reference band.
  package init(
    _ axis: ReferenceAxis,
    _ range: ClosedRange<Double>,
    color: SeriesColor = .muted,
    opacity: Double = 0.14
  ) {
    self.axis = axis
    self.range = range
    self.color = color
    self.opacity = opacity
  }
}

/// A text at a position in a panel.
package struct Annotation: Sendable, Hashable {
  /// The value on the horizontal axis.
  package var x: Double
  /// The value on the vertical axis.
  package var y: Double
  /// The text.
  package var text: String
  /// True if a dot marks the position.
  package var hasDot: Bool

  /// Creates an annotation.
  package init(x: Double, y: Double, _ text: String, hasDot: Bool = true) {
    self.x = x
    self.y = y
    self.text = text
    self.hasDot = hasDot
  }
}
