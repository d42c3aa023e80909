/// A column of switches in the path of a sequence through a network, and the shuffle after it.
package struct SwitchColumn: Hashable, Sendable {
  /// The Beneš block, from 0; nil for the last column of the network.
  package let block: Int?
  /// The name, within the block, of the switch unit that the whole column uses.
  package let unit: String
  /// The shuffle after the column.
  package let shuffle: Shuffle
  /// The level up to which sequences pass the column and its shuffle unchanged, log2(n) ≤ level.
  package let level: Int

  /// The path of the unit's weights, as in parameter names; columns with the same path share their weights.
  package var path: String { block.map { "blocks.\($0).\(unit)" } ?? unit }
}

extension SwitchColumn {
  /// The unit and its block, counted from 1: `block 1, forward`.
  package var title: String { block.map { "block \($0 + 1), \(unit)" } ?? unit }
}

extension [SwitchColumn] {
  /// The ranges of adjacent columns that share a switch unit, in order.
  package var parts: [Range<Int>] {
    let starts = indices.filter { $0 == 0 || self[$0].path != self[$0 - 1].path }
    return zip(starts, starts.dropFirst() + [count]).map { $0..<$1 }
  }
}
