import Plotting
import Sessions
import Wiring

/// The layout of a network's switches and wires in a drawing, in the colours of the light theme.
struct WiringSketch {
  /// n, a power of two.
  package let length: Int
  package let columns: [SwitchColumn]
  /// The upper left corner.
  let origin: Point

  /// The longest sequence that is drawn.
  package static let longest = 64

  package static let theme = Theme.light

  /// The distance between positions.
  package var pitch: Double { Self.pitch(length: length) }

  static func pitch(length: Int) -> Double {
    length <= 8 ? 22 : length <= 16 ? 15 : length <= 32 ? 10.5 : 8.5
  }
  /// The width of a switch.
  var switchWidth: Double { length <= 16 ? 14 : 10 }
  /// The distance between columns of switches.
  private var gap: Double { length <= 8 ? 34 : length <= 16 ? 40 : length <= 32 ? 46 : 52 }
  /// The length of the wires before the first column and after the last one.
  package let lead = 14.0
  package var height: Double { Double(length) * pitch }
  package var width: Double {
    2 * lead + Double(columns.count) * switchWidth + Double(max(0, columns.count - 1)) * gap
  }

  /// Returns the left edge of a column of switches.
  package func x(_ column: Int) -> Double { origin.x + lead + Double(column) * (switchWidth + gap) }

  /// Returns the height of a position; the two of a switch are a little closer together.
  package func y(_ position: Int) -> Double {
    let towardsPartner = position.isMultiple(of: 2) ? 0.08 : -0.08
    return origin.y + (Double(position) + 0.5 + towardsPartner) * pitch
  }

  /// Returns the wire from a position after a column to the next column, or out of the network.
  func wire(from position: Int, behind column: Int) -> [Point] {
    let start = Point(x(column) + switchWidth, y(position))
    guard column + 1 < columns.count else { return [start, Point(start.x + lead, start.y)] }
    let end = Point(x(column + 1), y(target(of: position, behind: column)))
    let straight = 3.0
    return [
      start, Point(start.x + straight, start.y), Point(end.x - straight, end.y), end,
    ]
  }

  /// Returns the wire into the network.
  package func entrance(_ position: Int) -> [Point] {
    [Point(origin.x, y(position)), Point(x(0), y(position))]
  }

  /// Returns the target of a position in the shuffle after a column.
  package func target(of position: Int, behind column: Int) -> Int {
    columns[column].shuffle.target(of: position, length: length)
  }

  /// Returns the place of a switch.
  package func box(_ number: Int, in column: Int) -> Rect {
    let (upper, lower) = (y(2 * number), y(2 * number + 1))
    let margin = min(5, pitch * 0.3)
    return Rect(
      x: x(column),
      y: upper - margin,
      width: switchWidth,
      height: lower - upper + 2 * margin
    )
  }

  // MARK: Parts

  /// Returns the colour of the columns that share a switch unit.
  package static func color(ofPart index: Int, of count: Int) -> Color {
    // The last colour is grey, for the last layer.
    let palette = theme.palette
    return index == count - 1
      ? palette[palette.count - 1] : palette[index % (palette.count - 1)]
  }

  /// Draws the names of blocks and switch units above the columns, starting at `top`, and their numbers below.
  package func label(on list: inout DrawList, top: Double) {
    let parts = columns.parts
    func centre(_ columns: Range<Int>) -> Double {
      (x(columns.lowerBound) + x(columns.upperBound - 1) + switchWidth) / 2
    }
    func text(
      _ text: String,
      _ x: Double,
      _ y: Double,
      _ size: Double,
      _ color: Color,
      bold: Bool = false
    ) {
      list.text(
        text,
        at: Point(x, y),
        TextStyle(size: size, weight: bold ? .bold : .regular, color: color),
        anchor: TextAnchor(.centre, .top)
      )
    }
    let blocks = Set(columns.compactMap(\.block)).sorted()
    for block in blocks {
      let own = columns.indices.filter { columns[$0].block == block }
      guard let first = own.first, let last = own.last else { continue }
      text(
        "Beneš block \(block + 1)",
        centre(first..<last + 1),
        top,
        9.5,
        Self.theme.text,
        bold: true
      )
      list.line(
        from: Point(x(first) - 4, top + 12),
        to: Point(x(last) + switchWidth + 4, top + 12),
        Stroke(Self.theme.axis, width: 0.75)
      )
    }
    for (index, part) in parts.enumerated() {
      let color = Self.color(ofPart: index, of: parts.count)
      text(columns[part.lowerBound].unit, centre(part), top + 17, 9, color, bold: true)
    }
    for column in columns.indices {
      text(
        String(column + 1),
        x(column) + switchWidth / 2,
        origin.y + height + 5,
        8,
        Self.theme.mutedText
      )
    }
  }

  /// The space that `label` takes above the wiring, and below it.
  static let labelRoom = (above: 34.0, below: 18.0)
}
