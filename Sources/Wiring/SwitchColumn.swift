/// A column of switches of a network as a sequence meets it on its way, and the shuffle behind it.
package struct SwitchColumn: Hashable, Sendable {
  /// The Beneš block, from 0; nil for the last column of the network.
  package let block: Int?
  /// The name of the switch unit that all switches of the column are, within its block.
  package let unit: String
  /// How positions move behind the column.
  package let shuffle: Shuffle
  /// Sequences of log2(n) ≤ level pass the column and its shuffle unchanged.
  package let level: Int

  /// The path of the unit's weights, as in the names of parameters; columns of one path share their
  /// weights.
  package var path: String { block.map { "blocks.\($0).\(unit)" } ?? unit }
}

extension SwitchColumn {
  /// The unit and its block as people count: `block 1, forward`.
  package var title: String { block.map { "block \($0 + 1), \(unit)" } ?? unit }
}

extension [SwitchColumn] {
  /// The runs of neighbouring columns that share a switch unit, in order.
  package var parts: [Range<Int>] {
    let starts = indices.filter { $0 == 0 || self[$0].path != self[$0 - 1].path }
    return zip(starts, starts.dropFirst() + [count]).map { $0..<$1 }
  }
}
