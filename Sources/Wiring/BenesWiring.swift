/// The sharing of weights among the switch units of a Beneš block.
package enum Tying: String, Sendable, CaseIterable, Codable {
  /// One unit for the forward half of a block and one for the reverse half, as in the paper.
  case shared
  /// Separate units for the first and the middle layer of each block.
  case plain
}

/// The wiring of a Shuffle-Exchange network: a chain of Beneš blocks, then a last column of switches.
///
/// A block has two halves of log2(n) − 1 columns each: the first has `left` shuffles, the second
/// `right` ones. A block and the column after it are a Beneš network of 2 log2(n) − 1 columns.
package struct BenesWiring: Hashable, Sendable {
  /// The number of blocks.
  package let blocks: Int
  package let tying: Tying

  package init(blocks: Int, tying: Tying = .shared) {
    self.blocks = blocks
    self.tying = tying
  }

  /// Returns the columns of a block (from 0) for sequences of 2^levels positions.
  package func columns(ofBlock block: Int, levels: Int) -> [SwitchColumn] {
    halves.flatMap { half in
      (1..<max(1, levels)).map { level in
        SwitchColumn(
          block: block,
          unit: level == 1 ? half.first : half.others,
          shuffle: half.shuffle,
          level: level
        )
      }
    }
  }

  /// The column after the blocks.
  package var last: SwitchColumn {
    SwitchColumn(block: nil, unit: "last", shuffle: .none, level: 0)
  }

  /// Returns all columns for sequences of 2^levels positions, in the order of the data flow.
  package func columns(levels: Int) -> [SwitchColumn] {
    (0..<blocks).flatMap { columns(ofBlock: $0, levels: levels) } + [last]
  }

  /// The first column of each switch unit, in the order of the units' parameters.
  package var units: [SwitchColumn] {
    // Two columns in each half suffice to use all units.
    columns(levels: 3).reduce(into: []) { units, column in
      if !units.contains(where: { $0.path == column.path }) { units.append(column) }
    }
  }

  /// The units of both halves of a block: in each half one for the first column and one for the others.
  private var halves: [(first: String, others: String, shuffle: Shuffle)] {
    switch tying {
    case .shared: [("forward", "forward", .left), ("reverse", "reverse", .right)]
    case .plain: [("first", "forward", .left), ("middle", "backward", .right)]
    }
  }
}
