import Figures
import Plotting
import Routing
import Sessions
import Wiring

/// A network as papers draw it: boxes of switches, wires, and the path of each element in its colour.
struct RouteDrawing {
  /// The largest number of elements that is drawn.
  static let largest = 64

  let board: RouteBoard
  let theme: Theme
  private let pitch: Double
  private let box: Size
  private let gap: Double

  /// The space between the edge and the first column, for labels.
  private let edge = 46.0
  /// The space above the first position, for headings.
  private let top: Double

  init(_ route: Route, theme: Theme) {
    self.init(RouteBoard(route), theme: theme)
  }

  init(_ board: RouteBoard, theme: Theme) {
    self.board = board
    self.theme = theme
    let count = board.wiring.count
    pitch = count <= 8 ? 30 : count <= 16 ? 23 : count <= 32 ? 17 : 13
    box = Size(count <= 16 ? 30 : 20, pitch * 1.62)
    top = [.recursive, .waksman].contains(board.wiring.form) ? 30 : 58
    gap = 50 + min(90, 7 * Double(count))
  }

  // MARK: Places

  var size: Size {
    Size(
      2 * edge + Double(columns) * (box.width + gap) - gap + exitGap,
      top + pitch * Double(count - 1) + pitch * 0.8
    )
  }

  private var wiring: NetworkWiring { board.wiring }
  private var count: Int { wiring.count }
  private var columns: Int { wiring.columns }
  /// The space after the last column if its wires permute positions.
  private var exitGap: Double { wiring.form == .omega && columns > 1 ? gap : 0 }

  private func left(of column: Int) -> Double { edge + Double(column) * (box.width + gap) }
  private func y(of position: Int) -> Double { top + pitch * Double(position) }

  /// The horizontal extent of paths.
  var span: ClosedRange<Double> { edge - 20...size.width - edge + 20 }

  /// Returns the path of an element through the settled part of the network.
  func path(of element: Int) -> [Point] {
    var position = element
    var points = [Point(span.lowerBound, y(of: position))]
    for column in 0..<columns {
      let state = board.switches[column][position / 2]
      points.append(Point(left(of: column), y(of: position)))
      if case .blocked(let output) = state {
        // Both of a blocked switch's elements run up to the output that they need.
        points.append(
          Point(left(of: column) + box.width * 0.7, y(of: position - position % 2 + output))
        )
        return points
      }
      guard let output = state.output(of: position % 2) else { return points }
      position += output - position % 2
      points.append(Point(left(of: column) + box.width, y(of: position)))
      position = wiring.next(from: position, behind: column)
      if column == columns - 1, exitGap > 0 {
        points.append(Point(span.upperBound - 20, y(of: position)))
      }
    }
    return points + [Point(span.upperBound, y(of: position))]
  }

  /// Returns the path of an element back from its output to the last open switch; empty if all switches on it are set,
  /// or if the output is unknown.
  private func pathBack(of element: Int) -> [Point] {
    guard var position = board.before[columns].firstIndex(of: element) else { return [] }
    var points = [Point(span.upperBound, y(of: position))]
    for column in (0..<columns).reversed() {
      // The wires after a column are a permutation.
      guard
        let start = (0..<count).first(where: { wiring.next(from: $0, behind: column) == position })
      else { return points }
      points.append(Point(left(of: column) + box.width, y(of: start)))
      let state = board.switches[column][start / 2]
      guard let input = state.output(of: start % 2) else { return points }
      position = start - start % 2 + input
      points.append(Point(left(of: column), y(of: position)))
    }
    return []
  }

  /// Returns the colour of an element.
  func color(of element: Int) -> Color {
    let share = Double(element) / Double(max(1, count - 1))
    return ColorMap.viridis.color(at: theme.isDark ? 0.22 + 0.78 * share : 0.84 * share)
  }

  // MARK: Drawing

  /// The whole picture.
  var drawing: DrawList {
    var list = DrawList(size: size, ground: theme.ground)
    drawWires(on: &list)
    drawBoxes(on: &list)
    for element in 0..<count {
      drawPath(path(of: element), of: element, on: &list)
      drawPath(pathBack(of: element), of: element, on: &list)
    }
    drawBlocked(on: &list)
    drawAsked(on: &list)
    drawLabels(on: &list, hasExits: true)
    return list
  }

  /// Draws a path in the colour of its element.
  func drawPath(_ points: [Point], of element: Int, on list: inout DrawList) {
    list.polyline(
      points,
      Stroke(color(of: element), width: count <= 16 ? 1.9 : 1.3, roundCaps: true)
    )
  }

