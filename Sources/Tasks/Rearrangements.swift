import Tensors

/// Tasks whose inputs are freely drawn symbols 1 … 11 and whose targets rearrange them.
package protocol Rearrangement: GeneratedTask {}

extension Rearrangement {
  package var inputSymbols: Int { 12 }
  package var outputSymbols: Int { 12 }

  package func inputLength(requesting length: Int) -> Int? { length < 1 ? nil : length }

  package func distinctInputs(length: Int) -> Double {
    (0..<min(length, 300)).reduce(1.0) { product, _ in product * Double(inputSymbols - 1) }
  }

  package func input(length: Int, using random: inout RandomStream) -> [Int32] {
    (0..<length).map { _ in Int32(random.index(below: inputSymbols - 1)) + 1 }
  }

  package func input(asking text: String) throws(QuestionError) -> [Int32] {
    let remedy = "write numbers from 1 to \(inputSymbols - 1), as in `try \(sampleQuestion)`"
    var symbols: [Int32] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      guard let number = Int32(word) else {
        throw QuestionError("`\(word)` is not a whole number", remedy: remedy)
      }
      guard number >= 1, Int(number) < inputSymbols else {
        throw QuestionError("\(number) is not in the alphabet", remedy: remedy)
      }
      symbols.append(number)
    }
    guard !symbols.isEmpty else { throw QuestionError("there are no numbers", remedy: remedy) }
    return symbols
  }

  package func question(_ input: [Int32]) -> String {
    input.map(String.init).joined(separator: " ")
  }

  package func answer(_ output: [Int32]) -> String {
    let symbols = trimmed(output).map { $0 == 0 ? "_" : String($0) }
    return symbols.isEmpty ? "(nothing)" : symbols.joined(separator: " ")
  }
}

/// Sorting of numbers in ascending order.
package struct Sorting: Rearrangement {
  package let name = "sort"
  package let summary = "sort numbers in ascending order"
  package let sampleQuestion = "3 1 2"

  package init() {}

  package func target(of input: [Int32]) -> [Int32] { input.sorted() }
}

/// Reversal of the order.
package struct Reversal: Rearrangement {
  package let name = "rev"
  package let summary = "reverse a sequence"
  package let sampleQuestion = "3 1 2"

  package init() {}

  package func target(of input: [Int32]) -> [Int32] { input.reversed() }
}
