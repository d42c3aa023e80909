/// One set of axes and what is drawn in it.
package struct Panel: Sendable, Hashable {
  /// A heading above the axes.
  package var title: String?
  /// The horizontal axis.
  package var x: Axis
  /// The vertical axis at the left.
  package var y: Axis
  /// What stands between the left axis and its labels.
  package var strip: AxisStrip?
  /// A second vertical axis at the right, for series that ask for it.
  package var secondY: Axis?
  /// A matrix below the series; its axes are linear.
  package var heatMap: HeatMap?
  /// The data, later ones on top; those with an opacity below one half lie below all others.
  package var series: [Series]
  /// Where the legend goes.
  package var legend: LegendPlacement
  /// Lines across the panel.
  package var lines: [ReferenceLine]
  /// Shaded stretches across the panel.
  package var bands: [ReferenceBand]
  /// Texts at places in the panel.
  package var annotations: [Annotation]
  /// Whether series differ in dashes, markers and hatching whatever the theme.
  package var variesRhythms = false
  /// Whether the vertical axis spans only what lies between the ends of the horizontal one.
  package var fitsShownValues = false
  /// A drawing that takes the place of axes and data, scaled to fit; made in the colours of the light theme, of which
  /// those of the figure's theme take the place.
  package var drawing: DrawList?
  /// The same on dark grounds, where more than the theme's colours differs.
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

  /// Creates a panel that shows a drawing without axes, on dark grounds another one.
  package init(title: String? = nil, drawing: DrawList, dark darkDrawing: DrawList? = nil) {
    self.init(title: title)
    self.drawing = drawing
    self.darkDrawing = darkDrawing
  }
}

/// Where a panel's legend goes.
package enum LegendPlacement: String, Sendable, Hashable {
  /// In the emptiest corner; above the axes where every corner is taken.
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
  /// Nowhere.
  case none
}

/// The axis along which a reference value is measured.
package enum ReferenceAxis: String, Sendable, Hashable {
  /// A value on the horizontal axis, which gives a vertical line.
  case x
  /// A value on the vertical axis, which gives a horizontal line.
  case y
}

/// A line across a panel at a value.
package struct ReferenceLine: Sendable, Hashable {
  /// The axis the value belongs to.
  package var axis: ReferenceAxis
  /// The value.
  package var value: Double
  /// A short text at the line; empty for none.
  package var label: String
  /// The rhythm of the line.
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

/// A shaded stretch across a panel between two values.
package struct ReferenceBand: Sendable, Hashable {
  /// The axis the values belong to.
  package var axis: ReferenceAxis
  /// The values at the edges.
  package var range: ClosedRange<Double>
  /// The colour before it is made faint.
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

/// A text at a place in a panel.
package struct Annotation: Sendable, Hashable {
  /// The place on the horizontal axis.
  package var x: Double
  /// The place on the vertical axis.
  package var y: Double
  /// The text.
  package var text: String
  /// Whether a dot marks the place.
  package var hasDot: Bool

  /// Creates an annotation.
  package init(x: Double, y: Double, _ text: String, hasDot: Bool = true) {
    self.x = x
    self.y = y
    self.text = text
    self.hasDot = hasDot
  }
}
