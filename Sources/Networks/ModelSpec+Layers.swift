extension ModelSpec {
  /// Layers of a model that share their weights.
  package struct LayerRow: Hashable, Sendable {
    /// The path of the weights, as in the names of the parameters.
    package let path: String
    /// How many layers use them.
    package let count: Int
    /// The widths from input to output; a switch unit reads and writes pairs of positions.
    package let widths: [Int]
    /// The number of learned values.
    package let parameters: Int
    /// What follows each layer: the shuffle of positions, if any.
    package let shuffle: String?
  }

  /// The layers from input to output for sequences of length 2^levels.
  package func layerRows(levels: Int) -> [LayerRow] {
    let pair = [2 * maps, 4 * maps, 2 * maps]
    var rows = [row("embedding", 1, [inputSymbols, maps])]
    for block in 0..<blocks {
      let path = "blocks.\(block)."
      switch tying {
      case .shared:
        rows.append(row(path + "forward", levels - 1, pair, shuffle: "left"))
        rows.append(row(path + "reverse", levels - 1, pair, shuffle: "right"))
      case .plain:
        rows.append(row(path + "first", 1, pair, shuffle: "left"))
        rows.append(row(path + "forward", levels - 2, pair, shuffle: "left"))
        rows.append(row(path + "middle", 1, pair, shuffle: "right"))
        rows.append(row(path + "backward", levels - 2, pair, shuffle: "right"))
      }
    }
    return rows + [row("last", 1, pair), row("output", 1, [maps, outputSymbols])]
  }

  private func row(
    _ path: String,
    _ count: Int,
    _ widths: [Int],
    shuffle: String? = nil
  ) -> LayerRow {
    let shapes = parameterShapes.filter { $0.name == path || $0.name.hasPrefix(path + ".") }
    return LayerRow(
      path: path,
      count: count,
      widths: widths,
      parameters: shapes.reduce(0) { $0 + $1.shape.count },
      shuffle: shuffle
    )
  }
}
