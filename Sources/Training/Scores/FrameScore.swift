import Tensors

/// The quality of notes found frame by frame, all frames counted together.
///
/// Precision, recall, accuracy and errors are those of the MIREX multi-pitch evaluation (Poliner and Ellis, 2007;
/// `mir_eval.multipitch.metrics`). Quotients with a zero denominator are 0.
package struct FrameScore: Hashable, Sendable {
  /// The number of notes of the reference, over all frames.
  package private(set) var reference = 0
  /// The number of notes of the estimate, over all frames.
  package private(set) var estimate = 0
  private var common = 0
  private var commonChroma = 0
  /// The sum over all frames of the smaller number of notes of the two.
  private var smaller = 0

  /// The number of scores and labels of a frame.
  package static let frameSize = 128
  /// The number of frames processed at a time.
  private static let portion = 1 << 12

  package init() {}

  /// Adds frames of 128 scores and labels; a score that reaches the threshold is a detected note.
  package mutating func add(
    scores: UnsafeBufferPointer<Float>,
    labels: UnsafeBufferPointer<Bool>,
    threshold: Float
  ) {
    precondition(scores.count == labels.count, "a label for each score")
    precondition(scores.count % Self.frameSize == 0, "whole frames")
    guard let scores = scores.baseAddress, let label = labels.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4 * Self.portion) { sets in
      guard let references = sets.baseAddress else { return }
      let estimates = references + 2 * Self.portion
      let frames = labels.count / Self.frameSize
      for start in stride(from: 0, to: frames, by: Self.portion) {
        let count = min(Self.portion, frames - start)
        rse_pack_labels(count, label + start * Self.frameSize, references)
        rse_pack_scores(count, scores + start * Self.frameSize, threshold, estimates)
        add(Self.count(count, references, estimates))
      }
    }
  }

  /// Adds frames of 128 scores and labels; a score that reaches the threshold is a detected note.
  package mutating func add(scores: [Float], labels: [Bool], threshold: Float) {
    scores.withUnsafeBufferPointer { scores in
      labels.withUnsafeBufferPointer { add(scores: scores, labels: $0, threshold: threshold) }
    }
  }

  /// Adds `frames` frames with the same notes.
  package mutating func add(reference: NoteSet, estimate: NoteSet, frames: Int = 1) {
    let counts = Self.count(1, [reference.low, reference.high], [estimate.low, estimate.high])
    add(counts, times: frames)
  }

  /// Adds counts made elsewhere.
  package mutating func add(_ other: FrameScore) {
    reference += other.reference
    estimate += other.estimate
    common += other.common
    commonChroma += other.commonChroma
    smaller += other.smaller
  }

  private mutating func add(_ counts: rse_frame_counts, times: Int = 1) {
    reference += times * Int(counts.reference)
    estimate += times * Int(counts.estimate)
    common += times * Int(counts.common)
    commonChroma += times * Int(counts.common_chroma)
    smaller += times * Int(counts.smaller)
  }

  private static func count(
    _ frames: Int,
    _ reference: UnsafePointer<UInt64>,
    _ estimate: UnsafePointer<UInt64>
  ) -> rse_frame_counts {
    var counts = rse_frame_counts()
    rse_count_frames(frames, reference, estimate, &counts)
    return counts
  }

  /// The measures with notes compared as they are.
  package var exact: Measures { measures(common: common) }

  /// The measures with octaves ignored.
  package var chroma: Measures { measures(common: commonChroma) }

  private func measures(common: Int) -> Measures {
    func quotient(_ part: Int, _ whole: Int) -> Double {
      whole == 0 ? 0 : Double(part) / Double(whole)
    }
    return Measures(
      precision: quotient(common, estimate),
      recall: quotient(common, reference),
      accuracy: quotient(common, reference + estimate - common),
      substitution: quotient(smaller - common, reference),
      miss: quotient(reference - smaller, reference),
      falseAlarm: quotient(estimate - smaller, reference),
      totalError: quotient(reference + estimate - smaller - common, reference)
    )
  }

  /// The measures derived from the counts.
  package struct Measures: Hashable, Sendable {
    /// Correct notes / notes of the estimate.
    package let precision: Double
    /// Correct notes / notes of the reference.
    package let recall: Double
    /// Correct notes / notes of either.
    package let accuracy: Double
    /// Wrong notes in place of missed ones / notes of the reference.
    package let substitution: Double
    /// Missed notes without a wrong one in their place / notes of the reference.
    package let miss: Double
    /// Extra notes / notes of the reference.
    package let falseAlarm: Double
    /// The sum of substitution, miss and false alarm.
    package let totalError: Double

    /// The harmonic mean of precision and recall.
    package var f1: Double { harmonicMean(precision, recall) }
  }
}

/// Returns the harmonic mean of two numbers ≥ 0; 0 if both are 0.
func harmonicMean(_ a: Double, _ b: Double) -> Double {
  a + b == 0 ? 0 : 2 * a * b / (a + b)
}
