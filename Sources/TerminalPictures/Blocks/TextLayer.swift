import Plotting

/// A layer that writes a drawing's texts as characters, without overlaps.
struct TextLayer {
  /// The grid with the texts written so far.
  private(set) var grid: BlockGrid
  private let theme: Theme
  private let style: BlockStyle
  private var taken: Set<Place> = []

  private struct Place: Hashable {
    let column: Int
    let row: Int
  }

  /// The minimum number of columns of a text that is cut; shorter ones are left out.
  private static let leastColumns = 6

  /// Creates the layer over the other layers' grid.
  init(theme: Theme, style: BlockStyle, grid: BlockGrid) {
    self.theme = theme
    self.style = style
    self.grid = grid
  }

  /// Writes a text at its position, or slightly beside it; a text without enough space is cut or left out.
  mutating func place(_ item: TextItem) {
    let text = style.characters == .ascii ? item.text.inASCII : item.text
    let characters = text.filter { $0.columns > 0 }
    switch ((item.quarterTurns % 4) + 4) % 4 {
    case 0: placeLevel(Array(characters), item)
    case 1, 3: placeUpright(Array(characters), item)
    default: break
    }
  }

  private mutating func placeLevel(_ characters: [Character], _ item: TextItem) {
    // A text anchored at its middle takes the anchor's row, regardless of the height of its letters.
    // Ticks are at half points, so their labels are rounded to half points too, to fall in the same row.
    let middle =
      item.anchor.vertical == .middle ? (item.position.y * 2).rounded() / 2 : item.bounds.midY
    let row = Int((middle / BlockLayout.cell.height).rounded(.down))
    guard (0..<grid.rows).contains(row) else { return }
    let characters = cut(characters, to: grid.columns)
    let width = Self.width(characters)
    let anchor = item.position.x / BlockLayout.cell.width
    let start: Int =
      switch item.anchor.horizontal {
      case .left: Int(anchor.rounded())
      case .centre: Int((anchor - Double(width) / 2).rounded())
      case .right: Int(anchor.rounded()) - width
      }
    for shift in [0, -1, 1, -2, 2] {
      let column = min(grid.columns - width, max(0, start + shift))
      if isFree(row, column - 1..<column + width + 1) {
        write(characters, item, column, row)
        return
      }
    }
    guard item.anchor.horizontal == .left, (0..<grid.columns).contains(start) else { return }
    let end = (start..<grid.columns).first { taken.contains(Place(column: $0, row: row)) }
    let room = (end.map { $0 - 1 } ?? grid.columns) - start
    if room >= Self.leastColumns { write(cut(characters, to: room), item, start, row) }
  }

  /// Writes a rotated text from top to bottom, or not at all.
  private mutating func placeUpright(_ characters: [Character], _ item: TextItem) {
    let column = Int((item.bounds.midX / BlockLayout.cell.width).rounded(.down))
    let middle = item.bounds.midY / BlockLayout.cell.height
    let start = Int((middle - Double(characters.count) / 2).rounded())
    let rows = start..<start + characters.count
    guard rows.lowerBound >= 0, rows.upperBound <= grid.rows,
      (0..<grid.columns).contains(column), characters.allSatisfy({ $0.columns == 1 }),
      rows.allSatisfy({ isFree($0, column..<column + 1) })
    else { return }
    for (row, character) in zip(rows, characters) { write([character], item, column, row) }
  }

  private func isFree(_ row: Int, _ columns: Range<Int>) -> Bool {
    columns.allSatisfy { !taken.contains(Place(column: $0, row: row)) }
  }

  private mutating func write(_ characters: [Character], _ item: TextItem, _ start: Int, _ row: Int)
  {
    var column = start
    for character in characters {
      let cover = grid[column, row].cover
      var cell = BlockCell(character: character, ground: cover)
      cell.isBold = item.style.weight == .bold
      cell.ink = cover == nil ? ink(of: item) : item.style.color
      grid[column, row] = cell
      for place in column..<column + character.columns {
        taken.insert(Place(column: place, row: row))
        if place > column { grid[place, row] = BlockCell(ground: cover, isCovered: true) }
      }
      column += character.columns
    }
  }

  /// Returns a text's colour; nil, the terminal's own, for ordinary text, which is then always readable.
  private func ink(of item: TextItem) -> Color? {
    let color = item.style.color
    if color == theme.text || (color == theme.mutedText && style.colors == .basic) { return nil }
    return color
  }

  private func cut(_ characters: [Character], to columns: Int) -> [Character] {
    guard Self.width(characters) > columns else { return characters }
    let ellipsis: [Character] = style.characters == .ascii ? [".", "."] : ["…"]
    var kept: [Character] = []
    var room = columns - ellipsis.count
    for character in characters {
      room -= character.columns
      if room < 0 { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + ellipsis
  }

  private static func width(_ characters: [Character]) -> Int {
    characters.reduce(0) { $0 + $1.columns }
  }
}
