import Tensors

/// A switch layer as a sequence meets it on its way through a network.
package struct SwitchStep: Hashable, Sendable {
  /// The Beneš block, from 0; nil for the last layer of the network.
  package let block: Int?
  /// The name of its switch unit in the block; `last` for the last layer.
  package let unit: String
  /// How positions move behind it.
  package let shuffle: Shuffle
}

extension SequenceModel {
  /// The switch layers for sequences of length 2^levels in their order; none in a network of another kind.
  package func switchSteps(levels: Int) -> [SwitchStep] {
    layerRows(levels: levels).flatMap { row -> [SwitchStep] in
      let path = row.path.split(separator: ".")
      let step: SwitchStep
      if let shuffle = row.shuffle {
        step = SwitchStep(
          block: path.dropLast().last.flatMap { Int($0) },
          unit: path.last.map(String.init) ?? row.path,
          shuffle: shuffle == "left" ? .left : .right
        )
      } else if row.path == "last" {
        step = SwitchStep(block: nil, unit: row.path, shuffle: .none)
      } else {
        return []
      }
      return Array(repeating: step, count: max(0, row.count))
    }
  }
}
