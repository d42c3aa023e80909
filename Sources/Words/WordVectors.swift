import Foundation
import Tensors

/// A vector for each word of a vocabulary, rounded to 255 steps of its largest value.
///
/// The rounding moves a value by at most 1/254 of the largest one of its vector; a vector takes a byte for each value,
/// so that files of models can hold them.
package struct WordVectors: Hashable, Sendable {
  /// d, the length of a vector.
  package let dimension: Int
  /// V rows of d whole numbers from −127 to 127.
  package let rows: [Int8]
  /// What a step of each row is worth.
  package let steps: [Float]

  package init(dimension: Int, rows: [Int8], steps: [Float]) {
    precondition(rows.count == steps.count * dimension, "d values for each of V words")
    self.dimension = dimension
    self.rows = rows
    self.steps = steps
  }

  /// The number of words.
  package var count: Int { steps.count }

  /// The deviation that vectors are brought to, that of a learned table.
  private static let deviation = 0.25

  /// The same vectors times a number, so that their values have the root mean square 0.25 over all words.
  package var normalised: WordVectors {
    var sum = 0.0
    for (word, step) in steps.enumerated() {
      let squares = rows[word * dimension..<(word + 1) * dimension].reduce(0) {
        $0 + Int($1) * Int($1)
      }
      sum += Double(step) * Double(step) * Double(squares)
    }
    guard sum > 0 else { return self }
    let factor = Float(Self.deviation / (sum / Double(rows.count)).squareRoot())
    return WordVectors(dimension: dimension, rows: rows, steps: steps.map { $0 * factor })
  }

  /// The vectors of some words, one after another, zeros for numbers below 0: [T, d].
  package func values(of words: [Int32]) -> [Float] {
    precondition(words.allSatisfy { Int($0) < count }, "words below \(count)")
    return [Float](unsafeUninitializedCapacity: words.count * dimension) { out, size in
      rows.withUnsafeBufferPointer { rows in
        steps.withUnsafeBufferPointer { steps in
          guard let out = out.baseAddress, let rows = rows.baseAddress,
            let steps = steps.baseAddress
          else { return }
          rse_quantised_rows(words.count, dimension, words, rows, steps, out)
          size = words.count * dimension
        }
      }
    }
  }
}
