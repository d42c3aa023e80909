/// A series colour, given or by its index in the theme's palette.
package enum SeriesColor: Sendable, Hashable {
  /// The next colour that no earlier automatic series of the panel has taken.
  case automatic
  /// The palette's colour with an index.
  case palette(Int)
  /// The theme's grey for the background.
  case muted
  /// A given colour.
  case fixed(Color)
}

/// The dash pattern of a line.
package enum Dash: String, Sendable, Hashable {
  /// Without gaps.
  case solid
  /// Dashes and gaps.
  case dashed
  /// Dots.
  case dotted
  /// Alternating dashes and dots.
  case dashDotted

  /// Returns the lengths of dashes and gaps for a line width, in points, for round line ends.
  func lengths(width: Double) -> [Double] {
    switch self {
    case .solid: []
    case .dashed: [3.2 * width, 2.8 * width]
    case .dotted: [0.01, 2.4 * width]
    case .dashDotted: [4 * width, 2.4 * width, 0.01, 2.4 * width]
    }
  }
}

/// The shape of a marker.
package enum Marker: String, Sendable, Hashable, CaseIterable {
  /// A disc.
  case circle
  /// An upright square.
  case square
  /// A triangle that points upwards.
  case triangle
  /// A square on its corner.
  case diamond
}

/// Data drawn in one style and named in the legend.
package struct Series: Sendable, Hashable {
  /// The style in which data are drawn.
  package enum Form: String, Sendable, Hashable {
    /// A line through the points, interrupted where a value is not finite.
    case line
    /// A marker at each point.
    case markers
    /// A line with markers.
    case lineAndMarkers
    /// A line that holds each value until the next point.
    case steps
    /// A bar from zero to each value; bars of several series are side by side.
    case bars
    /// A filled box for every two points, its opposite corners.
    case boxes
    /// The outline of a box for every two points, its opposite corners.
    case frames

    var hasLine: Bool { self == .line || self == .lineAndMarkers || self == .steps }
    var hasBoxes: Bool { self == .boxes || self == .frames }
    var hasMarkers: Bool { self == .markers || self == .lineAndMarkers }
  }

  /// The name in the legend; a series without one is not listed.
  package var name: String
  /// Horizontal values.
  package var x: [Double]
  /// Vertical values, as many as horizontal ones.
  package var y: [Double]
  /// The style in which the data are drawn.
  package var form: Form
  /// The colour.
  package var color: SeriesColor
  /// The line width in points.
  package var width: Double
  /// The dash pattern of the line.
  package var dash: Dash
  /// The opacity from 0 to 1.
  package var opacity: Double
  /// The shape of markers.
  package var marker: Marker
  /// The diameter of markers in points.
  package var markerSize: Double
  /// True if the values belong to the second y axis.
  package var onSecondAxis: Bool
  /// The spread of the values around these.
  package var spread: Spread?

  /// Creates a series from equally many horizontal and vertical values.
  package init(
    _ name: String = "",
    x: [Double],
    y: [Double],
    form: Form = .line,
    color: SeriesColor = .automatic,
    width: Double = 1.6,
    dash: Dash = .solid,
    opacity: Double = 1,
    marker: Marker = .circle,
    markerSize: Double = 5,
    onSecondAxis: Bool = false,
    spread: Spread? = nil
  ) {
    precondition(x.count == y.count, "a series has as many horizontal as vertical values")
    precondition(!form.hasBoxes || x.count % 2 == 0, "a box has two corners")
    precondition(spread.map { $0.lower.count == x.count } ?? true, "each value has its spread")
    precondition(width > 0 && markerSize > 0, "lines and markers have a positive size")
    self.name = name
    self.x = x
    self.y = y
    self.form = form
    self.color = color
    self.width = width
    self.dash = dash
    self.opacity = opacity
    self.marker = marker
    self.markerSize = markerSize
    self.onSecondAxis = onSecondAxis
    self.spread = spread
  }
}
