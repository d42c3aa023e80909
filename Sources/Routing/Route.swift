/// A permutation routed through a network as far as it gets.
package struct Route: Hashable, Sendable {
  package let wiring: NetworkWiring
  /// The position after the network for the element at each position before it.
  package let permutation: Permutation
  /// True for each switch that crosses, `crosses[column][switch]`; in a blocked network, up to the blocked column.
  package let crosses: [[Bool]]
  /// The conflicts that block an omega network: pairs of elements that need the same output of a switch.
  package let conflicts: [OmegaNetwork.Conflict]
  /// The loops, if they were asked for.
  package let loops: [RoutingLoop]
  /// The number of loops; 0 in an omega network, which has none.
  package let loopCount: Int

  /// Sets the switches.
  ///
  /// - Parameters:
  ///   - permutation: of 2^b elements, b ≥ 1.
  ///   - form: the network.
  ///   - keepsLoops: true to store `loops`.
  ///   - checkpoint: called about every 2^16 elements; an error that it throws ends the search.
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

  /// True if the network cannot perform this permutation.
  package var isBlocked: Bool { !conflicts.isEmpty }

  /// The number of switches that cross.
  package var crossed: Int { crosses.reduce(0) { $0 + $1.count { $0 } } }

  /// Returns the elements after the settled columns, each as its position before the network.
  ///
  /// - Parameter checkpoint: called after each column; an error that it throws ends the work.
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
  /// Sends elements through a column of switches and the wires after it.
  func pass(_ elements: inout [Int], through switches: [Bool], column: Int) {
    for (number, crosses) in switches.enumerated() where crosses {
      elements.swapAt(2 * number, 2 * number + 1)
    }
    let before = elements
    for position in before.indices {
      elements[next(from: position, behind: column)] = before[position]
    }
  }

  /// Returns the settings of the network wired by shuffles, in this network's numbering of switches.
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

/// A loop of the looping algorithm, in a network's numbering of switches.
package struct RoutingLoop: Hashable, Sendable {
  /// The number of columns outside of the two that the loop settles.
  package let depth: Int
  /// The elements in the order of the loop; each two in turn share a switch of the second column.
  package let steps: [Step]

  /// An element of a loop.
  package struct Step: Hashable, Sendable {
    /// Its position before the whole network.
    package let element: Int
    /// Its position before the first column.
    package let entrance: Int
    /// Its position after the switches of the second column.
    package let exit: Int
    /// Its way between the columns: 0 by the upper outputs and inputs of the switches, 1 by the lower ones.
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
