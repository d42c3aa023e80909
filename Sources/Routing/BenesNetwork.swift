/// The Beneš network as Residual Shuffle-Exchange networks are wired, for n = 2^b elements.
///
/// 2b − 1 columns of n/2 switches; a switch takes two neighbouring places and lets their elements pass straight or
/// crosses them. Behind each of the first b − 1 columns all elements are shuffled by rotating the bits of their places
/// to the left, behind each of the next b − 1 to the right.
///
/// Told by the places that elements would have without the shuffles, column s exchanges across one index bit:
/// 0, b − 1, …, 2, 1, 2, …, b − 1, 0. V. E. Beneš, "Mathematical Theory of Connecting Networks" (1965).
package struct BenesNetwork: Hashable, Sendable {
  /// b, the logarithm of the number of elements.
  package let levels: Int

  /// - Parameter levels: 1 … 30.
  package init(levels: Int) {
    precondition((1...30).contains(levels), "from 2 to 2^30 elements")
    self.levels = levels
  }

  /// The number of elements, n.
  package var count: Int { 1 << levels }
  /// The number of columns of switches.
  package var columns: Int { 2 * levels - 1 }

  /// Which way the bits of all places are rotated behind a column.
  package enum Shuffle: Sendable {
    case left, right, none
  }

  /// The shuffle behind a column.
  package func shuffle(behind column: Int) -> Shuffle {
    column < levels - 1 ? .left : column < columns - 1 ? .right : .none
  }

  /// How often the bits have been rotated to the left in front of a column.
  func rotations(before column: Int) -> Int { min(column, columns - 1 - column) }

  /// The index bit across which a column exchanges, where no shuffles are told of.
  package func bit(of column: Int) -> Int { (levels - rotations(before: column)) % levels }

  /// Whether each switch of each column crosses: `crosses[column][switch]`, switch k between places 2k and 2k + 1.
  package struct Settings: Hashable, Sendable {
    package var crosses: [[Bool]]

    /// All switches straight.
    package init(straight network: BenesNetwork) {
      let column = [Bool](repeating: false, count: network.count / 2)
      crosses = [[Bool]](repeating: column, count: network.columns)
    }
  }

  /// The elements in front of each column and behind the last one, [columns + 1][n].
  package func trace<Element>(_ elements: [Element], _ settings: Settings) -> [[Element]] {
    var rows = [elements]
    var elements = elements
    for column in 0..<columns {
      step(&elements, settings, column)
      rows.append(elements)
    }
    return rows
  }

  /// Sends elements through the network.
  package func applied<Element>(_ settings: Settings, to elements: [Element]) -> [Element] {
    var elements = elements
    for column in 0..<columns { step(&elements, settings, column) }
    return elements
  }

  /// What the network does to the elements of each place.
  package func permutation(of settings: Settings) -> Permutation {
    Permutation(trusted: applied(settings, to: Array(0..<count))).inverse
  }

  private func step<Element>(_ elements: inout [Element], _ settings: Settings, _ column: Int) {
    precondition(elements.count == count && settings.crosses.count == columns, "of this network")
    for (number, crosses) in settings.crosses[column].enumerated() where crosses {
      elements.swapAt(2 * number, 2 * number + 1)
    }
    switch shuffle(behind: column) {
    case .left:
      elements = (0..<count).map { elements[rotatedLeft($0, levels: levels, by: levels - 1)] }
    case .right: elements = (0..<count).map { elements[rotatedLeft($0, levels: levels)] }
    case .none: break
    }
  }
}
