import Tensors

extension ModelSpec {
  /// The most Beneš blocks that a model has.
  package static let largestBlocks = 8

  /// The names and shapes of the parameters of a model of this form, in their order.
  package var parameterShapes: [(name: String, shape: Shape)] {
    let units =
      tying == .shared ? ["forward", "reverse"] : ["first", "forward", "middle", "backward"]
    let paths = (0..<blocks).flatMap { block in units.map { "blocks.\(block).\($0)" } } + ["last"]
    return [("embedding", [inputSymbols, maps])]
      + paths.flatMap { path -> [(name: String, shape: Shape)] in
        [
          ("\(path).expand", [2 * maps, 4 * maps]), ("\(path).offset", [4 * maps]),
          ("\(path).contract", [4 * maps, 2 * maps]), ("\(path).bias", [2 * maps]),
          ("\(path).residual", [2 * maps]),
        ]
      } + [("output.weight", [maps, outputSymbols]), ("output.bias", [outputSymbols])]
  }

  /// The number of learned values.
  package var parameterCount: Int { parameterShapes.reduce(0) { $0 + $1.shape.count } }
}
