import Tensors

/// Tasks whose inputs are random symbols 1 … N − 1, all equally frequent.
package protocol Rearrangement: FreeAlphabetTask {
  /// The number of symbols in the alphabet, including the blank.
  var symbols: Int { get }
  /// The symbols per item: 1, or 2 if inputs are lists of pairs.
  static var unit: Int { get }
}

extension Rearrangement {
  package static var usualSymbols: Int { 12 }
  package static var fewestSymbols: Int { 2 }
  package static var unit: Int { 1 }

  package var inputSymbols: Int { symbols }
  package var outputSymbols: Int { symbols }
  package var sampleQuestion: String {
    NumberList.fitted(Self.unit == 2 ? "3:8 1:2" : "3 1 2", to: symbols)
  }

  package var details: String {
    Self.unit == 2
      ? """
      Pairs of symbols 1 to \(symbols - 1), all equally frequent; `3:8` is the pair of 3 and 8. The input \
      has an even length.
      """
      : "Symbols 1 to \(symbols - 1), all equally frequent."
  }

  var list: NumberList { NumberList(symbols: symbols, sample: sampleQuestion) }

  package func inputLength(requesting length: Int) -> Int? {
    length < Self.unit ? nil : length - length % Self.unit
  }

  package func distinctInputs(length: Int) -> Double {
    manyAtMost(Double(symbols - 1), power: length)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    random.symbols(length, upTo: symbols - 1)
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    try Self.unit == 2 ? list.parsePairs(text[...]) : list.parse(text[...])
  }

  package func question(_ input: [Int32]) -> String {
    Self.unit == 2 ? NumberList.pairText(input[...]) : NumberList.text(input)
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    if symbols.isEmpty { return "(nothing)" }
    return Self.unit == 2 ? NumberList.pairText(symbols) : NumberList.text(symbols)
  }
}

/// Sorts groups of symbols by the first of each, in linear time; the sort is stable.
///
/// - Parameters:
///   - unit: the number of symbols in a group.
///   - largest: the largest first symbol.
func sortedGroups(_ symbols: [Int32], unit: Int, largest: Int) -> [Int32] {
  var places = [Int](repeating: 0, count: largest + 2)
  let groups = symbols.count / unit
  return [Int32](unsafeUninitializedCapacity: groups * unit) { sorted, filled in
    symbols.withUnsafeBufferPointer { symbols in
      places.withUnsafeMutableBufferPointer { places in
        var first = 0
        while first < groups * unit {
          places[Int(symbols[first]) + 1] += unit
          first += unit
        }
        for symbol in 0...largest { places[symbol + 1] += places[symbol] }
        first = 0
        while first < groups * unit {
          let key = Int(symbols[first])
          let place = places[key]
          for offset in 0..<unit { sorted[place + offset] = symbols[first + offset] }
          places[key] = place + unit
          first += unit
        }
      }
    }
    filled = groups * unit
  }
}
