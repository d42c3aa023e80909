import Tensors

/// Errors counted as the original's evaluation does: over the positions where label or prediction is not
/// blank.
package struct SymbolScore: Hashable, Sendable {
  /// Positions counted.
  package var total = 0
  /// Of these, positions predicted wrongly.
  package var errors = 0
  /// Sequences counted.
  package var sequences = 0
  /// Sequences with an error.
  package var wrongSequences = 0

  package init() {}

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

/// The accuracy that training shows: per example the share of right positions among those where label or
/// prediction is not blank, averaged over the examples of a segment, then over the segments. Examples
/// without such a position do not count; where there is no other, nothing is wrong and the accuracy is 1.
package func trainingAccuracy(
  labels: [Int32],
  predictions: [Int32],
  layout: SequenceLayout
) -> Double {
  var sum = 0.0
  var segments = 0
  for segment in layout.segments {
    var shares = 0.0
    var counted = 0
    for example in 0..<segment.batch {
      let first = segment.firstRow + example * segment.length
      let range = first..<first + segment.length
      var score = SymbolScore()
      score.count(labels: labels[range], predictions: predictions[range])
      if score.total > 0 {
        shares += score.accuracy
        counted += 1
      }
    }
    if counted > 0 {
      sum += shares / Double(counted)
      segments += 1
    }
  }
  return segments == 0 ? 1 : sum / Double(segments)
}

extension SymbolScore {
  /// Adds what was counted elsewhere.
  package mutating func add(_ other: SymbolScore) {
    total += other.total
    errors += other.errors
    sequences += other.sequences
    wrongSequences += other.wrongSequences
  }
}
