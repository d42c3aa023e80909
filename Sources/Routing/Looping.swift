/// A search for settings of a Beneš network by the looping algorithm, in O(n log n) steps.
///
/// The outer columns split the elements into two halves that the inner network routes independently. The two elements
/// of a switch must go to different halves, at the entrance and at the exit: from an element to its partner at the
/// exit, to that one's partner at the entrance, and so on, until the loop closes. The halves are then settled likewise.
/// D. C. Opferman, N. T. Tsao-Wu, "On a Class of Rearrangeable Switching Networks" (1971); A. Waksman, "A Permutation
/// Network" (1968).
package struct Looping: Sendable {
  /// The settings.
  package private(set) var settings: BenesNetwork.Settings
  /// The loops, outermost ones first; empty unless they were asked for.
  package private(set) var loops: [Loop] = []
  /// The number of loops.
  package private(set) var loopCount = 0

  /// A loop: elements that determine each other's halves.
  package struct Loop: Hashable, Sendable {
    /// The number of outer columns on either side that are settled before it.
    package let depth: Int
    /// The elements in the order of the loop; each two in turn share an exit switch.
    package let steps: [Step]
  }

  /// An element of a loop, by places without shuffles.
  package struct Step: Hashable, Sendable {
    /// Its place before the whole network.
    package let element: Int
    /// Its places before the loop's first column, and after its second one.
    package let entrance: Int
    package let exit: Int
    /// The half that it goes to, 0 or 1.
    package let half: Int
  }

  /// - Parameters:
  ///   - permutation: of 2^b elements, b ≥ 1.
  ///   - fixesSwitches: true to keep one exit switch of each inner network straight, as in Waksman's network, which
  ///     omits it.
  ///   - keepsLoops: true to store `loops`.
  ///   - firstHalves: the half of the first element of each loop, in the order of the loops; 0 for further ones. Only
  ///     without fixed switches.
  ///   - checkpoint: called about every 2^16 elements; an error that it throws ends the search.
  package init(
    _ permutation: Permutation,
    fixesSwitches: Bool = false,
    keepsLoops: Bool = false,
    firstHalves: [Int] = [],
    checkpoint: () throws -> Void
  ) rethrows {
    precondition(!fixesSwitches || firstHalves.isEmpty, "halves are chosen, or switches fixed")
    let levels = permutation.count.trailingZeroBitCount
    precondition(permutation.count == 1 << levels && levels > 0, "a power of two from 2 on")
    let network = BenesNetwork(levels: levels)
    settings = BenesNetwork.Settings(straight: network)
    // Places fit in 32 bits; half the memory caches better.
    var targets = permutation.targets.map { Int32(truncatingIfNeeded: $0) }
    var inner = targets
    var elements = keepsLoops ? Array(targets.indices) : []
    for depth in 0..<levels - 1 {
      let halves = try parted(
        targets,
        elements,
        network,
        depth,
        fixesSwitches: fixesSwitches,
        firstHalves: firstHalves,
        checkpoint: checkpoint
      )
      let mask = 1 << network.bit(of: depth)
      var moved = elements
      let last = network.columns - 1 - depth
      var columns = [depth, last].map { settings.crosses[$0] }
      for (entrance, target) in targets.enumerated() {
        let half = halves[entrance] == 0 ? 0 : mask
        let exit = Int(target)
        if entrance & mask != half {
          columns[0][network.position(of: entrance, before: depth) / 2] = true
        }
        if exit & mask != half {
          columns[1][network.position(of: exit, before: last) / 2] = true
        }
        inner[entrance & ~mask | half] = Int32(truncatingIfNeeded: exit & ~mask | half)
        if keepsLoops { moved[entrance & ~mask | half] = elements[entrance] }
      }
      settings.crosses[depth] = columns[0]
      settings.crosses[last] = columns[1]
      swap(&targets, &inner)
      elements = moved
    }
    for (entrance, exit) in targets.enumerated() where entrance != exit {
      settings.crosses[levels - 1][network.position(of: entrance, before: levels - 1) / 2] = true
    }
  }

  /// Returns the half that each element goes to, 0 or 1.
  private mutating func parted(
    _ targets: [Int32],
    _ elements: [Int],
    _ network: BenesNetwork,
    _ depth: Int,
    fixesSwitches: Bool,
    firstHalves: [Int],
    checkpoint: () throws -> Void
  ) rethrows -> [Int8] {
    let mask = 1 << network.bit(of: depth)
    var sources = [Int32](repeating: 0, count: targets.count)
    for (source, target) in targets.enumerated() {
      sources[Int(target)] = Int32(truncatingIfNeeded: source)
    }
    var halves = [Int8](repeating: -1, count: targets.count)
    var sinceCheckpoint = 0
    // From the top switch of the column down.
    for position in stride(from: 0, to: network.count, by: 2) {
      let place = network.place(at: position, before: depth)
      // A loop may begin anywhere; if it begins at an exit, that switch stays straight.
      let start = fixesSwitches ? Int(sources[place]) : place
      guard halves[start] < 0 else { continue }
      let half = loopCount < firstHalves.count ? firstHalves[loopCount] : 0
      var steps: [Step] = []
      func note(_ place: Int, _ half: Int) {
        guard !elements.isEmpty else { return }
        steps.append(
          Step(element: elements[place], entrance: place, exit: Int(targets[place]), half: half)
        )
      }
      var first = start
      while halves[first] < 0 {
        halves[first] = Int8(half)
        let second = Int(sources[Int(targets[first]) ^ mask])
        halves[second] = Int8(1 - half)
        note(first, half)
        note(second, 1 - half)
        first = second ^ mask
        sinceCheckpoint += 1
        if sinceCheckpoint == 1 << 15 {
          sinceCheckpoint = 0
          try checkpoint()
        }
      }
      loopCount += 1
      if !elements.isEmpty { loops.append(Loop(depth: depth, steps: steps)) }
    }
    try checkpoint()
    return halves
  }
}
