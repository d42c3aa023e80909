/// Finds settings of a Beneš network by the looping algorithm, in O(n log n) steps.
///
/// The outer columns part the elements into two halves that the inner network routes without meeting each other. The
/// two elements of a switch must go to different halves, at the entrance and at the exit: from an element over its
/// partner at the exit to that one's partner at the entrance, and so on, a loop closes. Then the same for the halves.
/// D. C. Opferman, N. T. Tsao-Wu, "On a Class of Rearrangeable Switching Networks" (1971); A. Waksman, "A Permutation
/// Network" (1968).
package struct Looping: Sendable {
  /// The settings.
  package private(set) var settings: BenesNetwork.Settings
  /// The loops, outermost ones first, if they were asked for.
  package private(set) var loops: [Loop] = []

  /// Elements that decide each other's halves.
  package struct Loop: Hashable, Sendable {
    /// How many outer columns have been settled before on either side.
    package let depth: Int
    /// The steps in their order: the place at the entrance, the place at the exit, and the half, of each element. The
    /// places are those without shuffles.
    package let steps: [(entrance: Int, exit: Int, half: Int)]

    package static func == (a: Loop, b: Loop) -> Bool {
      a.depth == b.depth && a.steps.elementsEqual(b.steps) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(depth)
      for step in steps { hasher.combine(step.entrance) }
    }
  }

  /// - Parameters:
  ///   - permutation: of 2^b elements, b ≥ 1.
  ///   - fixesSwitches: whether one exit switch of each inner network stays straight, as in Waksman's network, which
  ///     does without it.
  ///   - keepsLoops: whether `loops` are wanted.
  package init(
    _ permutation: Permutation,
    fixesSwitches: Bool = false,
    keepsLoops: Bool = false
  ) {
    let levels = permutation.count.trailingZeroBitCount
    precondition(permutation.count == 1 << levels && levels > 0, "a power of two from 2 on")
    let network = BenesNetwork(levels: levels)
    settings = BenesNetwork.Settings(straight: network)
    var targets = permutation.targets
    for depth in 0..<levels - 1 {
      let halves = parted(
        targets,
        network,
        depth,
        fixesSwitches: fixesSwitches,
        keepsLoops: keepsLoops
      )
      let mask = 1 << network.bit(of: depth)
      var inner = [Int](repeating: 0, count: targets.count)
      for (entrance, exit) in targets.enumerated() {
        let half = halves[entrance] == 0 ? 0 : mask
        if entrance & mask != half { cross(entrance, depth, network) }
        if exit & mask != half { cross(exit, network.columns - 1 - depth, network) }
        inner[entrance & ~mask | half] = exit & ~mask | half
      }
      targets = inner
    }
    for (entrance, exit) in targets.enumerated() where entrance != exit {
      cross(entrance, levels - 1, network)
    }
  }

  /// Which half each element goes to, 0 or 1.
  private mutating func parted(
    _ targets: [Int],
    _ network: BenesNetwork,
    _ depth: Int,
    fixesSwitches: Bool,
    keepsLoops: Bool
  ) -> [Int8] {
    let mask = 1 << network.bit(of: depth)
    let sources = Permutation(trusted: targets).inverse.targets
    var halves = [Int8](repeating: -1, count: targets.count)
    for place in targets.indices where place & mask == 0 {
      // A loop may begin anywhere; from the exit on, that switch stays straight.
      let start = fixesSwitches ? sources[place] : place
      guard halves[start] < 0 else { continue }
      var steps: [(entrance: Int, exit: Int, half: Int)] = []
      var first = start
      while halves[first] < 0 {
        halves[first] = 0
        let second = sources[targets[first] ^ mask]
        halves[second] = 1
        if keepsLoops {
          steps.append((first, targets[first], 0))
          steps.append((second, targets[second], 1))
        }
        first = second ^ mask
      }
      if keepsLoops { loops.append(Loop(depth: depth, steps: steps)) }
    }
    return halves
  }

  /// Crosses the switch of a column that an element at a place meets; the place is that without shuffles.
  private mutating func cross(_ place: Int, _ column: Int, _ network: BenesNetwork) {
    let steps = network.rotations(before: column)
    let position = rotatedLeft(place, levels: network.levels, by: steps)
    settings.crosses[column][position / 2] = true
  }
}
