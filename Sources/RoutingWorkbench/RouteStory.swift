import Figures
import Routing
import Sessions

/// A description of the looping algorithm's steps for a route, in words.
struct RouteStory {
  let route: Route

  var lines: [String] {
    let wiring = route.wiring
    var lines: [String] = []
    if wiring.levels > 1 {
      lines = [
        "The two elements of a switch must part, one the upper way and one the lower way, and",
        "so must the two that leave by one switch. Each element settles the next, round a loop.",
      ]
    }
    var depth = -1
    for (index, loop) in route.loops.enumerated() {
      if loop.depth > depth {
        depth = loop.depth
        lines += ["", "Columns \(depth + 1) and \(wiring.columns - depth)"]
      }
      lines += self.lines(of: loop, number: index + 1)
    }
    return lines + [""] + middle
  }

  private func lines(of loop: RoutingLoop, number: Int) -> [String] {
    let (first, last) = (loop.depth, route.wiring.columns - 1 - loop.depth)
    var lines = ["  loop \(number)"]
    let start = loop.steps[0]
    let way = Self.way(start.way)
    lines.append(
      route.wiring.hasSwitch(start.exit / 2, in: last)
        ? "    \(start.element) takes the \(way) way. It might as well take the other."
        : "    \(start.element) takes the \(way) way, as there is no switch where it leaves."
    )
    for (place, step) in loop.steps.enumerated() {
      let next = loop.steps[(place + 1) % loop.steps.count]
      let pair = "    \(step.element) and \(next.element)"
      let end =
        place + 1 == loop.steps.count
        ? ": the loop is closed." : ", so \(next.element) takes the \(Self.way(next.way)) way."
      lines.append(
        place % 2 == 0
          ? "\(pair) leave by \((step.exit / 2).switchName) of column \(last + 1)\(end)"
          : "\(pair) enter by \((step.entrance / 2).switchName) of column \(first + 1)\(end)"
      )
    }
    let entrances = Set(loop.steps.map { $0.entrance / 2 })
    let exits = Set(loop.steps.map { $0.exit / 2 })
    return lines + ["    " + crossing(entrances, first), "    " + crossing(exits, last)]
  }

  /// Returns a text that names those of some switches of a column that cross.
  private func crossing(_ numbers: Set<Int>, _ column: Int) -> String {
    let crossing = numbers.filter { route.crosses[column][$0] }.sorted().map(\.switchName)
    let title = "column \(column + 1): "
    if crossing.isEmpty { return title + "straight" }
    return title + crossing.joined(separator: " ") + (crossing.count == 1 ? " crosses" : " cross")
  }

  private var middle: [String] {
    let board = RouteBoard(route)
    let column = route.wiring.levels - 1
    let title =
      route.wiring.levels > 1
      ? "Column \(column + 1), the middle: what is in front and behind leaves no choice"
      : "Column 1, the only switch"
    return [title]
      + route.crosses[column].enumerated().map { number, crosses in
        let element = board.before[column][2 * number] ?? 0
        return "  \(number.switchName): \(element) must leave by the \(crosses ? "lower" : "upper")"
          + " output: \(crosses ? "crosses" : "straight")"
      }
  }

  /// Returns the name of a way.
  static func way(_ half: Int) -> String { half == 0 ? "upper" : "lower" }
}
