import Audio

/// A time by which most notes of an estimate are late, and what the score would be without it.
///
/// The mode of the differences of the onsets of all pairs of notes of one pitch that begin within five seconds of each
/// other: the window, twice the tolerance wide, that holds most of them, and the median there. Wrong pairs lie
/// everywhere, right ones at one place.
package struct OnsetShift: Hashable, Sendable {
  /// By how many seconds the estimate is late; negative where it is early.
  package let seconds: Double
  /// The score of the estimate moved back by so much.
  package let score: NoteScore

  /// How far notes are looked for, in seconds.
  private static let reach = 5.0
  /// The width of the classes in which differences are counted, in seconds.
  private static let step = 0.005
  /// Pairs that are looked at; a matching takes time and memory for each.
  private static let mostPairs = 5_000_000

  /// Looks for a shift that explains much of what is wrong; nil where there is none.
  ///
  /// It must add a twentieth to F1, take away a quarter of what F1 lacks, and match three notes or more.
  ///
  /// - Parameter score: that of the estimate as it is.
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

  /// The most common difference of the onsets of notes of one pitch; nil without any pairs.
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
    // Sums of counts, so that a window is a difference of two; the middle one of equal windows is taken.
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
