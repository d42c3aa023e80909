/// Distances between the parts of a figure, in points unless otherwise noted.
///
/// The defaults suit pages and screens. A figure made of characters sets its own, so that lines of text and edges of
/// axes fall on its rows and columns.
package struct Spacing: Sendable, Hashable {
  /// The margin around the figure.
  package var margin = 16.0
  /// The gaps between panels.
  package var panelGap = Size(22, 18)
  /// The minimum size of a panel; if there is less room, the figure grows.
  package var smallestPanel = Size(170, 130)
  /// The grid to which panels and the areas between their axes are aligned; nil only rounds the areas to points.
  package var grid: Size?
  /// The distance between lines of the title, in em.
  package var titleLine = 1.3
  /// The distance between lines of the subtitle, in em.
  package var subtitleLine = 1.4
  /// The distance between lines of the footnote, in em.
  package var footnoteLine = 1.4
  /// The height of a panel's title, in em.
  package var panelTitleLine = 1.9
  /// The gap below the titles of the figure.
  package var headerGap = 8.0
  /// The gap above the footnote.
  package var footerGap = 4.0
  /// The gap above the axes, in em of the tick labels.
  package var headroom = 0.5
  /// The distance between entries of a legend, in em.
  package var legendLine = 1.55
  /// The distance between a legend and the axes.
  package var legendInset = 6.0
  /// The padding between the edge of a legend and its entries.
  package var legendPadding = 5.0
  /// The distance from a vertical axis (width) and a horizontal one (height) to its tick labels.
  package var tickLabelDistance = Size(6.5, 6.5)
  /// The distance from tick labels to the caption of an axis.
  package var captionDistance = 7.0
  /// The distance from the axes to the colour bar.
  package var colorBarGap = 12.0
  /// The width of the colour bar.
  package var colorBarWidth = 11.0

  /// Returns the nearest grid point at the left and above or, without a grid, the point itself.
  func onGrid(_ point: Point) -> Point {
    guard let grid else { return point }
    return Point(
      (point.x / grid.width).rounded(.down) * grid.width,
      (point.y / grid.height).rounded(.down) * grid.height
    )
  }
}
