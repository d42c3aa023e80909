import Tensors

/// Lists of words as symbols: letters from 1 on, and a delimiter between words.
enum WordList {
  /// Returns a random list without empty words. Inferred from the samples: after each letter but the last a word ends
  /// with probability 1/√length; letters are equally frequent.
  static func random(
    _ length: Int,
    letters: Int,
    delimiter: Int32,
    using random: inout RandomStream
  ) -> [Int32] {
    var symbols = random.symbols(length, upTo: letters)
    let threshold = UInt32(min(4_294_967_295, 4_294_967_296 / Double(length).squareRoot()))
    symbols.withUnsafeMutableBufferPointer { symbols in
      var place = 1
      while place < length - 1 {
        if random.next32() < threshold {
          symbols[place] = delimiter
          place += 1
        }
        place += 1
      }
    }
    return symbols
  }

  /// Returns the number of different lists of a length.
  static func count(length: Int, letters: Int) -> Double {
    var (afterLetter, afterDelimiter) = (0.0, 1.0)
    var place = 0
    while place < length, afterLetter < 1e15 {
      (afterLetter, afterDelimiter) =
        (Double(letters) * (afterLetter + afterDelimiter), afterLetter)
      place += 1
    }
    return afterLetter
  }

  /// Joins words with the delimiter.
  static func joined(_ words: [ArraySlice<Int32>], _ delimiter: Int32) -> [Int32] {
    Array(words.joined(separator: [delimiter]))
  }

  /// Sorts words by the keys of their letters, prefixes first; the sort is stable.
  static func sorted(
    _ words: [ArraySlice<Int32>],
    by key: (Int32) -> Int32
  ) -> [ArraySlice<Int32>] {
    words.enumerated().sorted { first, second in
      let (left, right) = (first.element, second.element)
      var (i, j) = (left.startIndex, right.startIndex)
      while i < left.endIndex, j < right.endIndex {
        let (a, b) = (key(left[i]), key(right[j]))
        if a != b { return a < b }
        i += 1
        j += 1
      }
      return (left.count, first.offset) < (right.count, second.offset)
    }.map(\.element)
  }
}

/// Words in questions and answers: numbers, with `|` for the delimiter and `*` for a mark.
struct WordText {
  let letters: Int
  let delimiter: Int32
  var mark: Int32?
  let sample: String

  func text(_ symbols: some Sequence<Int32>) -> String {
    symbols.map { symbol in
      symbol == delimiter ? "|" : symbol == mark ? "*" : symbol == 0 ? "_" : String(symbol)
    }.joined(separator: " ")
  }

  /// - Throws: `QuestionError` for other text and for empty words.
  func parse(_ text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write numbers from 1 to \(letters), as in `try \(sample)`"
    var symbols: [Int32] = []
    let spaced = text.replacing("|", with: " | ").replacing("*", with: " * ")
    for word in spaced.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      if word == "|" {
        guard symbols.last ?? delimiter != delimiter else {
          throw QuestionError("a word is empty in `\(text)`", remedy: remedy)
        }
        symbols.append(delimiter)
      } else if word == "*", let mark {
        symbols.append(mark)
      } else {
        guard let number = Int32(word), number >= 1, Int(number) <= letters else {
          throw QuestionError("`\(word)` is not a letter", remedy: remedy)
        }
        symbols.append(number)
      }
    }
    guard symbols.last ?? delimiter != delimiter else {
      throw QuestionError("a word is empty in `\(text)`", remedy: remedy)
    }
    return symbols
  }
}

