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

  /// Creates a figure; without a size one that suits the number of panels.
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

  /// The size in points that suits a number of panels.
  package static func defaultSize(panels: Int, columns: Int) -> Size {
    let rows = max(1, (panels + columns - 1) / columns)
    let width = columns == 1 ? 600.0 : 360.0 * Double(columns)
    return Size(width, 80 + (rows == 1 ? 300 : 230 * Double(rows)))
  }

  /// The figure for a column of a printed paper, whose caption says what the title does: without titles and, unless a
  /// panel is a drawing with a size of its own, 3.3 inches wide.
  ///
  /// - Parameter keepsTitle: whether the title was asked for.
  package func inColumn(keepsTitle: Bool = false) -> Figure {
    var figure = self
    figure.subtitle = nil
    if !keepsTitle { figure.title = "" }
    if panels.allSatisfy({ $0.drawing == nil }) {
      let rows = Double(max(1, (panels.count + columns - 1) / columns))
      figure.size = Size(237.6, rows == 1 ? 150 : 118 * rows)
    } else {
      // The room that titles and margins had.
      figure.size.height -= 60
      figure.size.width -= 28
    }
    return figure
  }

  /// The figure as a drawing.
  ///
  /// A figure too small for its panels is enlarged as far as they need it.
  package func drawList(theme: Theme = .light) -> DrawList {
    var layout = FigureLayout(figure: self, theme: theme)
    return layout.draw()
  }
}
