/// A picture from a file, and the text that makes a terminal show it.
package struct TerminalImage: Sendable {
  private let png: [UInt8]
  private let width: Int
  private let height: Int

  /// Describes a picture.
  ///
  /// - Parameters:
  ///   - png: the bytes of a PNG file.
  ///   - width: its width in pixels.
  ///   - height: its height in pixels.
  package init(png: [UInt8], width: Int, height: Int) {
    precondition(width > 0 && height > 0, "a picture has a size")
    self.png = png
    self.width = width
    self.height = height
  }

  /// Returns the text to write, starting at column 1 of a line; it leaves the cursor at column 1 below the picture.
  ///
  /// The picture has its own size, reduced to the screen's if it is larger.
  ///
  /// - Returns: The text, or nil if that method does not show files.
  package func text(by method: PictureMethod, on screen: TerminalScreen) -> String? {
    let cell = screen.cell ?? .usual
    let room = (
      width: Double(max(1, screen.columns - 1) * cell.width),
      height: Double(max(1, screen.rows - TerminalPicture.linesLeft) * cell.height)
    )
    let fit = min(1, room.width / Double(width), room.height / Double(height))
    let columns = max(1, Int((Double(width) * fit / Double(cell.width)).rounded(.down)))
    let rows = max(1, Int((Double(height) * fit / Double(cell.height)).rounded(.down)))
    switch method {
    case .kitty:
      let image = KittyImage.text(png: png, columns: columns, rows: rows)
      return PlacedDrawing.text(around: image, rows: rows)
    case .iterm:
      let image = ITermImage.text(png: png, columns: columns, rows: rows)
      return PlacedDrawing.text(around: image, rows: rows)
    case .sixel, .blocks: return nil
    }
  }
}
