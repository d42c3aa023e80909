/// One line of a source, prepared for display, with the columns that a caret marks below it.
///
/// Tabs become spaces, control characters a replacement character, and a very long line is cut around the caret, so
/// that the caret is in the right column in any terminal.
struct SourceExcerpt {
  let text: String
  let caretColumn: Int
  let caretWidth: Int

  private struct Cell {
    let text: String
    let columns: Int
  }

  private static let tabWidth = 4

  /// The number of bytes on each side of the caret that are examined in a longer line.
  private static let longestLine = 4000

  /// Prepares the first line of a range, at most `limit` columns wide.
  init(of range: SourceRange, in source: Source, limit: Int) {
    let line = source.range(ofLine: source.lineIndex(at: range.lower))
      .clamped(around: range.lower, by: Self.longestLine)
    var cells: [Cell] = []
    var offset = line.lower
    var column = 0
    var caretStart = 0
    var marked = 0
    for character in source.text(in: line) {
      let cell = Self.cell(for: character, at: column)
      if offset < range.lower {
        caretStart += cell.columns
      } else if offset < range.upper {
        marked += cell.columns
      }
      cells.append(cell)
      column += cell.columns
      offset += character.utf8.count
    }
    let window = Self.window(around: caretStart, of: cells, total: column, limit: limit)
    text = window.text
    caretColumn = window.caretColumn
    caretWidth = max(1, min(marked, DisplayWidth.columns(of: window.text) - window.caretColumn))
  }

  private static func cell(for character: Character, at column: Int) -> Cell {
    if character == "\t" {
      let columns = tabWidth - column % tabWidth
      return Cell(text: String(repeating: " ", count: columns), columns: columns)
    }
    let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    if isControl { return Cell(text: "\u{FFFD}", columns: 1) }
    return Cell(text: String(character), columns: DisplayWidth.columns(of: character))
  }

  private static func window(
    around caret: Int,
    of cells: [Cell],
    total: Int,
    limit: Int
  ) -> (text: String, caretColumn: Int) {
    if total <= limit { return (cells.map(\.text).joined(), caret) }
    let start = max(0, min(caret - limit / 3, total - limit))
    var shown = start > 0 ? "…" : ""
    var width = start > 0 ? 1 : 0
    var caretColumn = width
    var column = 0
    for cell in cells {
      defer { column += cell.columns }
      if column < start { continue }
      if width + cell.columns > limit {
        shown += "…"
        break
      }
      shown += cell.text
      width += cell.columns
      if column < caret { caretColumn += cell.columns }
    }
    return (shown, caretColumn)
  }
}
