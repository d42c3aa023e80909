import Wiring

/// The second half of a Beneš network: b columns of switches with shuffles to the right between
/// them, and one more shuffle behind them, an omega network.
///
/// Between an entrance and an exit there is one path only, so most rearrangements of more than two elements are
/// blocked. D. H. Lawrie, "Access and Alignment of Data in an Array Processor" (1975).
package struct OmegaNetwork: Hashable, Sendable {
  /// b, the logarithm of the number of elements.
  package let levels: Int

  package init(levels: Int) {
    precondition((1...30).contains(levels), "from 2 to 2^30 elements")
    self.levels = levels
  }

  package var count: Int { 1 << levels }

  /// The position in front of a column, or behind the last shuffle, of the element at a place.
  package func position(of place: Int, before column: Int) -> Int {
    rotatedRight(place, levels: levels, by: column * Shuffle.right.turns)
  }

  /// The place of the element at a position in front of a column, or behind the last shuffle.
  package func place(at position: Int, before column: Int) -> Int {
    rotatedRight(position, levels: levels, by: -column * Shuffle.right.turns)
  }

  /// Two elements that must leave a switch by the same output.
  package struct Conflict: Hashable, Sendable {
    /// The column, and the switch in it.
    package let column: Int
    package let number: Int
    /// The places of both at the entrance of the network.
    package let elements: [Int]
    /// The output that both must take, 0 or 1.
    package let output: Int
  }

  /// How far a rearrangement gets.
  package struct Routing: Hashable, Sendable {
    /// Whether each switch crosses, `crosses[column][switch]`; where there are conflicts, up to that column.
    package fileprivate(set) var crosses: [[Bool]] = []
    /// All conflicts of the first column that has any, by their switches.
    package fileprivate(set) var conflicts: [Conflict] = []
  }

  /// Sets the switches, column by column up to the first one with conflicts.
  ///
  /// Entrances and exits are told as places, which are positions without shuffles.
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
