import Wiring

/// An omega network, which is the second half of a Beneš network: b columns of switches with
/// shuffles to the right between them, and one more shuffle after them.
///
/// There is only one path from an entrance to an exit, so most permutations of more than two elements are blocked.
/// D. H. Lawrie, "Access and Alignment of Data in an Array Processor" (1975).
package struct OmegaNetwork: Hashable, Sendable {
  /// b, the logarithm of the number of elements.
  package let levels: Int

  package init(levels: Int) {
    precondition((1...30).contains(levels), "from 2 to 2^30 elements")
    self.levels = levels
  }

  package var count: Int { 1 << levels }

  /// Returns the position, before a column or after the last shuffle, of the element at a place.
  package func position(of place: Int, before column: Int) -> Int {
    rotatedRight(place, levels: levels, by: column * Shuffle.right.turns)
  }

  /// Returns the place of the element at a position before a column or after the last shuffle.
  package func place(at position: Int, before column: Int) -> Int {
    rotatedRight(position, levels: levels, by: -column * Shuffle.right.turns)
  }

  /// A conflict: two elements need the same output of a switch.
  package struct Conflict: Hashable, Sendable {
    /// The column, and the index of the switch in it.
    package let column: Int
    package let number: Int
    /// The places of both elements at the entrance of the network.
    package let elements: [Int]
    /// The output that both need, 0 or 1.
    package let output: Int
  }

  /// A permutation routed as far as it gets.
  package struct Routing: Hashable, Sendable {
    /// True for each switch that crosses, `crosses[column][switch]`; if there are conflicts, up to that column.
    package fileprivate(set) var crosses: [[Bool]] = []
    /// All conflicts of the first column that has any, in the order of its switches.
    package fileprivate(set) var conflicts: [Conflict] = []
  }

  /// Sets the switches, column by column up to the first one with conflicts.
  ///
  /// Entrances and exits are given as places, which are positions without shuffles.
  package func route(_ permutation: Permutation) -> Routing {
    precondition(permutation.count == count, "a rearrangement of as many elements")
    var routing = Routing()
    // The element at each place without shuffles.
    var elements = Array(0..<count)
    for column in 0..<levels where routing.conflicts.isEmpty {
      let mask = place(at: 1, before: column)
      var crosses = [Bool](repeating: false, count: count / 2)
      for place in 0..<count where place & mask == 0 {
        let pair = [elements[place], elements[place | mask]]
        let outputs = pair.map { permutation.targets[$0] & mask == 0 ? 0 : 1 }
        let number = position(of: place, before: column) / 2
        guard outputs[0] != outputs[1] else {
          routing.conflicts.append(
            Conflict(column: column, number: number, elements: pair, output: outputs[0])
          )
          continue
        }
        guard outputs[0] == 1 else { continue }
        crosses[number] = true
        elements.swapAt(place, place | mask)
      }
      routing.crosses.append(crosses)
    }
    routing.conflicts.sort { $0.number < $1.number }
    return routing
  }
}
