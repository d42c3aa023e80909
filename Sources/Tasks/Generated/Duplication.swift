import Tensors

/// Duplication of a sequence: `dup`.
///
/// The input of length n is n div 2 symbols, all equally frequent, and blanks up to n; the target is the symbols
/// twice, and a blank if n is odd.
package struct Duplication: FreeAlphabetTask {
  package static let usualSymbols = 12
  package static let fewestSymbols = 2

  private let symbols: Int
  package let name = "dup"
  package let summary = "write a sequence twice"

  package init(symbols: Int) { self.symbols = symbols }

  package var inputSymbols: Int { symbols }
  package var outputSymbols: Int { symbols }
  package var sampleQuestion: String { NumberList.fitted("3 1 2", to: symbols) }

  package var details: String {
    """
    Symbols 1 to \(symbols - 1), all equally frequent, and behind them as many blanks: the room for the copy. \
    An odd length ends in one more blank, which `try` writes as `_`.
    """
  }

  package func inputLength(requesting length: Int) -> Int? { length < 2 ? nil : length }

  package func distinctInputs(length: Int) -> Double {
    manyAtMost(Double(symbols - 1), power: length / 2)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let word = random.symbols(length / 2, upTo: symbols - 1)
    return word + [Int32](repeating: 0, count: length - word.count)
  }

  package func target(of input: [Int32]) -> [Int32] {
    let word = input[..<(input.count / 2)]
    return word + word + [Int32](repeating: 0, count: input.count % 2)
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let words = text.split(whereSeparator: \.isWhitespace)
    let isOdd = words.last == "_"
    let list = NumberList(symbols: symbols, sample: sampleQuestion)
    let word = try list.parse(words.dropLast(isOdd ? 1 : 0).joined(separator: " ")[...])
    return word + [Int32](repeating: 0, count: word.count + (isOdd ? 1 : 0))
  }

  package func question(_ input: [Int32]) -> String {
    // An input drawn for an odd length has one blank more than symbols.
    let word = input.prefix { $0 != 0 }
    return NumberList.text(word) + (input.count > 2 * word.count ? " _" : "")
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : NumberList.text(symbols)
  }
}
