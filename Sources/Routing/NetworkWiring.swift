import Wiring

/// The networks that rearrangements are routed through.
package enum NetworkForm: String, CaseIterable, Hashable, Sendable {
  /// The Beneš network wired by perfect shuffles, as Residual Shuffle-Exchange networks are.
  case benes
  /// The Beneš network as textbooks draw it, two networks of half the size between two columns.
  case recursive
  /// The textbook's network without the switches that Waksman showed to be superfluous.
  case waksman
  /// The second half of the Beneš network, with one more shuffle behind it: an omega network.
  case omega
}

/// How the columns of switches of a network are wired.
///
/// Switch k of a column is between positions 2k and 2k + 1. Every form is told by the positions of elements in front
/// of each column; between columns an element keeps its place, which is its position where no shuffles are told of.
package struct NetworkWiring: Hashable, Sendable {
  package let form: NetworkForm
  /// b, the logarithm of the number of elements.
  package var levels: Int { benes.levels }
  private let benes: BenesNetwork

  /// - Parameter levels: 1 … 30.
  package init(_ form: NetworkForm, levels: Int) {
    self.form = form
    benes = BenesNetwork(levels: levels)
  }

  /// The number of elements, n.
  package var count: Int { 1 << levels }
  /// The number of columns of switches.
  package var columns: Int { form == .omega ? levels : benes.columns }

  /// The position in front of a column, or behind the last one, of the element at a place.
  package func position(of place: Int, before column: Int) -> Int {
    switch form {
    case .omega: return OmegaNetwork(levels: levels).position(of: place, before: column)
    case .benes: return benes.position(of: place, before: column)
    case .recursive, .waksman:
      let depth = depth(of: column)
      let subnetwork = Self.reversed(place & (1 << depth - 1), bits: depth)
      return subnetwork << (levels - depth) | place >> depth
    }
  }

  /// The place of the element at a position in front of a column, or behind the last one.
  package func place(at position: Int, before column: Int) -> Int {
    switch form {
    case .omega: return OmegaNetwork(levels: levels).place(at: position, before: column)
    case .benes: return benes.place(at: position, before: column)
    case .recursive, .waksman:
      let depth = depth(of: column)
      let inner = levels - depth
      let subnetwork = Self.reversed(position >> inner, bits: depth)
      return (position & (1 << inner - 1)) << depth | subnetwork
    }
  }

  /// The column of a block of an RSE network that a column stands for; nil where it is wired
  /// otherwise.
  package func switchColumn(_ column: Int) -> SwitchColumn? {
    switch form {
    case .benes: benes.switchColumns[column]
    case .omega: benes.switchColumns[benes.columns - columns + column]
    case .recursive, .waksman: nil
    }
  }

  /// The position that the wire from a position behind a column leads to.
  package func next(from position: Int, behind column: Int) -> Int {
    self.position(of: place(at: position, before: column), before: column + 1)
  }

  /// How many columns lie outside of one on its side; behind the last column as in front of the first.
  package func depth(of column: Int) -> Int { max(0, min(column, columns - 1 - column)) }

  /// Whether there is a switch with a number in a column: in Waksman's network the first one of each inner network's
  /// last column is missing.
  package func hasSwitch(_ number: Int, in column: Int) -> Bool {
    guard form == .waksman, column >= levels else { return true }
    return number % ((count / 2) >> depth(of: column)) != 0
  }

  /// The number of switches.
  package var switches: Int {
    let all = count / 2 * columns
    return form == .waksman ? all - (count / 2 - 1) : all
  }

  private static func reversed(_ index: Int, bits: Int) -> Int {
    (0..<bits).reduce(0) { $0 << 1 | (index >> $1) & 1 }
  }
}
