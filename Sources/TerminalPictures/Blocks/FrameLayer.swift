import Plotting

/// A layer that draws the axes with box-drawing characters.
struct FrameLayer {
  private let ink: Color?
  private let isASCII: Bool
  private let columns: Int
  private let rows: Int
  private var sides: [[Sides]]

  /// The directions in which lines leave a cell.
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

  /// Creates the layer of a drawing's axes and their labelled ticks.
  init(layout: BlockLayout, style: BlockStyle) {
    ink = style.colors == .basic ? nil : layout.theme.axis
    isASCII = style.characters == .ascii
    (columns, rows) = (layout.columns, layout.rows)
    sides = Array(repeating: Array(repeating: [], count: columns), count: rows)
    for step in layout.drawing.steps {
      guard case .polyline(let points, _) = step.command else { continue }
      switch step.role {
      case .axis: addAxis(points)
      case .tick: addTick(points)
      default: break
      }
    }
    join()
  }

  /// Draws the axes over the grid's contents, without isolated ticks such as those beside a colour bar.
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

  /// Adds an axis, in the row below or a column beside the area that the axes enclose.
  ///
  /// The area's edges are those of characters, so a line takes the characters on its outer side. A line with a corner
  /// runs down the left edge and along the lower one.
  private mutating func addAxis(_ points: [Point]) {
    guard let first = points.first, let last = points.last else { return }
    let top = Self.row(min(first.y, last.y))
    let bottom = Self.row(max(first.y, last.y))
    if points.count == 3 {
      let column = Self.column(before: first.x)
      addUpright(column, from: top, to: bottom)
      set([.up, .right], column, bottom)
      for column in column + 1..<max(column + 1, Self.column(before: last.x) + 1) {
        set(.horizontal, column, bottom)
      }
    } else if first.x == last.x {
      let column = Self.column(holding: first.x)
      addUpright(column, from: top, to: bottom)
      set(.up, column, bottom)
    }
    // A line along the upper edge would collide with the texts above and is left out.
  }

  private mutating func addTick(_ points: [Point]) {
    guard let first = points.first, let last = points.last else { return }
    set(
      first.x == last.x ? .down : first.x < last.x ? .right : .left,
      Self.column(holding: (first.x + last.x) / 2),
      Self.row(min(first.y, last.y))
    )
  }

  private mutating func addUpright(_ column: Int, from top: Int, to bottom: Int) {
    for row in top..<max(top, bottom) { set(.vertical, column, row) }
  }

  private mutating func set(_ more: Sides, _ column: Int, _ row: Int) {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    sides[row][column].formUnion(more)
  }

  /// Extends lines to those of the neighbouring cells.
  private mutating func join() {
    for row in 0..<rows {
      for column in 1..<max(1, columns) {
        let (left, right) = (sides[row][column - 1], sides[row][column])
        if left.contains(.right), !right.isEmpty { sides[row][column].insert(.left) }
        if right.contains(.left), !left.isEmpty { sides[row][column - 1].insert(.right) }
      }
    }
  }

  private static func column(holding x: Double) -> Int {
    Int((x / BlockLayout.cell.width).rounded(.down))
  }

  private static func column(before x: Double) -> Int {
    Int((x / BlockLayout.cell.width).rounded(.up)) - 1
  }

  private static func row(_ y: Double) -> Int {
    Int((y / BlockLayout.cell.height).rounded(.down))
  }
}
