import Autograd

/// How the switch units of a Beneš block share their weights.
package enum Tying: String, Sendable, CaseIterable, Codable {
  /// One unit for the forward half of a block and one for the reverse half: the model of the paper.
  case shared
  /// Units of their own for the first and the middle layer of each block.
  case plain
}

/// Everything that fixes the form of a model; its parameters' shapes follow from it.
package struct ModelSpec: Hashable, Sendable {
  /// m, the width of one position.
  package var maps: Int
  /// The number of Beneš blocks, 1 … 8.
  package var blocks: Int
  package var tying: Tying
  package var norm: NormAxis
  /// Symbols of the input alphabet, the blank 0 included.
  package var inputSymbols: Int
  /// Symbols of the output alphabet, the blank 0 included.
  package var outputSymbols: Int

  package init(
    maps: Int = 96,
    blocks: Int = 2,
    tying: Tying = .shared,
    norm: NormAxis = .positions,
    inputSymbols: Int,
    outputSymbols: Int
  ) {
    self.maps = maps
    self.blocks = blocks
    self.tying = tying
    self.norm = norm
    self.inputSymbols = inputSymbols
    self.outputSymbols = outputSymbols
  }

  /// Switch layers for sequences of length 2^levels.
  ///
  /// A block has levels − 1 layers forward and as many in reverse; one more layer ends the network.
  package func switchLayers(levels: Int) -> Int { 2 * (levels - 1) * blocks + 1 }
}
