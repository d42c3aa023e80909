import Plotting

/// Draws the axes with box drawing characters.
struct FrameLayer {
  private let ink: Color?
  private let isASCII: Bool
  private let columns: Int
  private let rows: Int
  private var sides: [[Sides]]

  /// The directions in which lines leave a place.
  private struct Sides: OptionSet {
    let rawValue: Int
    static let up = Sides(rawValue: 1)
    static let right = Sides(rawValue: 2)
    static let down = Sides(rawValue: 4)
    static let left = Sides(rawValue: 8)
    static let vertical: Sides = [.up, .down]
    static let horizontal: Sides = [.left, .right]
  }

  private static let signs = Array(" ╵╶└╷│┌├╴┘─┴┐┤┬┼")

  /// Below this length in points a line is a tick between the labelled ones, and left out.
  private static let leastLength = 3.0
  /// Up to this length in points a line is a tick.
  private static let tickLength = 6.0

  /// Finds the axes among the lines of a drawing.
  init(layout: BlockLayout, style: BlockStyle) {
    ink = style.colors == .basic ? nil : layout.theme.axis
    isASCII = style.characters == .ascii
    (columns, rows) = (layout.columns, layout.rows)
    sides = Array(repeating: Array(repeating: [], count: columns), count: rows)
    for command in layout.drawing.commands {
      if let line = Self.axisLine(command, layout.theme) { add(line) }
    }
    join()
  }

  /// The points of a line that belongs to the axes, all of whose stretches are level or upright.
  static func axisLine(_ command: DrawCommand, _ theme: Theme) -> [Point]? {
    guard case .polyline(let points, let stroke) = command, stroke.color == theme.axis,
      zip(points, points.dropFirst()).allSatisfy({ $0.x == $1.x || $0.y == $1.y })
    else { return nil }
    return points
  }

  /// Draws the axes over whatever is there, without ticks that stand alone, as beside a colour bar.
  func draw(on grid: inout BlockGrid) {
    for row in 0..<rows {
      for column in 0..<columns where sides[row][column].rawValue.nonzeroBitCount > 1 {
        grid.write(sign(sides[row][column]), ink, at: column, row)
      }
    }
  }

  private func sign(_ sides: Sides) -> Character {
    guard isASCII else { return Self.signs[sides.rawValue] }
    if sides.isSubset(of: .vertical) { return "|" }
    return sides.isSubset(of: .horizontal) ? "-" : "+"
  }

  /// Axes lie in the row below and the columns beside the area between them, whose edges are those of
  /// characters; so a line has the characters on its outer side.
  private mutating func add(_ points: [Point]) {
    guard let first = points.first, let last = points.last else { return }
    if points.count == 3 {
      let (column, row) = (Self.column(before: first.x), Self.row(last.y))
      addUpright(column, from: Self.row(first.y), to: row)
      set([.up, .right], column, row)
      for column in column + 1..<max(column + 1, Self.column(before: last.x) + 1) {
        set(.horizontal, column, row)
      }
      return
    }
    let length = max(abs(first.x - last.x), abs(first.y - last.y))
    guard points.count == 2, length >= Self.leastLength else { return }
    let column = Int(((first.x + last.x) / 2 / BlockLayout.cell.width).rounded(.down))
    let (top, bottom) = (Self.row(min(first.y, last.y)), Self.row(max(first.y, last.y)))
    if length <= Self.tickLength {
      set(first.x == last.x ? .down : first.x < last.x ? .right : .left, column, top)
    } else if first.x == last.x {
      addUpright(column, from: top, to: bottom)
      set(.up, column, bottom)
    }
    // A line along the upper edge would stand among the texts above and is left out.
  }

  private mutating func addUpright(_ column: Int, from top: Int, to bottom: Int) {
    for row in top..<max(top, bottom) { set(.vertical, column, row) }
  }

  private mutating func set(_ more: Sides, _ column: Int, _ row: Int) {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    sides[row][column].formUnion(more)
  }

  /// Lets lines reach those of the places beside them.
  private mutating func join() {
    for row in 0..<rows {
      for column in 1..<max(1, columns) {
        let (left, right) = (sides[row][column - 1], sides[row][column])
        if left.contains(.right), !right.isEmpty { sides[row][column].insert(.left) }
        if right.contains(.left), !left.isEmpty { sides[row][column - 1].insert(.right) }
      }
    }
  }

  private static func column(before x: Double) -> Int {
    Int((x / BlockLayout.cell.width).rounded(.up)) - 1
  }

  private static func row(_ y: Double) -> Int {
    Int((y / BlockLayout.cell.height).rounded(.down))
  }
}
