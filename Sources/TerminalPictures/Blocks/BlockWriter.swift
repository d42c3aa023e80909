import Plotting

/// A writer of cell grids, with control sequences for colours.
struct BlockWriter {
  /// The colours and characters that may be used.
  let style: BlockStyle

  /// Returns the lines without blank ones at the start and end; each line resets its colours at its end.
  func text(_ grid: BlockGrid) -> String {
    let lines = (0..<grid.rows).map { line(grid, $0) }
    guard let first = lines.firstIndex(where: { !$0.isEmpty }),
      let last = lines.lastIndex(where: { !$0.isEmpty })
    else { return "" }
    return lines[first...last].map { $0 + "\n" }.joined()
  }

  private func line(_ grid: BlockGrid, _ row: Int) -> String {
    guard let last = (0..<grid.columns).last(where: { !isBlank(grid[$0, row]) }) else { return "" }
    var text = ""
    var present = ""
    for column in 0...last {
      let cell = grid[column, row]
      if cell.isCovered { continue }
      let wished = attributes(of: cell)
      if wished != present {
        text += "\u{1B}[0\(wished)m"
        present = wished
      }
      text.append(cell.character)
    }
    return style.colors == .none ? text : text + "\u{1B}[0m"
  }

  private func isBlank(_ cell: BlockCell) -> Bool {
    style.colors == .none ? cell.character == " " && !cell.isCovered : cell.isBlank
  }

  /// Returns the numbers that set a cell's attributes after a reset.
  private func attributes(of cell: BlockCell) -> String {
    guard style.colors != .none else { return "" }
    var numbers = cell.isBold ? ";1" : ""
    if cell.isReversed { numbers += ";7" }
    if let ink = cell.ink { numbers += code(ink, isGround: false) }
    if let ground = cell.ground { numbers += code(ground, isGround: true) }
    return numbers
  }

  private func code(_ color: Color, isGround: Bool) -> String {
    switch style.colors {
    case .none: return ""
    case .truecolor:
      return ";\(isGround ? 48 : 38);2;\(color.red);\(color.green);\(color.blue)"
    case .indexed: return ";\(isGround ? 48 : 38);5;\(color.indexed)"
    case .basic:
      let index = color.basic
      return ";\((isGround ? 40 : 30) + (index < 8 ? index : index + 52))"
    }
  }
}

extension Color {
  /// The nearest of xterm's colours 16 to 255.
  var indexed: Int {
    let levels = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: UInt8) -> Int {
      levels.indices.min { abs(levels[$0] - Int(value)) < abs(levels[$1] - Int(value)) } ?? 0
    }
    func distance(_ red: Int, _ green: Int, _ blue: Int) -> Int {
      let (r, g, b) = (red - Int(self.red), green - Int(self.green), blue - Int(self.blue))
      return r * r + g * g + b * b
    }
    let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let step = min(23, max(0, (mean - 3) / 10))
    let grey = 8 + 10 * step
    return distance(grey, grey, grey) < distance(levels[r], levels[g], levels[b])
      ? 232 + step : 16 + 36 * r + 6 * g + b
  }

  /// The nearest of the 16 basic colours, primarily by hue, so that different lines stay distinct.
  var basic: Int {
    let (high, low) = (Int(max(red, green, blue)), Int(min(red, green, blue)))
    let spread = high - low
    if spread < 40 { return [0, 8, 7, 15][min(3, (high + low) / 128)] }
    let (r, g, b) = (Int(red), Int(green), Int(blue))
    let degrees =
      switch high {
      case r: 60 * (g - b) / spread + (g < b ? 360 : 0)
      case g: 60 * (b - r) / spread + 120
      default: 60 * (r - g) / spread + 240
      }
    // Red, yellow, green, cyan, blue and magenta end at these angles.
    let ends = [35, 75, 170, 195, 265, 340]
    let numbers = [1, 3, 2, 6, 4, 5]
    let index = ends.firstIndex { degrees < $0 }.map { numbers[$0] } ?? 1
    return high + low > 300 ? index + 8 : index
  }
}
