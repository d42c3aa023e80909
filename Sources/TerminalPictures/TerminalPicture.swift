import Plotting

/// A figure as what makes a terminal show it.
package struct TerminalPicture: Sendable {
  /// The figure.
  package var figure: Figure
  /// Its colours; those of characters stand on the terminal's own ground.
  package var theme: Theme
  /// The size of the terminal.
  package var screen: TerminalScreen

  /// Lines of the terminal that a picture leaves to what stands above and below it.
  static let linesLeft = 4

  /// Describes a picture.
  package init(_ figure: Figure, theme: Theme, screen: TerminalScreen) {
    self.figure = figure
    self.theme = theme
    self.screen = screen
  }

  /// What is to be written, from column 1 of a line on; after it the cursor is at column 1 below.
  ///
  /// - Parameters:
  ///   - method: How the picture is shown.
  ///   - style: What a picture of characters may use; other methods pass it over.
  /// - Returns: The text, or nil if the terminal is too small for a picture.
  /// - Throws: `PlotError` if the figure cannot be drawn.
  package func text(
    by method: PictureMethod,
    style: BlockStyle
  ) throws(PlotError) -> String? {
    if method == .blocks { return try BlockPicture(self, style: style)?.text() }
    guard let placed = PlacedDrawing(self, rowStep: method == .sixel ? 6 : 1) else { return nil }
    let image =
      switch method {
      case .kitty:
        KittyImage.text(png: try placed.png(), columns: placed.columns, rows: placed.rows)
      case .iterm:
        ITermImage.text(png: try placed.png(), columns: placed.columns, rows: placed.rows)
      case .sixel, .blocks: SixelImage.text(try placed.raster())
      }
    return placed.text(around: image)
  }
}
