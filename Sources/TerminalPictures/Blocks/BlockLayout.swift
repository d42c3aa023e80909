import Plotting

/// A figure laid out so that lines of text and edges of axes fall on a terminal's rows and columns.
struct BlockLayout {
  /// The size of a character in points.
  static let cell = Size(8, 16)

  /// The minimum numbers of columns and rows of a terminal that can show a picture.
  static let least = (columns: 28, rows: 12)
  /// The minimum columns per panel when panels are set side by side to save rows.
  private static let comfortableColumns = 36.0
  /// The number of rows by which a picture may exceed its space before panels are set side by side.
  private static let tolerance = 4.0

  /// The colours, and the sizes and distances in characters.
  let theme: Theme
  /// The figure as a drawing.
  let drawing: DrawList
  /// The number of columns of the drawing.
  let columns: Int
  /// The number of rows of the drawing.
  let rows: Int

  /// Lays out a figure for a terminal; returns nil if the terminal is too small.
  init?(_ picture: TerminalPicture) {
    let screen = picture.screen
    guard screen.columns >= Self.least.columns, screen.rows >= Self.least.rows else { return nil }
    let theme = Self.theme(picture.theme)
    let wished = max(Self.least.rows, Int(Double(screen.columns) * 0.3))
    let room = min(screen.rows - TerminalPicture.linesLeft, wished)
    var figure = picture.figure
    figure.columns = Self.gridColumns(figure, theme, columns: screen.columns, rows: room)
    figure.panels = Self.headed(figure.panels, columns: figure.columns)
    figure.size = Size(Double(screen.columns) * Self.cell.width, Double(room) * Self.cell.height)
    self.theme = theme
    drawing = figure.drawList(theme: theme)
    columns = screen.columns
    rows = Int((drawing.size.height / Self.cell.height).rounded(.up))
  }

  /// Returns a theme with type of the size of terminal characters.
  private static func theme(_ theme: Theme) -> Theme {
    let line = cell.height
    var (sizes, spacing) = (theme.typeSizes, theme.spacing)
    (sizes.title, sizes.panelTitle) = (14.5, 14.5)
    (sizes.subtitle, sizes.footnote) = (13.5, 13.5)
    (sizes.axisLabel, sizes.tick, sizes.legend) = (13, 13, 14.5)
    spacing.margin = 0
    spacing.panelGap = Size(2 * cell.width, 0)
    spacing.smallestPanel = Size(26 * cell.width, 9 * line)
    spacing.grid = cell
    spacing.titleLine = line / sizes.title
    spacing.subtitleLine = line / sizes.subtitle
    spacing.footnoteLine = line / sizes.footnote
    spacing.panelTitleLine = line / sizes.panelTitle
    spacing.legendLine = line / sizes.legend
    spacing.headerGap = 0
    spacing.footerGap = 0
    spacing.headroom = 0
    spacing.legendInset = 0
    // Entries are in the middle of their rows.
    spacing.legendPadding = sizes.legend * 0.2
    // The axes have a row and a column of their own.
    spacing.tickLabelDistance = Size(cell.width, line)
    spacing.captionDistance = 5
    spacing.colorBarGap = 2 * cell.width
    spacing.colorBarWidth = 2 * cell.width
    var theme = theme
    (theme.typeSizes, theme.spacing) = (sizes, spacing)
    return theme
  }

  /// Returns the number of panels side by side: the figure's own if they fit, more if that saves rows.
  private static func gridColumns(_ figure: Figure, _ theme: Theme, columns: Int, rows: Int) -> Int
  {
    let (panel, gap) = (theme.spacing.smallestPanel, theme.spacing.panelGap)
    let width = Double(columns) * cell.width
    let most = max(1, Int((width + gap.width) / (panel.width + gap.width)))
    var count = min(figure.columns, most)
    func height(_ count: Int) -> Double {
      let lines = (figure.panels.count + count - 1) / count
      return Double(lines) * panel.height / cell.height
    }
    let comfortable = comfortableColumns * cell.width
    while height(count) > Double(rows) + tolerance, count < figure.panels.count,
      (width + gap.width) / Double(count + 1) >= comfortable + gap.width
    {
      count += 1
    }
    return count
  }

  /// Returns the panels with their vertical captions moved into the titles, as rotated text is hard to read in a
  /// terminal, and without horizontal captions that the panel below repeats.
  private static func headed(_ panels: [Panel], columns: Int) -> [Panel] {
    panels.enumerated().map { index, panel in
      guard panel.drawing == nil else { return panel }
      var panel = panel
      let captions = [
        ("", panel.y.caption), ("right: ", panel.secondY?.caption ?? ""),
        ("colours: ", panel.heatMap.map { $0.showsColorBar ? $0.colorAxis.caption : "" } ?? ""),
      ]
      let parts =
        [panel.title ?? ""] + captions.map { $0.1.isEmpty ? "" : $0.0 + $0.1 }
      let title = parts.filter { !$0.isEmpty }.joined(separator: " · ")
      panel.title = title.isEmpty ? nil : title
      panel.y.dropCaption()
      panel.secondY?.dropCaption()
      panel.heatMap?.colorAxis.dropCaption()
      let below = index + columns
      if below < panels.count, panels[below].drawing == nil,
        panels[below].x.caption == panel.x.caption
      {
        panel.x.dropCaption()
      }
      return panel
    }
  }
}

extension Axis {
  /// Removes the axis's caption.
  fileprivate mutating func dropCaption() {
    label = ""
    unit = nil
  }
}
