import Foundation
import Tensors

/// The exact micro-averaged average precision of scores of labels.
///
/// AP = Σ (R_n − R_{n−1}) · P_n over all different scores in descending order, where P_n and R_n are precision and
/// recall if scores from the n-th up count as found: `average_precision_score(average="micro")` of scikit-learn, where
/// equal scores are one threshold. Scores are not binned: memory is bounded because each takes only a few bits (see
/// `ScoreCounts`), and 640 million take less than 1 GB.
package struct AveragePrecision: Sendable {
  private var positiveScores = ScoreCounts()
  private var negativeScores = ScoreCounts()

  /// The number of pairs processed at a time.
  private static let portion = 1 << 16

  package init() {}

  /// The number of pairs whose label is true.
  package var positives: Int { positiveScores.count }

  /// Adds pairs of score and label, all notes of some frames or any part of them.
  ///
  /// - Throws: `ScoreError` if a score is not a number; the pairs before it may have been added.
  package mutating func add(
    scores: UnsafeBufferPointer<Float>,
    labels: UnsafeBufferPointer<Bool>
  ) throws(ScoreError) {
    precondition(scores.count == labels.count, "a label for each score")
    var isNumber = true
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * Self.portion) { keys in
      var start = 0
      while isNumber, start < scores.count {
        let count = min(Self.portion, scores.count - start)
        let negatives = UnsafeMutableBufferPointer(rebasing: keys[Self.portion...])
        var found = 0
        isNumber = rse_split_scores(
          count,
          scores.baseAddress.map { $0 + start },
          labels.baseAddress.map { $0 + start },
          keys.baseAddress,
          negatives.baseAddress,
          &found
        )
        positiveScores.append(UnsafeBufferPointer(rebasing: keys[..<found]))
        negativeScores.append(UnsafeBufferPointer(rebasing: negatives[..<(count - found)]))
        start += count
      }
    }
    if !isNumber { throw ScoreError.notANumber }
  }

  /// Adds pairs of score and label.
  ///
  /// - Throws: `ScoreError` if a score is not a number.
  package mutating func add(scores: [Float], labels: [Bool]) throws(ScoreError) {
    try scores.withUnsafeBufferPointer { scores throws(ScoreError) in
      try labels.withUnsafeBufferPointer { labels throws(ScoreError) in
        try add(scores: scores, labels: labels)
      }
    }
  }

  /// Adds the pairs of another.
  package mutating func add(_ other: AveragePrecision) {
    positiveScores.add(other.positiveScores)
    negativeScores.add(other.negativeScores)
  }

  /// Returns the average precision so far, 0 … 1; 0 if no label is true. More pairs may be added later.
  package mutating func value() -> Double {
    guard positives > 0 else { return 0 }
    let positives = positiveScores.sortedBuckets()
    let negatives = negativeScores.sortedBuckets()
    // The number of scores in greater buckets, and the contribution of each bucket.
    var greater = [(positives: UInt64, negatives: UInt64)](
      repeating: (0, 0),
      count: ScoreCounts.bucketCount
    )
    for upper in (0..<ScoreCounts.bucketCount - 1).reversed() {
      greater[upper].positives = greater[upper + 1].positives + UInt64(positives[upper + 1].count)
      greater[upper].negatives = greater[upper + 1].negatives + UInt64(negatives[upper + 1].count)
    }
    var sums = [Double](repeating: 0, count: ScoreCounts.bucketCount)
    sums.withUnsafeMutableBufferPointer { sums in
      ScoreCounts.forEachPart { range, counts in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ScoreBucket.slots) { others in
          guard let negativeCounts = others.baseAddress else { return }
          for upper in range where positives[upper].count > 0 {
            counts.update(repeating: 0, count: ScoreBucket.slots)
            others.update(repeating: 0)
            positives[upper].tally(into: counts)
            negatives[upper].tally(into: negativeCounts)
            sums[upper] = rse_precision_sum(
              counts,
              negativeCounts,
              greater[upper].positives,
              greater[upper].negatives
            )
          }
        }
      }
    }
    return sums.reversed().reduce(0, +) / Double(self.positives)
  }
}

/// The reason why scores cannot be judged.
package enum ScoreError: LocalizedError, Equatable {
  /// A score is not a number.
  case notANumber

  package var errorDescription: String? {
    "a score of the network is not a number"
  }
}
