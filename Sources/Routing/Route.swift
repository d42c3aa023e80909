/// A rearrangement routed through a network, as far as it gets.
package struct Route: Hashable, Sendable {
  package let wiring: NetworkWiring
  /// The position behind the network that the element at each position in front of it goes to.
  package let permutation: Permutation
  /// Whether each switch crosses, `crosses[column][switch]`; where it is blocked, up to that column.
  package let crosses: [[Bool]]
  /// Why an omega network is blocked: pairs of elements that must leave a switch by the same output.
  package let conflicts: [OmegaNetwork.Conflict]
  /// The loops that were asked for.
  package let loops: [RoutingLoop]
  /// How many loops there are; 0 in an omega network, which has none.
  package let loopCount: Int

  /// Sets the switches.
  ///
  /// - Parameters:
  ///   - permutation: of 2^b elements, b ≥ 1.
  ///   - form: the network.
  ///   - keepsLoops: whether `loops` are wanted.
  ///   - checkpoint: called about every 2^16 elements; what it throws ends the search.
  package init(
    _ permutation: Permutation,
    through form: NetworkForm,
    keepsLoops: Bool = false,
    checkpoint: () throws -> Void
  ) rethrows {
    let wiring = NetworkWiring(form, levels: permutation.count.trailingZeroBitCount)
    self.wiring = wiring
    self.permutation = permutation
    if form == .omega {
      let routing = OmegaNetwork(levels: wiring.levels).route(permutation)
      (crosses, conflicts) = (routing.crosses, routing.conflicts)
      (loops, loopCount) = ([], 0)
    } else {
      let looping = try Looping(
        permutation,
        fixesSwitches: form == .waksman,
        keepsLoops: keepsLoops,
        checkpoint: checkpoint
      )
      crosses = try wiring.crosses(of: looping.settings, checkpoint: checkpoint)
      conflicts = []
      loops = looping.loops.map { RoutingLoop($0, in: wiring) }
      loopCount = looping.loopCount
    }
  }

  /// Whether the network cannot make this rearrangement.
  package var isBlocked: Bool { !conflicts.isEmpty }

  /// The number of switches that cross.
  package var crossed: Int { crosses.reduce(0) { $0 + $1.count { $0 } } }

  /// The elements behind the settled columns, each named by its position in front of the network.
  ///
  /// - Parameter checkpoint: called after each column; what it throws ends the work.
  package func arrangement(checkpoint: () throws -> Void) rethrows -> [Int] {
    var elements = Array(0..<wiring.count)
    for (column, switches) in crosses.enumerated() {
      wiring.pass(&elements, through: switches, column: column)
      try checkpoint()
    }
    return elements
  }
}

extension NetworkWiring {
  /// Sends elements through a column of switches and the wires behind it.
  func pass(_ elements: inout [Int], through switches: [Bool], column: Int) {
    for (number, crosses) in switches.enumerated() where crosses {
      elements.swapAt(2 * number, 2 * number + 1)
    }
    let before = elements
    for position in before.indices {
      elements[next(from: position, behind: column)] = before[position]
    }
  }

  /// Settings of the network that is wired by shuffles as this one numbers its switches.
  func crosses(
    of settings: BenesNetwork.Settings,
    checkpoint: () throws -> Void
  ) rethrows -> [[Bool]] {
    guard form != .benes else { return settings.crosses }
    let benes = BenesNetwork(levels: levels)
    var result: [[Bool]] = []
    for column in 0..<columns {
      result.append(
        (0..<count / 2).map { number in
          let place = place(at: 2 * number, before: column)
          return settings.crosses[column][benes.position(of: place, before: column) / 2]
        }
      )
      try checkpoint()
    }
    return result
  }
}

/// A loop of the looping algorithm as a network numbers its switches.
package struct RoutingLoop: Hashable, Sendable {
  /// The number of columns outside of the two that it settles.
  package let depth: Int
  /// The elements in their order, two by two those that meet at a switch of the second column.
  package let steps: [Step]

  /// An element of a loop.
  package struct Step: Hashable, Sendable {
    /// Its position in front of the whole network.
    package let element: Int
    /// Its position in front of the first column.
    package let entrance: Int
    /// Its position behind the second column.
    package let exit: Int
    /// Its way between both: 0 by the upper outputs and inputs of the switches, 1 by the lower ones.
    package let way: Int
  }

  init(_ loop: Looping.Loop, in wiring: NetworkWiring) {
    depth = loop.depth
    let last = wiring.columns - 1 - loop.depth
    steps = loop.steps.map { step in
      Step(
        element: step.element,
        entrance: wiring.position(of: step.entrance, before: loop.depth),
        exit: wiring.position(of: step.exit, before: last),
        way: step.half
      )
    }
  }
}
