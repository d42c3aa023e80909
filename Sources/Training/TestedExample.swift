import Tasks

/// An example of symbols, with the model's answer.
package struct TestedExample: Hashable, Codable, Sendable {
  package let input: [Int32]
  /// The correct output, padded with blanks to the length of the question.
  package let target: [Int32]
  /// The most likely symbol at each position.
  package let answer: [Int32]

  package init(_ example: Example, answer: [Int32]) {
    input = example.input
    let blanks = max(0, answer.count - example.target.count)
    target = example.target + [Int32](repeating: 0, count: blanks)
    self.answer = answer
  }

  /// The positions where target or answer is not blank: the ones that a score counts.
  package var countedPositions: [Int] {
    answer.indices.filter { answer[$0] != 0 || target[$0] != 0 }
  }

  /// The positions where the answer is not the target.
  package var wrongPositions: [Int] { answer.indices.filter { answer[$0] != target[$0] } }

  package var isRight: Bool { answer == target }
}

extension SymbolScore {
  /// Counts the errors of some examples.
  package init(_ examples: [TestedExample]) {
    self.init()
    for example in examples {
      count(labels: example.target[...], predictions: example.answer[...])
    }
  }
}
