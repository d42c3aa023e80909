/// The symbols of one side of a task, numbered from 1; 0 is the blank.
package struct Alphabet: Hashable, Sendable {
  /// The symbols in the order of their numbers.
  package let symbols: [String]
  private let numbers: [String: Int32]

  /// The maximum number of symbols in an alphabet.
  package static let largest = 1 << 16

  /// Creates an alphabet of different symbols.
  package init(_ symbols: [String]) {
    self.symbols = symbols
    numbers = Dictionary(
      zip(symbols, Int32(1)...).map { ($0, $1) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The number of symbols of a network with this alphabet, including the blank.
  package var count: Int { symbols.count + 1 }

  /// Returns the number of a symbol, or nil if it is not in the alphabet.
  package func number(of symbol: String) -> Int32? { numbers[symbol] }

  /// Returns the symbol with a number; `_` for the blank.
  package func symbol(_ number: Int32) -> String {
    symbols.indices.contains(Int(number) - 1) ? symbols[Int(number) - 1] : "_"
  }
}
