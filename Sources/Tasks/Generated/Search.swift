import Tensors

/// Lookup of a key in a list of pairs: `search`.
///
/// The input has 2p + 1 symbols for p = (requested − 1) div 2: p pairs of key and value, then the key to look up; the
/// target is the value of the first pair with this key, or one blank. All symbols are uniform and independent
/// (inferred from the samples: hits are as frequent as by chance).
package struct Search: FreeAlphabetTask {
  package static let usualSymbols = 12
  package static let fewestSymbols = 2

  private let symbols: Int
  package let name = "search"
  package let summary = "find the value of a key in a list of pairs"

  package init(symbols: Int) { self.symbols = symbols }

  package var inputSymbols: Int { symbols }
  package var outputSymbols: Int { symbols }
  package var sampleQuestion: String { NumberList.fitted("3:8 7:2 ? 7", to: symbols) }

  package var details: String {
    """
    Pairs of key and value, then the key that is looked for, all of symbols 1 to \(symbols - 1), equally \
    frequent. The output is the value of the first pair with this key, or a blank if there is none.
    """
  }

  package func inputLength(requesting length: Int) -> Int? {
    length < 3 ? nil : 2 * ((length - 1) / 2) + 1
  }

  package func distinctInputs(length: Int) -> Double {
    manyAtMost(Double(symbols - 1), power: length)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    random.symbols(length, upTo: symbols - 1)
  }

  package func target(of input: [Int32]) -> [Int32] {
    guard let key = input.last else { return [] }
    var place = 0
    while place + 1 < input.count - 1 {
      if input[place] == key { return [input[place + 1]] }
      place += 2
    }
    return [0]
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let parts = text.split(separator: "?", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw QuestionError(
        "`\(text)` does not say which key is looked for",
        remedy: "write pairs, `?` and a key, as in `try \(sampleQuestion)`"
      )
    }
    let list = NumberList(symbols: symbols, sample: sampleQuestion)
    let pairs = try list.parsePairs(parts[0])
    let key = try list.parse(parts[1])
    guard key.count == 1 else {
      throw QuestionError("one key is looked for", remedy: "as in `try \(sampleQuestion)`")
    }
    return pairs + key
  }

  package func question(_ input: [Int32]) -> String {
    "\(NumberList.pairText(input.dropLast())) ? \(NumberList.text(input.suffix(1)))"
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "not found" : NumberList.text(symbols)
  }
}
