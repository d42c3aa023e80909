import Wiring

/// The networks that permutations are routed through.
package enum NetworkForm: String, CaseIterable, Hashable, Sendable {
  /// The Beneš network wired by perfect shuffles, as in Residual Shuffle-Exchange networks.
  case benes
  /// The Beneš network of the textbooks: two networks of half the size between two columns.
  case recursive
  /// The textbook's network without the switches that Waksman showed to be redundant.
  case waksman
  /// The second half of the Beneš network with one more shuffle after it: an omega network.
  case omega
}

/// The wiring of a network's columns of switches.
///
/// Switch k of a column is between positions 2k and 2k + 1. A form is defined by the positions of the elements before
/// each column. Between columns an element keeps its place, which is its position in a form without shuffles.
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

  /// Returns the position, before a column or after the last one, of the element at a place.
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

  /// Returns the place of the element at a position before a column or after the last one.
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

  /// Returns the column of an RSE network's block that a column corresponds to; nil for other wirings.
  package func switchColumn(_ column: Int) -> SwitchColumn? {
    switch form {
    case .benes: benes.switchColumns[column]
    case .omega: benes.switchColumns[benes.columns - columns + column]
    case .recursive, .waksman: nil
    }
  }

  /// Returns the position that the wire from a position after a column leads to.
  package func next(from position: Int, behind column: Int) -> Int {
    self.position(of: place(at: position, before: column), before: column + 1)
  }

  /// Returns the number of columns outside of one, on its side; after the last column as before the first.
  package func depth(of column: Int) -> Int { max(0, min(column, columns - 1 - column)) }

  /// Returns true if a column has the switch of a number; Waksman's network lacks the first switch of each inner
  /// network's last column.
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
