/// Conversion between symbols and lists of their numbers: `3 1 2`, and in pairs `3:8 1:2`.
struct NumberList {
  /// The number of symbols in the alphabet, including the blank.
  let symbols: Int
  /// A sample question for messages.
  let sample: String

  /// - Throws: `QuestionError` if a word is not a symbol, or there is none.
  func parse(_ text: Substring) throws(QuestionError) -> [Int32] {
    var numbers: [Int32] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      numbers.append(try number(word))
    }
    guard !numbers.isEmpty else { throw QuestionError("there are no numbers", remedy: remedy) }
    return numbers
  }

  /// - Throws: `QuestionError` if a word is not a pair of symbols, or there is none.
  func parsePairs(_ text: Substring) throws(QuestionError) -> [Int32] {
    var numbers: [Int32] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw QuestionError("`\(word)` is not a pair of numbers", remedy: "as in `try \(sample)`")
      }
      for part in parts { numbers.append(try number(part)) }
    }
    guard !numbers.isEmpty else {
      throw QuestionError("there are no pairs", remedy: "as in `try \(sample)`")
    }
    return numbers
  }

  /// - Throws: `QuestionError` if the word is not a symbol.
  func number(_ word: Substring) throws(QuestionError) -> Int32 {
    guard let number = Int32(word) else {
      throw QuestionError("`\(word)` is not a whole number", remedy: remedy)
    }
    guard number >= 1, Int(number) < symbols else {
      throw QuestionError("\(number) is not in the alphabet", remedy: remedy)
    }
    return number
  }

  /// Returns a question in which numbers beyond the alphabet are replaced by its largest symbol.
  static func fitted(_ question: String, to symbols: Int) -> String {
    question.replacing(/[0-9]+/) { String(min(Int($0.output) ?? 1, symbols - 1)) }
  }

  /// Returns numbers separated by spaces; `_` for the blank symbol.
  static func text(_ symbols: some Sequence<Int32>) -> String {
    symbols.map { $0 == 0 ? "_" : String($0) }.joined(separator: " ")
  }

  /// Returns pairs separated by spaces; the last symbol on its own if it has no partner.
  static func pairText(_ symbols: ArraySlice<Int32>) -> String {
    stride(from: symbols.startIndex, to: symbols.endIndex, by: 2).map { first in
      symbols[first..<min(first + 2, symbols.endIndex)].map { $0 == 0 ? "_" : String($0) }
        .joined(separator: ":")
    }.joined(separator: " ")
  }

  private var remedy: String { "write numbers from 1 to \(symbols - 1), as in `try \(sample)`" }
}
