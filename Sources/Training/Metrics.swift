import Tensors

/// The errors as the reference code's evaluation counts them: over the positions where label or prediction is not
/// blank.
package struct SymbolScore: Hashable, Codable, Sendable {
  /// The number of positions counted.
  package var total = 0
  /// The number of these that are predicted wrongly.
  package var errors = 0
  /// The number of sequences counted.
  package var sequences = 0
  /// The number of sequences with an error.
  package var wrongSequences = 0

  package init() {}

  /// The number of sequences without an error.
  package var rightSequences: Int { sequences - wrongSequences }

  /// 1 − errors / total; 1 if nothing was counted.
  package var accuracy: Double { total == 0 ? 1 : 1 - Double(errors) / Double(total) }

  /// Counts one sequence; returns its positions and errors.
  @discardableResult
  package mutating func count(
    labels: ArraySlice<Int32>,
    predictions: ArraySlice<Int32>
  ) -> (total: Int, errors: Int) {
    var counted = 0
    var wrong = 0
    for (label, prediction) in zip(labels, predictions) where label != 0 || prediction != 0 {
      counted += 1
      if label != prediction { wrong += 1 }
    }
    total += counted
    errors += wrong
    sequences += 1
    if wrong > 0 { wrongSequences += 1 }
    return (counted, wrong)
  }
}

/// Returns the accuracy that training reports: that of the examples, averaged over those of a segment, then over the
/// segments; 1 if no example has one, since nothing is wrong.
package func trainingAccuracy(
  labels: [Int32],
  predictions: [Int32],
  layout: SequenceLayout
) -> Double {
  let accuracies = exampleAccuracies(labels: labels, predictions: predictions, layout: layout)
  return layout.mean(accuracies) ?? 1
}

/// Returns the share of correct positions of each example among those where label or prediction is not blank; nil
/// without such a position.
func exampleAccuracies(
  labels: [Int32],
  predictions: [Int32],
  layout: SequenceLayout
) -> [Double?] {
  layout.segments.flatMap { segment in
    (0..<segment.batch).map { example in
      let first = segment.firstRow + example * segment.length
      let range = first..<first + segment.length
      var score = SymbolScore()
      score.count(labels: labels[range], predictions: predictions[range])
      return score.total > 0 ? score.accuracy : nil
    }
  }
}

extension SymbolScore {
  /// Adds counts made elsewhere.
  package mutating func add(_ other: SymbolScore) {
    total += other.total
    errors += other.errors
    sequences += other.sequences
    wrongSequences += other.wrongSequences
  }
}
