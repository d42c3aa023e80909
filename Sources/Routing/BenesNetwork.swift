import Wiring

/// The Beneš network in the wiring of Residual Shuffle-Exchange networks, for n = 2^b elements.
///
/// It is one block of such a network and the column after it: 2b − 1 columns of n/2 switches. A
/// switch takes two adjacent positions and either passes their elements straight or crosses them.
/// An element's place is the position that it would have without the shuffles; in terms of places,
/// column s exchanges across one index bit: 0, 1, …, b − 1, …, 1, 0. V. E. Beneš, "Mathematical
/// Theory of Connecting Networks" (1965).
package struct BenesNetwork: Hashable, Sendable {
  /// b, the logarithm of the number of elements.
  package let levels: Int
  /// The columns of a block, and the one after it.
  package let switchColumns: [SwitchColumn]
  /// The number of bits by which positions are rotated to the right before each column, and after the last one.
  private let turns: [Int]

  /// - Parameter levels: 1 … 30.
  package init(levels: Int) {
    precondition((1...30).contains(levels), "from 2 to 2^30 elements")
    self.levels = levels
    switchColumns = BenesWiring(blocks: 1).columns(levels: levels)
    turns = switchColumns.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.shuffle.turns) }
  }

  /// The number of elements, n.
  package var count: Int { 1 << levels }
  /// The number of columns of switches.
  package var columns: Int { switchColumns.count }

  /// Returns the position, before a column or after the last one, of the element at a place.
  package func position(of place: Int, before column: Int) -> Int {
    rotatedRight(place, levels: levels, by: turns[column])
  }

  /// Returns the place of the element at a position before a column or after the last one.
  package func place(at position: Int, before column: Int) -> Int {
    rotatedRight(position, levels: levels, by: -turns[column])
  }

  /// Returns the index bit of places across which a column exchanges.
  package func bit(of column: Int) -> Int { place(at: 1, before: column).trailingZeroBitCount }

  /// The settings of the switches: `crosses[column][switch]` is true if switch k between positions 2k and 2k + 1 crosses.
  package struct Settings: Hashable, Sendable {
    package var crosses: [[Bool]]

    /// Creates settings with all switches straight.
    package init(straight network: BenesNetwork) {
      let column = [Bool](repeating: false, count: network.count / 2)
      crosses = [[Bool]](repeating: column, count: network.columns)
    }
  }

  /// Returns the elements before each column and after the last one, [columns + 1][n].
  package func trace<Element>(_ elements: [Element], _ settings: Settings) -> [[Element]] {
    var rows = [elements]
    var elements = elements
    for column in 0..<columns {
      step(&elements, settings, column)
      rows.append(elements)
    }
    return rows
  }

  /// Returns the elements after a pass through the network.
  package func applied<Element>(_ settings: Settings, to elements: [Element]) -> [Element] {
    var elements = elements
    for column in 0..<columns { step(&elements, settings, column) }
    return elements
  }

  /// Returns the permutation of places that the network performs.
  package func permutation(of settings: Settings) -> Permutation {
    Permutation(trusted: applied(settings, to: Array(0..<count))).inverse
  }

  private func step<Element>(_ elements: inout [Element], _ settings: Settings, _ column: Int) {
    precondition(elements.count == count && settings.crosses.count == columns, "of this network")
    for (number, crosses) in settings.crosses[column].enumerated() where crosses {
      elements.swapAt(2 * number, 2 * number + 1)
    }
    let shuffle = switchColumns[column].shuffle
    elements = (0..<count).map { elements[shuffle.source(of: $0, length: count)] }
  }
}