/// Sorting of words: `w_sort`.
///
/// Letters are 1 … N − 2, and N − 1 separates words. Words are sorted by the parities of their letters, even before
/// odd, a word before those whose parities extend its own; the sort is stable.
package struct WordSorting: FreeAlphabetTask {
  package static let usualSymbols = 100
  package static let fewestSymbols = 4

  private let symbols: Int
  package let name = "w_sort"
  package let summary = "sort words by which of their letters are odd"
  package let sampleQuestion = "1 2 | 2 1 | 2"

  package init(symbols: Int) { self.symbols = symbols }

  package var inputSymbols: Int { symbols }
  package var outputSymbols: Int { symbols }

  private var delimiter: Int32 { Int32(symbols - 1) }
  private var text: WordText {
    WordText(letters: symbols - 2, delimiter: delimiter, sample: sampleQuestion)
  }

  package var details: String {
    """
    Words of letters 1 to \(symbols - 2), with the symbol \(symbols - 1) between them, which `try` writes as \
    `|`. They are sorted like in a dictionary that knows only two letters, even before odd; words that it \
    cannot tell apart stay in their order. Of an input of n symbols words have about √n letters.
    """
  }

  package func inputLength(requesting length: Int) -> Int? { length < 1 ? nil : length }

  package func distinctInputs(length: Int) -> Double {
    WordList.count(length: length, letters: symbols - 2)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    WordList.random(length, letters: symbols - 2, delimiter: delimiter, using: &random)
  }

  package func target(of input: [Int32]) -> [Int32] {
    let words = WordList.sorted(input.split(separator: delimiter)) { $0 & 1 }
    return WordList.joined(words, delimiter)
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    try self.text.parse(text)
  }

  package func question(_ input: [Int32]) -> String { text.text(input) }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : text.text(symbols)
  }

  package func inputName(_ symbol: Int32) -> String { text.text([symbol]) }
  package func outputName(_ symbol: Int32) -> String { text.text([symbol]) }
}

/// Merging of two sorted lists of words: `merge`.
///
/// Letters are 1 … N − 3, and N − 1 separates words. A list of words as in `w_sort`, two symbols shorter, is split
/// into halves, each half is sorted, and the word of the single symbol N − 2 is put between them. The target is all
/// words, this one included, sorted by their letters, prefixes first.
package struct Merging: FreeAlphabetTask {
  package static let usualSymbols = 100
  package static let fewestSymbols = 5

  private let symbols: Int
  package let name = "merge"
  package let summary = "merge two sorted lists of words"
  package let sampleQuestion = "1 2 | 2 | * | 1 | 2 1"

  package init(symbols: Int) { self.symbols = symbols }

  package var inputSymbols: Int { symbols }
  package var outputSymbols: Int { symbols }

  private var delimiter: Int32 { Int32(symbols - 1) }
  private var mark: Int32 { Int32(symbols - 2) }
  private var text: WordText {
    WordText(letters: symbols - 3, delimiter: delimiter, mark: mark, sample: sampleQuestion)
  }

  package var details: String {
    """
    Words of letters 1 to \(symbols - 3), with the symbol \(symbols - 1) between them, which `try` writes as \
    `|`. Between the lists stands the word of the symbol \(symbols - 2), written `*`, which comes last in the \
    output. Words are sorted like in a dictionary.
    """
  }

  package func inputLength(requesting length: Int) -> Int? { length < 3 ? nil : length }

  package func distinctInputs(length: Int) -> Double {
    WordList.count(length: length - 2, letters: symbols - 3)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let list = WordList.random(
      length - 2,
      letters: symbols - 3,
      delimiter: delimiter,
      using: &random
    )
    return joined(list)
  }

  /// Returns the input of a list of words: its halves, each sorted.
  func joined(_ list: [Int32]) -> [Int32] {
    let words = list.split(separator: delimiter)
    let half = words.count / 2
    let first = WordList.sorted(Array(words[..<half])) { $0 }
    let second = WordList.sorted(Array(words[half...])) { $0 }
    return WordList.joined(first + [[mark][...]] + second, delimiter)
  }

  /// Returns the input of a list of words in which those of one half precede all others.
  ///
  /// - Parameter isFirst: True if these are the first half.
  func separated(_ list: [Int32], isFirst: Bool) -> [Int32] {
    let words = WordList.sorted(list.split(separator: delimiter)) { $0 }
    let half = words.count / 2
    let (low, high) = (Array(words[..<half]), Array(words[half...]))
    return WordList.joined(
      (isFirst ? low : high) + [[mark][...]] + (isFirst ? high : low),
      delimiter
    )
  }

  package func target(of input: [Int32]) -> [Int32] {
    WordList.joined(WordList.sorted(input.split(separator: delimiter)) { $0 }, delimiter)
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let input = try self.text.parse(text)
    guard input.split(separator: delimiter).count(where: { $0 == [mark] }) == 1,
      input.count(where: { $0 == mark }) == 1
    else {
      throw QuestionError(
        "`*` must stand once, as a word between the two lists",
        remedy: "as in `try \(sampleQuestion)`"
      )
    }
    return input
  }

  package func question(_ input: [Int32]) -> String { text.text(input) }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : text.text(symbols)
  }

  package func inputName(_ symbol: Int32) -> String { text.text([symbol]) }
  package func outputName(_ symbol: Int32) -> String { text.text([symbol]) }
}
