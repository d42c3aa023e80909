import Audio

/// The tolerance within which a note of an estimate matches one of the reference; pitches must be equal.
///
/// The rules and defaults of `mir_eval.transcription` and the MIREX note tracking evaluation.
package struct NoteTolerance: Hashable, Sendable {
  /// The largest distance of the onsets, in seconds.
  package var onset = 0.05
  /// The largest distance of the offsets as a share of the reference note's duration; nil if offsets do not count.
  package var offsetRatio: Double?
  /// The distance of the offsets that is always allowed, in seconds.
  package var leastOffset = 0.05

  /// Onset and pitch count.
  package static let onsets = NoteTolerance()
  /// Offsets count too: within a fifth of the duration, or 50 ms.
  package static let offsets = NoteTolerance(offsetRatio: 0.2)

  package init(onset: Double = 0.05, offsetRatio: Double? = nil, leastOffset: Double = 0.05) {
    self.onset = onset
    self.offsetRatio = offsetRatio
    self.leastOffset = leastOffset
  }

  /// Returns true if a note of an estimate may match one of the reference.
  package func allows(_ estimate: NoteEvent, for reference: NoteEvent) -> Bool {
    guard estimate.pitch == reference.pitch,
      Self.distance(estimate.onset, reference.onset) <= onset
    else { return false }
    guard let offsetRatio else { return true }
    let allowed = max(offsetRatio * abs(reference.offset - reference.onset), leastOffset)
    return Self.distance(estimate.offset, reference.offset) <= allowed
  }

  /// Returns the distance of two times in seconds, rounded to 0.1 ms so that a note right at the limit counts.
  private static func distance(_ a: Double, _ b: Double) -> Double {
    (abs(a - b) * 1e4).rounded(.toNearestOrEven) / 1e4
  }

  /// The largest change of a distance by rounding, with a margin for the rounding of sums, in seconds.
  static let rounding = 1e-4
}
