import Tensors

/// A kind of inputs that random drawing hardly ever gives, and people ask for.
package struct HardKind: Sendable {
  /// What they are, in the plural, for help.
  package let name: String
  private let make: @Sendable (Int, inout RandomStream) -> [Int32]

  /// - Parameter make: an input of a length that `GeneratedTask.inputLength(requesting:)` returned.
  init(_ name: String, _ make: @escaping @Sendable (Int, inout RandomStream) -> [Int32]) {
    self.name = name
    self.make = make
  }

  /// An input of a length that `GeneratedTask.inputLength(requesting:)` returned.
  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    make(length, &random)
  }
}

extension GeneratedTask {
  /// An example of one of the hard kinds, all equally often.
  package func hardExample(length: Int, using random: inout RandomStream) -> Example {
    let input = hardKinds[random.index(below: hardKinds.count)].input(
      length: length,
      using: &random
    )
    return Example(input: input, target: target(of: input))
  }
}

extension RandomStream {
  /// Heads or tails.
  mutating func coin() -> Bool { next32() & 1 == 0 }

  /// A whole number in 1 ... bound.
  mutating func number(upTo bound: Int) -> Int { 1 + index(below: bound) }

  /// A symbol 1 … `largest` that is not `symbol`, where there is one.
  mutating func symbol(upTo largest: Int, not symbol: Int32) -> Int32 {
    guard largest > 1 else { return symbol }
    let other = Int32(number(upTo: largest - 1))
    return other < symbol ? other : other + 1
  }
}
