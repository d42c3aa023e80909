import Wiring

/// A rearrangement of n elements: the one at place i goes to place `targets[i]`.
package struct Permutation: Hashable, Sendable {
  /// Where the element of each place goes; every place once.
  package let targets: [Int]

  /// The rearrangement with these targets; nil unless each of 0 ..< n is among them once.
  package init?(_ targets: [Int]) {
    var isTaken = [Bool](repeating: false, count: targets.count)
    for target in targets {
      guard targets.indices.contains(target), !isTaken[target] else { return nil }
      isTaken[target] = true
    }
    self.targets = targets
  }

  /// Targets that are known to be such.
  init(trusted targets: [Int]) { self.targets = targets }

  /// The number of elements.
  package var count: Int { targets.count }

  /// The rearrangement that moves nothing.
  package static func identity(_ count: Int) -> Permutation {
    Permutation(trusted: Array(0..<count))
  }

  /// The first element last.
  package static func reversal(_ count: Int) -> Permutation {
    Permutation(trusted: (0..<count).reversed())
  }

  /// The perfect shuffle of 2^b elements: the index bits of each move left, the highest one becomes the lowest.
  package static func shuffle(levels: Int) -> Permutation {
    let count = 1 << levels
    return Permutation(trusted: (0..<count).map { Shuffle.right.target(of: $0, length: count) })
  }

  /// Each of 2^b elements goes where its index read backwards says.
  package static func bitReversal(levels: Int) -> Permutation {
    Permutation(
      trusted: (0..<1 << levels).map { index in
        (0..<levels).reduce(0) { $0 << 1 | (index >> $1) & 1 }
      }
    )
  }

  /// Each element moves up by so many places; the last ones become the first.
  package static func rotation(_ count: Int, by steps: Int) -> Permutation {
    Permutation(
      trusted: (0..<count).map { (($0 + steps) % count + count) % count }
    )
  }

  /// Any rearrangement, each as likely as the others if the numbers are.
  package static func random(
    _ count: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Permutation {
    Permutation(trusted: (0..<count).shuffled(using: &generator))
  }

  /// The rearrangement that moves each element back.
  package var inverse: Permutation {
    var sources = [Int](repeating: 0, count: count)
    for (source, target) in targets.enumerated() { sources[target] = source }
    return Permutation(trusted: sources)
  }

  /// This rearrangement first, then another one.
  package func followed(by next: Permutation) -> Permutation {
    precondition(next.count == count, "as many elements")
    return Permutation(trusted: targets.map { next.targets[$0] })
  }

  /// Elements rearranged.
  package func applied<Element>(to elements: [Element]) -> [Element] {
    precondition(elements.count == count, "an element for each place")
    return inverse.targets.map { elements[$0] }
  }

  /// The cycles of more than one element, each from its smallest one on.
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
