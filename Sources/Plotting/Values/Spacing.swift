/// Distances between the parts of a figure; in points where nothing else is said.
///
/// The usual ones suit pages and screens. A figure made of characters sets its own, so that lines of text
/// and edges of axes fall on its rows and columns.
package struct Spacing: Sendable, Hashable {
  /// Around the figure.
  package var margin = 16.0
  /// Between panels.
  package var panelGap = Size(22, 18)
  /// The size below which no panel is drawn; the figure grows instead.
  package var smallestPanel = Size(170, 130)
  /// The grid that panels and the areas between their axes keep to; nil only rounds the areas to points.
  package var grid: Size?
  /// From one line of the title to the next, in em.
  package var titleLine = 1.3
  /// From one line of the subtitle to the next, in em.
  package var subtitleLine = 1.4
  /// From one line of the footnote to the next, in em.
  package var footnoteLine = 1.4
  /// The height of a panel's title, in em.
  package var panelTitleLine = 1.9
  /// Below the titles of the figure.
  package var headerGap = 8.0
  /// Above the footnote.
  package var footerGap = 4.0
  /// Above the axes, in em of the tick labels.
  package var headroom = 0.5
  /// From one entry of a legend to the next, in em.
  package var legendLine = 1.55
  /// Between a legend and the axes.
  package var legendInset = 6.0
  /// Between the edge of a legend and its entries.
  package var legendPadding = 5.0
  /// From an axis at the side, and from one below, to its tick labels.
  package var tickLabelDistance = Size(6.5, 6.5)
  /// From tick labels to the caption of an axis.
  package var captionDistance = 7.0
  /// From the axes to the colour bar.
  package var colorBarGap = 12.0
  /// The width of the colour bar.
  package var colorBarWidth = 11.0

  /// The nearest point of the grid at the left and above or, without a grid, the point itself.
  func onGrid(_ point: Point) -> Point {
    guard let grid else { return point }
    return Point(
      (point.x / grid.width).rounded(.down) * grid.width,
      (point.y / grid.height).rounded(.down) * grid.height
    )
  }
}
