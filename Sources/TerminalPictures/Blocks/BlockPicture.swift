import Plotting

/// A figure made of characters.
///
/// A figure shrunk to the few dots of terminal characters would be unreadable. So it is laid out again in rows and
/// columns, and each part is shown by the most suitable characters: texts as they are, axes by box drawing, lines by
/// the dots of braille patterns, markers by symbols, areas and matrices by blocks.
struct BlockPicture {
  private let layout: BlockLayout
  private let style: BlockStyle

  /// Lays out a figure; returns nil if the terminal is too small.
  init?(_ picture: TerminalPicture, style: BlockStyle) {
    guard let layout = BlockLayout(picture) else { return nil }
    self.layout = layout
    self.style = style
  }

  /// Returns the lines of the picture, each with its line end.
  func text() throws(PlotError) -> String {
    BlockWriter(style: style).text(try grid())
  }

  private func grid() throws(PlotError) -> BlockGrid {
    var grid = BlockGrid(columns: layout.columns, rows: layout.rows)
    let ink = Ink(ground: layout.theme.ground, style: style)
    try AreaLayer(layout: layout, ink: ink, style: style).draw(on: &grid)
    try LineLayer(layout: layout, ink: ink, style: style).draw(on: &grid)
    MarkerLayer(layout: layout, ink: ink, style: style).draw(on: &grid)
    FrameLayer(layout: layout, style: style).draw(on: &grid)
    var texts = TextLayer(theme: layout.theme, style: style, grid: grid)
    for item in layout.drawing.texts { texts.place(item) }
    return texts.grid
  }
}
