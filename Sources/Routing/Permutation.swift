import Wiring

/// A permutation of n elements: the one at place i goes to place `targets[i]`.
package struct Permutation: Hashable, Sendable {
  /// The target of the element at each place; every place occurs once.
  package let targets: [Int]

  /// Creates the permutation with these targets; nil unless each of 0 ..< n occurs among them once.
  package init?(_ targets: [Int]) {
    var isTaken = [Bool](repeating: false, count: targets.count)
    for target in targets {
      guard targets.indices.contains(target), !isTaken[target] else { return nil }
      isTaken[target] = true
    }
    self.targets = targets
  }

  /// Creates a permutation of targets that are known to be valid.
  init(trusted targets: [Int]) { self.targets = targets }

  /// The number of elements.
  package var count: Int { targets.count }

  /// Returns the permutation that moves nothing.
  package static func identity(_ count: Int) -> Permutation {
    Permutation(trusted: Array(0..<count))
  }

  /// Returns the permutation that reverses the order.
  package static func reversal(_ count: Int) -> Permutation {
    Permutation(trusted: (0..<count).reversed())
  }

  /// Returns the perfect shuffle of 2^b elements: index bits rotate to the left, so that the highest becomes the lowest.
  package static func shuffle(levels: Int) -> Permutation {
    let count = 1 << levels
    return Permutation(trusted: (0..<count).map { Shuffle.right.target(of: $0, length: count) })
  }

  /// Returns the permutation of 2^b elements that reverses the bits of each index.
  package static func bitReversal(levels: Int) -> Permutation {
    Permutation(
      trusted: (0..<1 << levels).map { index in
        (0..<levels).reduce(0) { $0 << 1 | (index >> $1) & 1 }
      }
    )
  }

  /// Returns the permutation that moves each element up by `steps` places; the last ones become the first.
  package static func rotation(_ count: Int, by steps: Int) -> Permutation {
    Permutation(
      trusted: (0..<count).map { (($0 + steps) % count + count) % count }
    )
  }

  /// Draws a permutation, uniformly if the generator is uniform.
  package static func random(
    _ count: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Permutation {
    Permutation(trusted: (0..<count).shuffled(using: &generator))
  }

  /// The inverse permutation, which moves each element back.
  package var inverse: Permutation {
    var sources = [Int](repeating: 0, count: count)
    for (source, target) in targets.enumerated() { sources[target] = source }
    return Permutation(trusted: sources)
  }

  /// Returns the composition: this permutation first, then another one.
  package func followed(by next: Permutation) -> Permutation {
    precondition(next.count == count, "as many elements")
    return Permutation(trusted: targets.map { next.targets[$0] })
  }

  /// Returns the elements in permuted order.
  package func applied<Element>(to elements: [Element]) -> [Element] {
    precondition(elements.count == count, "an element for each place")
    return inverse.targets.map { elements[$0] }
  }

  /// The cycles of more than one element, each from its smallest element on.
  package var cycles: [[Int]] {
    var isSeen = [Bool](repeating: false, count: count)
    var cycles: [[Int]] = []
    for start in targets.indices where !isSeen[start] {
      var cycle: [Int] = []
      var place = start
      while !isSeen[place] {
        isSeen[place] = true
        cycle.append(place)
        place = targets[place]
      }
      if cycle.count > 1 { cycles.append(cycle) }
    }
    return cycles
  }
}
