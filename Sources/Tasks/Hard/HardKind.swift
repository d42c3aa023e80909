import Tensors

/// A kind of inputs that users ask for but random drawing rarely produces.
package struct HardKind: Sendable {
  /// The name of such inputs in the plural, for help.
  package let name: String
  private let make: @Sendable (Int, inout RandomStream) -> [Int32]

  /// - Parameter make: returns an input of a length that `GeneratedTask.inputLength(requesting:)` returned.
  init(_ name: String, _ make: @escaping @Sendable (Int, inout RandomStream) -> [Int32]) {
    self.name = name
    self.make = make
  }

  /// Returns an input of a length that `GeneratedTask.inputLength(requesting:)` returned.
  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    make(length, &random)
  }
}

extension GeneratedTask {
  /// Returns an example of one of the hard kinds, all equally often.
  package func hardExample(length: Int, using random: inout RandomStream) -> Example {
    let input = hardKinds[random.index(below: hardKinds.count)].input(
      length: length,
      using: &random
    )
    return Example(input: input, target: target(of: input))
  }
}

extension RandomStream {
  /// Returns true or false with equal probability.
  mutating func coin() -> Bool { next32() & 1 == 0 }

  /// Returns a random integer in 1 … bound.
  mutating func number(upTo bound: Int) -> Int { 1 + index(below: bound) }

  /// Returns a random symbol 1 … `largest` other than `symbol`, if there is one.
  mutating func symbol(upTo largest: Int, not symbol: Int32) -> Int32 {
    guard largest > 1 else { return symbol }
    let other = Int32(number(upTo: largest - 1))
    return other < symbol ? other : other + 1
  }
}
