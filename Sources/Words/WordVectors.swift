import Foundation
import Tensors

/// A vector for each word of a vocabulary, quantised to 255 levels on the scale of its largest value.
///
/// Quantisation moves a value by at most 1/254 of the largest one of its vector. A value takes one byte, so that model
/// files can store the vectors.
package struct WordVectors: Hashable, Sendable {
  /// The dimension d of a vector.
  package let dimension: Int
  /// The V rows of d whole numbers from −127 to 127.
  package let rows: [Int8]
  /// The step of each row: the value of one level.
  package let steps: [Float]

  package init(dimension: Int, rows: [Int8], steps: [Float]) {
    precondition(rows.count == steps.count * dimension, "d values for each of V words")
    self.dimension = dimension
    self.rows = rows
    self.steps = steps
  }

  /// The number of words.
  package var count: Int { steps.count }

  /// The root mean square of normalised vectors, that of a learned table.
  private static let deviation = 0.25

  /// The same vectors, scaled so that their values have a root mean square of 0.25 over all words.
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

  /// Returns the vectors of words, one after another, with zeros for numbers below 0: [T, d].
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
