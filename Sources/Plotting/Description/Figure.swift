/// A figure: titles and panels in a grid.
package struct Figure: Sendable, Hashable {
  /// The title, at the upper left.
  package var title: String
  /// A line below the title.
  package var subtitle: String?
  /// The panels in reading order.
  package var panels: [Panel]
  /// The number of panels side by side; 1 stacks them.
  package var columns: Int
  /// The size in points.
  package var size: Size
  /// A small line at the foot.
  package var footnote: String?

  /// Creates a figure; the default size suits the number of panels.
  package init(
    title: String,
    subtitle: String? = nil,
    panels: [Panel],
    columns: Int = 1,
    size: Size? = nil,
    footnote: String? = nil
  ) {
    precondition(columns > 0, "a grid has a column")
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
    self.columns = columns
    self.size = size ?? Self.defaultSize(panels: panels.count, columns: columns)
    self.footnote = footnote
  }

  /// Returns the size in points that suits a number of panels.
  package static func defaultSize(panels: Int, columns: Int) -> Size {
    let rows = max(1, (panels + columns - 1) / columns)
    let width = columns == 1 ? 600.0 : 360.0 * Double(columns)
    return Size(width, 80 + (rows == 1 ? 300 : 230 * Double(rows)))
  }

  /// Returns the figure for a column of a printed paper, whose caption replaces the title: without titles and, unless
  /// a panel contains a drawing with its own size, 3.3 inches wide.
  ///
  /// - Parameter keepsTitle: True if the title was requested.
  package func inColumn(keepsTitle: Bool = false) -> Figure {
    var figure = self
    figure.subtitle = nil
    if !keepsTitle { figure.title = "" }
    if panels.allSatisfy({ $0.drawing == nil }) {
      let rows = Double(max(1, (panels.count + columns - 1) / columns))
      figure.size = Size(237.6, rows == 1 ? 150 : 118 * rows)
    } else {
      // The room taken by titles and margins.
      figure.size.height -= 60
      figure.size.width -= 28
    }
    return figure
  }

  /// Returns the figure as a drawing.
  ///
  /// A figure too small for its panels is enlarged as far as needed.
  package func drawList(theme: Theme = .light) -> DrawList {
    var layout = FigureLayout(figure: self, theme: theme)
    return layout.draw()
  }
}
