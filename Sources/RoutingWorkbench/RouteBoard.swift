import Figures
import Routing
import Sessions

/// A network with its switches and the elements between them, as far as they are known.
struct RouteBoard {
  /// The state of a switch.
  enum State: Equatable {
    case straight
    case crossing
    /// Absent; the elements pass straight.
    case missing
    /// Not set yet.
    case open
    /// Asked for by a quiz.
    case asked
    /// In conflict: both of its elements need this output.
    case blocked(output: Int)

    init(crosses: Bool) { self = crosses ? .crossing : .straight }

    /// Returns the output for an input; nil if it is unknown.
    func output(of input: Int) -> Int? {
      switch self {
      case .straight, .missing: input
      case .crossing: 1 - input
      case .open, .asked, .blocked: nil
      }
    }
  }

  let wiring: NetworkWiring
  /// The switches, [columns][n/2].
  let switches: [[State]]
  /// The elements before each column and after the last wires, [columns + 1][n].
  private(set) var before: [[Int?]]
  /// The elements after the switches of each column, [columns][n].
  private(set) var behind: [[Int?]]

  /// Creates the network of a route.
  init(_ route: Route) {
    let wiring = route.wiring
    var switches = route.crosses.enumerated().map { column, crosses in
      crosses.enumerated().map { number, crosses in
        wiring.hasSwitch(number, in: column) ? State(crosses: crosses) : .missing
      }
    }
    for conflict in route.conflicts {
      switches[conflict.column][conflict.number] = .blocked(output: conflict.output)
    }
    while switches.count < wiring.columns {
      switches.append([State](repeating: .open, count: wiring.count / 2))
    }
    self.init(wiring, switches)
  }

  /// Creates the network of a quiz; elements are followed from both ends.
  init(_ quiz: RoutingQuiz) {
    let wiring = quiz.wiring
    let switches = (0..<wiring.columns).map { column in
      (0..<wiring.count / 2).map { number in
        let place = RoutingQuiz.Place(column: column, number: number)
        if let crosses = quiz.crosses[place] { return State(crosses: crosses) }
        return quiz.question?.place == place ? .asked : .open
      }
    }
    self.init(wiring, switches)
    before[wiring.columns] = quiz.permutation.inverse.targets
    for column in (0..<wiring.columns).reversed() {
      for position in 0..<wiring.count {
        let next = wiring.next(from: position, behind: column)
        behind[column][position] = behind[column][position] ?? before[column + 1][next]
      }
      for position in 0..<wiring.count {
        guard let output = switches[column][position / 2].output(of: position % 2) else { continue }
        let element = behind[column][position - position % 2 + output]
        before[column][position] = before[column][position] ?? element
      }
    }
  }

  /// Follows the elements from the entrance.
  private init(_ wiring: NetworkWiring, _ switches: [[State]]) {
    self.wiring = wiring
    self.switches = switches
    let unknown = [Int?](repeating: nil, count: wiring.count)
    before = [[Int?]](repeating: unknown, count: wiring.columns + 1)
    behind = [[Int?]](repeating: unknown, count: wiring.columns)
    before[0] = Array(0..<wiring.count)
    for column in 0..<wiring.columns {
      for position in 0..<wiring.count {
        guard let output = switches[column][position / 2].output(of: position % 2) else { continue }
        behind[column][position - position % 2 + output] = before[column][position]
      }
      for position in 0..<wiring.count {
        before[column + 1][wiring.next(from: position, behind: column)] = behind[column][position]
      }
    }
  }
}
