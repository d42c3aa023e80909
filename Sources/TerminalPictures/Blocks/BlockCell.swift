import Plotting

/// One character cell of a terminal.
struct BlockCell: Hashable {
  /// The character.
  var character: Character = " "
  /// Its colour; nil for the terminal's own.
  var ink: Color?
  /// The background colour; nil for the terminal's own.
  var ground: Color?
  /// True if the character is cut out of its colour, so that the background shows through it.
  var isReversed = false
  /// True if the character is bold.
  var isBold = false
  /// True if the wide character before it extends into this cell.
  var isCovered = false

  /// True if nothing is visible.
  var isBlank: Bool { character == " " && ground == nil && !isCovered }

  /// The colour that covers most of the cell, as the background of what is written over it.
  var cover: Color? {
    character == "█" ? ink : ground
  }
}

/// A grid of terminal cells.
struct BlockGrid {
  /// The number of columns.
  let columns: Int
  /// The number of rows.
  let rows: Int
  private var cells: [BlockCell]

  /// Creates a blank grid.
  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: BlockCell(), count: columns * rows)
  }

  /// Returns true if a cell is on the grid.
  func contains(_ column: Int, _ row: Int) -> Bool {
    (0..<columns).contains(column) && (0..<rows).contains(row)
  }

  /// The cell at a column and row of the grid.
  subscript(column: Int, row: Int) -> BlockCell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }

  /// Writes a character over the contents of a cell; a no-op outside the grid.
  mutating func write(_ character: Character, _ ink: Color?, at column: Int, _ row: Int) {
    guard contains(column, row) else { return }
    let cover = self[column, row].cover
    self[column, row] = BlockCell(character: character, ink: ink, ground: cover)
  }
}
