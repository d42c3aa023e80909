import Plotting

/// A figure, and the text that makes a terminal show it.
package struct TerminalPicture: Sendable {
  /// The figure.
  package var figure: Figure
  /// Its colours; pictures of characters are on the terminal's own background.
  package var theme: Theme
  /// The size of the terminal.
  package var screen: TerminalScreen

  /// The number of terminal lines that a picture leaves free for what is above and below it.
  static let linesLeft = 4

  /// Describes a picture.
  package init(_ figure: Figure, theme: Theme, screen: TerminalScreen) {
    self.figure = figure
    self.theme = theme
    self.screen = screen
  }

  /// Returns the text to write, starting at column 1 of a line; it leaves the cursor at column 1 below the picture.
  ///
  /// - Parameters:
  ///   - method: The way the picture is shown.
  ///   - style: The style of a picture of characters; other methods ignore it.
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