  /// Draws all wires, without elements.
  func drawWires(on list: inout DrawList) {
    let stroke = Stroke(theme.grid, width: count <= 16 ? 1.4 : 1)
    for position in 0..<count {
      let entrance = Point(left(of: 0), y(of: position))
      list.line(from: Point(span.lowerBound, y(of: position)), to: entrance, stroke)
      for column in 0..<columns where column < columns - 1 || exitGap > 0 {
        let next = wiring.next(from: position, behind: column)
        let end = column < columns - 1 ? left(of: column + 1) : span.upperBound - 20
        list.line(
          from: Point(left(of: column) + box.width, y(of: position)),
          to: Point(end, y(of: next)),
          stroke
        )
      }
      list.line(
        from: Point(span.upperBound - 20, y(of: position)),
        to: Point(span.upperBound, y(of: position)),
        stroke
      )
      for column in 0..<columns where board.switches[column][position / 2] == .missing {
        let start = Point(left(of: column), y(of: position))
        list.line(from: start, to: Point(start.x + box.width, start.y), stroke)
      }
    }
  }

  /// Draws the boxes of the switches, in the colours of the weights that they share.
  func drawBoxes(on list: inout DrawList) {
    for column in 0..<columns {
      let color = weights(of: column).color
      for (number, state) in board.switches[column].enumerated() where state != .missing {
        list.rectangle(
          rect(of: number, in: column),
          radius: 4,
          fill: theme.ground.mixed(with: color, fraction: theme.isDark ? 0.26 : 0.13),
          stroke: Stroke(color, width: 1)
        )
      }
    }
  }

  /// Marks the blocked switches.
  func drawBlocked(on list: inout DrawList) {
    for column in 0..<columns {
      for (number, state) in board.switches[column].enumerated() {
        guard case .blocked = state else { continue }
        list.rectangle(
          rect(of: number, in: column).inset(by: -2.5),
          radius: 6,
          fill: nil,
          stroke: Stroke(theme.text, width: 2.2)
        )
      }
    }
  }

  /// Marks the switch that a quiz asks for.
  private func drawAsked(on list: inout DrawList) {
    for column in 0..<columns {
      for (number, state) in board.switches[column].enumerated() where state == .asked {
        let rect = rect(of: number, in: column)
        list.rectangle(rect, radius: 4, fill: nil, stroke: Stroke(theme.text, width: 2.2))
        list.text(
          "?",
          at: Point(rect.midX, rect.midY),
          TextStyle(size: 15, weight: .bold, color: theme.text),
          anchor: TextAnchor(.centre, .middle)
        )
      }
    }
  }

  private func rect(of number: Int, in column: Int) -> Rect {
    Rect(
      x: left(of: column),
      y: y(of: 2 * number) + pitch / 2 - box.height / 2,
      width: box.width,
      height: box.height
    )
  }

  // MARK: Labels

  /// Draws the numbers of columns and elements, and the names of shared weights.
  ///
  /// - Parameters:
  ///   - hasExits: true to show which elements arrive.
  ///   - distance: the space between the ends of paths and the numbers of elements, in points.
  func drawLabels(on list: inout DrawList, hasExits: Bool, distance: Double = 7) {
    let size = count <= 32 ? 10.0 : 8.5
    let style = TextStyle(size: size, weight: .bold, color: theme.text)
    let muted = TextStyle(size: 8.5, color: theme.mutedText)
    for position in 0..<count {
      list.text(
        String(position),
        at: Point(span.lowerBound - distance, y(of: position)),
        style,
        anchor: TextAnchor(.right, .middle)
      )
      guard hasExits, let element = board.before[columns][position] else { continue }
      list.text(
        String(element),
        at: Point(span.upperBound + distance, y(of: position)),
        style,
        anchor: TextAnchor(.left, .middle)
      )
    }
    for column in 0..<columns {
      list.text(
        (count <= 16 ? "column " : "") + String(column + 1),
        at: Point(left(of: column) + box.width / 2, top - pitch * 0.31 - 7),
        muted,
        anchor: TextAnchor(.centre, .bottom)
      )
    }
    drawWeights(on: &list)
  }

  private func drawWeights(on list: inout DrawList) {
    var column = 0
    while column < columns {
      let weights = weights(of: column)
      let first = column
      while column < columns, self.weights(of: column).name == weights.name { column += 1 }
      guard !weights.name.isEmpty else { continue }
      let range = left(of: first)...left(of: column - 1) + box.width
      list.line(
        from: Point(range.lowerBound, 22),
        to: Point(range.upperBound, 22),
        Stroke(weights.color, width: 2.5, roundCaps: true)
      )
      list.text(
        weights.name,
        at: Point((range.lowerBound + range.upperBound) / 2, 17),
        TextStyle(size: 9, weight: .bold, color: weights.color),
        anchor: TextAnchor(.centre, .bottom)
      )
    }
  }

  /// Returns the weights of a column's switches in an RSE network; no name if the network is wired differently.
  private func weights(of column: Int) -> (name: String, color: Color) {
    let units = BenesWiring(blocks: 1).units
    guard let own = wiring.switchColumn(column),
      let index = units.firstIndex(where: { $0.path == own.path })
    else { return ("", theme.axis) }
    let name = own.block == nil ? "\(own.unit) layer" : "\(own.unit) weights"
    return (name, theme.color(at: index))
  }
}
