/// The size of a terminal.
package struct TerminalScreen: Sendable, Hashable {
  /// The number of characters per line.
  package var columns: Int
  /// The number of lines.
  package var rows: Int
  /// The size of a character in pixels; nil if the terminal does not report it.
  package var cell: CellSize?

  /// The size of a character in pixels.
  package struct CellSize: Sendable, Hashable {
    /// The width in pixels, from one column to the next.
    package var width: Int
    /// The height in pixels, from one line to the next.
    package var height: Int

    /// The size assumed if the terminal does not report one.
    package static let usual = CellSize(width: 10, height: 20)

    /// Creates a size of at least one pixel.
    package init(width: Int, height: Int) {
      precondition(width > 0 && height > 0, "a character has a size")
      self.width = width
      self.height = height
    }
  }

  /// Creates a screen size.
  package init(columns: Int, rows: Int, cell: CellSize? = nil) {
    self.columns = columns
    self.rows = rows
    self.cell = cell
  }
}
