import Glibc

/// The size of a terminal's window.
struct TerminalSize: Equatable, CustomStringConvertible {
  var columns: Int
  var rows: Int
  /// The size of a cell in pixels; 0 where the terminal does not tell.
  var cellWidth = 0
  var cellHeight = 0

  static let usual = TerminalSize(columns: 80, rows: 24)
  static let large = TerminalSize(columns: 200, rows: 50)

  var description: String { "\(columns)x\(rows)" }

  /// The form that the terminal driver takes.
  var window: winsize {
    winsize(
      ws_row: UInt16(rows),
      ws_col: UInt16(columns),
      ws_xpixel: UInt16(columns * cellWidth),
      ws_ypixel: UInt16(rows * cellHeight)
    )
  }
}
