import Plotting

/// What stands at one place of a terminal.
struct BlockCell: Hashable {
  /// The character.
  var character: Character = " "
  /// Its colour; nil for the terminal's own.
  var ink: Color?
  /// The colour behind it; nil for the terminal's own.
  var ground: Color?
  /// Whether the character is cut out of its colour, so that the ground is seen through it.
  var isReversed = false
  /// Whether it is bold.
  var isBold = false
  /// Whether the wide character before reaches into this place.
  var isCovered = false

  /// Whether nothing can be seen.
  var isBlank: Bool { character == " " && ground == nil && !isCovered }

  /// The colour that covers most of the place, for what is written over it.
  var cover: Color? {
    character == "█" ? ink : ground
  }
}

/// Rows and columns of a terminal.
struct BlockGrid {
  /// The number of columns.
  let columns: Int
  /// The number of rows.
  let rows: Int
  private var cells: [BlockCell]

  /// Starts blank.
  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: BlockCell(), count: columns * rows)
  }

  /// Whether a place is on the grid.
  func contains(_ column: Int, _ row: Int) -> Bool {
    (0..<columns).contains(column) && (0..<rows).contains(row)
  }

  /// What stands at a place of the grid.
  subscript(column: Int, row: Int) -> BlockCell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }

  /// Writes a character over what is at a place; other places than the grid's are passed over.
  mutating func write(_ character: Character, _ ink: Color?, at column: Int, _ row: Int) {
    guard contains(column, row) else { return }
    let cover = self[column, row].cover
    self[column, row] = BlockCell(character: character, ink: ink, ground: cover)
  }
}
