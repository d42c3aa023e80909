import Audio

/// How many notes of an estimate are right, as `mir_eval.transcription` counts them.
///
/// Each note is matched with at most one of the other side, so that as many as possible are matched.
package struct NoteScore: Hashable, Sendable {
  /// Notes of the reference.
  package let reference: Int
  /// Notes of the estimate.
  package let estimate: Int
  /// Notes of either that are matched.
  package let matched: Int
  /// The mean over the matched notes of the time that both sound / the time from the first onset to the
  /// last offset of the two; 0 without matched notes. Where several matchings are possible it depends on
  /// the one found, which is mir_eval's.
  package let averageOverlapRatio: Double

  /// Compares two lists of notes in any order.
  package init(
    reference: [NoteEvent],
    estimate: [NoteEvent],
    tolerance: NoteTolerance = .onsets
  ) {
    self.reference = reference.count
    self.estimate = estimate.count
    let pairs = Self.matching(reference, estimate, tolerance)
    matched = pairs.count
    let overlaps = pairs.map { Self.overlap(reference[$0.reference], estimate[$0.estimate]) }
    averageOverlapRatio = pairs.isEmpty ? 0 : overlaps.reduce(0, +) / Double(pairs.count)
  }

  /// Matched notes / notes of the estimate; 0 without any.
  package var precision: Double { estimate == 0 ? 0 : Double(matched) / Double(estimate) }
  /// Matched notes / notes of the reference; 0 without any.
  package var recall: Double { reference == 0 ? 0 : Double(matched) / Double(reference) }
  /// The harmonic mean of precision and recall.
  package var f1: Double { harmonicMean(precision, recall) }

  /// The indices of matched notes, in the order of the reference.
  package static func matching(
    _ reference: [NoteEvent],
    _ estimate: [NoteEvent],
    _ tolerance: NoteTolerance
  ) -> [(reference: Int, estimate: Int)] {
    // Notes of the estimate that may stand for one of the reference, in the order in which they are met
    // with; these are the left vertices.
    let candidates = Candidates(estimate)
    var estimates: [Int] = []
    var places: [Int: Int] = [:]
    var graph: [[Int]] = []
    for (index, note) in reference.enumerated() {
      for candidate in candidates.near(note, within: tolerance.onset + NoteTolerance.rounding)
      where tolerance.allows(estimate[candidate], for: note) {
        if let place = places[candidate] {
          graph[place].append(index)
        } else {
          places[candidate] = graph.count
          estimates.append(candidate)
          graph.append([index])
        }
      }
    }
    let matching = BipartiteMatching(graph, rightCount: reference.count)
    return matching.left.enumerated().compactMap { index, left in
      left.map { (index, estimates[$0]) }
    }
  }

  private static func overlap(_ a: NoteEvent, _ b: NoteEvent) -> Double {
    let whole = max(a.offset, b.offset) - min(a.onset, b.onset)
    return whole == 0 ? 1 : (min(a.offset, b.offset) - max(a.onset, b.onset)) / whole
  }

  /// How many pairs of notes of one pitch begin within some seconds of each other: a matching takes time
  /// and memory for each of them.
  package static func closePairs(
    _ reference: [NoteEvent],
    _ estimate: [NoteEvent],
    within seconds: Double
  ) -> Int {
    let candidates = Candidates(estimate)
    return reference.reduce(0) { $0 + candidates.slice(near: $1, within: seconds).count }
  }

  /// By how many seconds each note of the estimate begins after each of the reference that has its pitch and begins
  /// within some seconds of it, for all pairs.
  static func onsetDifferences(
    _ reference: [NoteEvent],
    _ estimate: [NoteEvent],
    within seconds: Double
  ) -> [Double] {
    let candidates = Candidates(estimate)
    return reference.flatMap { note in
      candidates.slice(near: note, within: seconds).map { $0.onset - note.onset }
    }
  }

  /// Notes by pitch and onset.
  private struct Candidates {
    typealias Start = (onset: Double, index: Int)

    private var byPitch: [Int: [Start]] = [:]

    init(_ notes: [NoteEvent]) {
      for (index, note) in notes.enumerated() {
        byPitch[note.pitch, default: []].append((note.onset, index))
      }
      for pitch in byPitch.keys { byPitch[pitch]?.sort { $0 < $1 } }
    }

    /// The indices, in ascending order, of notes of the same pitch that begin near a note.
    func near(_ note: NoteEvent, within seconds: Double) -> [Int] {
      slice(near: note, within: seconds).map(\.index).sorted()
    }

    func slice(near note: NoteEvent, within seconds: Double) -> ArraySlice<Start> {
      guard let notes = byPitch[note.pitch] else { return [] }
      let first = Self.count(notes) { $0 < note.onset - seconds }
      return notes[first..<Self.count(notes) { $0 <= note.onset + seconds }]
    }

    /// How many notes at the beginning begin early.
    private static func count(_ notes: [Start], isEarly: (Double) -> Bool) -> Int {
      var (first, end) = (0, notes.count)
      while first < end {
        let middle = (first + end) / 2
        if isEarly(notes[middle].onset) { first = middle + 1 } else { end = middle }
      }
      return first
    }
  }
}
