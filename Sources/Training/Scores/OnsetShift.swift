import Audio

/// A delay common to most notes of an estimate, and the score without it.
///
/// The mode of the onset differences of all pairs of notes of the same pitch that begin within five seconds of each
/// other: the window, twice as wide as the tolerance, that contains most of them, and the median there. Differences of
/// wrong pairs are spread out, those of right pairs coincide.
package struct OnsetShift: Hashable, Sendable {
  /// The delay of the estimate in seconds; negative if it is early.
  package let seconds: Double
  /// The score of the estimate with the delay removed.
  package let score: NoteScore

  /// The maximum onset difference, in seconds.
  private static let reach = 5.0
  /// The bin width of the histogram of differences, in seconds.
  private static let step = 0.005
  /// The maximum number of pairs; a matching takes time and memory for each.
  private static let mostPairs = 5_000_000

  /// Searches for a shift that explains a large part of the errors; nil if there is none.
  ///
  /// It must add a twentieth to F1, remove a quarter of what F1 lacks, and match three notes or more.
  ///
  /// - Parameter score: the score of the unshifted estimate.
  package init?(
    reference: [NoteEvent],
    estimate: [NoteEvent],
    tolerance: NoteTolerance,
    score: NoteScore
  ) {
    guard
      NoteScore.closePairs(reference, estimate, within: Self.reach) <= Self.mostPairs,
      let shift = Self.mode(reference, estimate, width: 2 * tolerance.onset)
    else { return nil }
    let moved = estimate.map { note in
      var note = note
      note.onset -= shift
      note.offset -= shift
      return note
    }
    let better = NoteScore(reference: reference, estimate: moved, tolerance: tolerance)
    guard better.matched >= 3, better.f1 >= score.f1 + 0.05, 1 - better.f1 <= 0.75 * (1 - score.f1)
    else { return nil }
    seconds = shift
    self.score = better
  }

  /// Returns the most common difference of the onsets of notes of the same pitch; nil without any pairs.
  private static func mode(
    _ reference: [NoteEvent],
    _ estimate: [NoteEvent],
    width: Double
  ) -> Double? {
    let differences = NoteScore.onsetDifferences(reference, estimate, within: reach).sorted()
    guard !differences.isEmpty else { return nil }
    let half = Int((reach / step).rounded())
    var counts = [Int](repeating: 0, count: 2 * half + 1)
    for difference in differences { counts[half + Int((difference / step).rounded())] += 1 }
    // Prefix sums of counts, so that a window is a difference of two; the middle one of equal windows is taken.
    let sums = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let reachOfWindow = max(0, min(half, Int((width / 2 / step).rounded())))
    func count(around place: Int) -> Int {
      sums[min(counts.count, place + reachOfWindow + 1)] - sums[max(0, place - reachOfWindow)]
    }
    let most = counts.indices.map(count).max() ?? 0
    let places = counts.indices.filter { count(around: $0) == most }
    let centre = Double(places[places.count / 2] - half) * step
    let near = differences.filter { abs($0 - centre) <= width / 2 + step / 2 }
    return near.isEmpty ? centre : near[near.count / 2]
  }
}
