import Tensors

/// Two kinds of brackets as symbols: ( ) [ ] are 1 to 4.
enum Bracket {
  /// The characters of symbols 1 to 4.
  static let characters: [Character] = ["(", ")", "[", "]"]

  static func opens(_ symbol: Int32) -> Bool { symbol & 1 == 1 }

  static func text(_ symbols: some Sequence<Int32>) -> String {
    String(
      symbols.map { (1...4).contains($0) ? characters[Int($0) - 1] : $0 == 0 ? "_" : "?" }
    )
  }

  /// - Throws: `QuestionError` for other characters, or if there are no brackets.
  static func parse(_ text: String, sample: String) throws(QuestionError) -> [Int32] {
    var symbols: [Int32] = []
    for character in text where !character.isWhitespace {
      guard let index = characters.firstIndex(of: character) else {
        throw QuestionError(
          "`\(character)` is not a bracket",
          remedy: "write ( ) [ ], as in `try \(sample)`"
        )
      }
      symbols.append(Int32(index) + 1)
    }
    guard !symbols.isEmpty else {
      throw QuestionError("there are no brackets", remedy: "as in `try \(sample)`")
    }
    return symbols
  }

  /// Returns random brackets none of which is closed wrongly. While a bracket is open and one may be opened, one is
  /// opened with probability 2/3, of either kind equally often.
  ///
  /// - Parameter isClosed: True if all brackets are closed at the end (for an even count); otherwise some are left open.
  static func valid(_ count: Int, isClosed: Bool, using random: inout RandomStream) -> [Int32] {
    var depth = 0
    var open = [Int32](repeating: 0, count: count)
    return [Int32](unsafeUninitializedCapacity: count) { symbols, filled in
      open.withUnsafeMutableBufferPointer { open in
        for place in 0..<count {
          let mustOpen = depth == 0 || !isClosed && depth == 1 && place == count - 1
          let mustClose = isClosed && depth == count - place
          if mustOpen || !mustClose && random.index(below: 3) > 0 {
            let symbol = random.next32() & 1 == 0 ? 1 : 3 as Int32
            symbols[place] = symbol
            open[depth] = symbol
            depth += 1
          } else {
            depth -= 1
            symbols[place] = open[depth] + 1
          }
        }
      }
      filled = count
    }
  }

  /// Returns the brackets that are open at the end, outermost first, or nil if one is closed wrongly.
  static func leftOpen(_ symbols: [Int32]) -> [Int32]? {
    var depth = 0
    var isValid = true
    let open = [Int32](unsafeUninitializedCapacity: symbols.count) { open, filled in
      symbols.withUnsafeBufferPointer { symbols in
        for symbol in symbols {
          if opens(symbol) {
            open[depth] = symbol
            depth += 1
          } else if depth > 0, open[depth - 1] + 1 == symbol {
            depth -= 1
          } else {
            isValid = false
            break
          }
        }
      }
      filled = depth
    }
    return isValid ? open : nil
  }
}

/// Recognition of balanced brackets: `dyck`.
///
/// The input has an even length; the target is 2 if each bracket is closed by one of its kind, else 1. Inferred from
/// the samples: half of the inputs are balanced; the others are balanced ones in which 1 to 4 positions received any
/// bracket, repeated until they are no longer balanced.
package struct Brackets: GeneratedTask {
  package let name = "dyck"
  package let summary = "tell whether brackets are balanced"
  package let inputSymbols = 5
  package let outputSymbols = 5
  package let sampleQuestion = "([)]"
  package let details = """
    The brackets ( ) [ ] are the symbols 1 to 4, their number is even. The output is 2 if they are balanced, \
    else 1. Half of the inputs are balanced; in the others up to four brackets were replaced.
    """

  private static let mostReplaced = 4

  package init() {}

  package func inputLength(requesting length: Int) -> Int? { length < 2 ? nil : length / 2 * 2 }

  package func distinctInputs(length: Int) -> Double { manyAtMost(4, power: length) }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    let isBalanced = random.next32() & 1 == 0
    let balanced = Bracket.valid(length, isClosed: true, using: &random)
    var input = balanced
    while !isBalanced, Bracket.leftOpen(input)?.isEmpty ?? false {
      input = balanced
      for _ in 0...random.index(below: Self.mostReplaced) {
        let place = random.index(below: length)
        input[place] = Int32(random.next32() & 3) + 1
      }
    }
    return input
  }

  package func target(of input: [Int32]) -> [Int32] {
    [Bracket.leftOpen(input)?.isEmpty ?? false ? 2 : 1]
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    try Bracket.parse(text, sample: sampleQuestion)
  }

  package func question(_ input: [Int32]) -> String { Bracket.text(input) }

  package func answer(_ output: [Int32]) -> String {
    switch Array(trimmed(output)) {
    case [1]: "not balanced"
    case [2]: "balanced"
    case []: "(nothing)"
    default: "neither (\(NumberList.text(trimmed(output))))"
    }
  }

  package func inputName(_ symbol: Int32) -> String { Bracket.text([symbol]) }

  package func outputName(_ symbol: Int32) -> String {
    (1...2).contains(symbol) ? answer([symbol]) : NumberList.text([symbol])
  }
}

/// Completion of open brackets: `dyck_continue`.
///
/// In the input no bracket is closed wrongly and some are left open; the target closes them, innermost first.
/// Inferred from the samples: while a bracket is open, one is closed with probability 1/3.
package struct BracketCompletion: GeneratedTask {
  package let name = "dyck_continue"
  package let summary = "close the brackets that are still open"
  package let inputSymbols = 5
  package let outputSymbols = 5
  package let sampleQuestion = "([("
  package let details = """
    The brackets ( ) [ ] are the symbols 1 to 4. None is closed wrongly, and some are still open; while some \
    are, one is closed with probability 1/3. The output closes them, the innermost first.
    """

  package init() {}

  package func inputLength(requesting length: Int) -> Int? { length < 1 ? nil : length }

  package func distinctInputs(length: Int) -> Double {
    // The number of inputs for each number of open brackets; each opening one is of two kinds.
    var counts = [1.0]
    for _ in 0..<min(length, 60) {
      var next = [Double](repeating: 0, count: counts.count + 1)
      for (depth, count) in counts.enumerated() {
        next[depth + 1] += 2 * count
        if depth > 0 { next[depth - 1] += count }
      }
      counts = next
    }
    return counts.dropFirst().reduce(0, +)
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    Bracket.valid(length, isClosed: false, using: &random)
  }

  package func target(of input: [Int32]) -> [Int32] {
    (Bracket.leftOpen(input) ?? []).reversed().map { $0 + 1 }
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let input = try Bracket.parse(text, sample: sampleQuestion)
    guard Bracket.leftOpen(input) != nil else {
      throw QuestionError(
        "a bracket is closed wrongly in `\(text)`",
        remedy: "leave some open at the end, as in `try \(sampleQuestion)`"
      )
    }
    return input
  }

  package func question(_ input: [Int32]) -> String { Bracket.text(input) }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output)
    return symbols.isEmpty ? "(nothing)" : Bracket.text(symbols)
  }

  package func inputName(_ symbol: Int32) -> String { Bracket.text([symbol]) }
  package func outputName(_ symbol: Int32) -> String { Bracket.text([symbol]) }
}
