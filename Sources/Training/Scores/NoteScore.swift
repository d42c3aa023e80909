import Audio

/// The number of correct notes of an estimate, as counted by `mir_eval.transcription`.
///
/// Each note is matched with at most one of the other side, so that as many as possible are matched.
package struct NoteScore: Hashable, Sendable {
  /// The number of notes of the reference.
  package let reference: Int
  /// The number of notes of the estimate.
  package let estimate: Int
  /// The number of matched pairs of notes.
  package let matched: Int
  /// The mean over the matched notes of the time that both sound / the time from the first onset to the last offset of
  /// the two; 0 without matched notes. If several matchings are possible, it depends on the one found, which is
  /// mir_eval's.
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

  /// Matched notes / notes of the estimate; 0 if there are none.
  package var precision: Double { estimate == 0 ? 0 : Double(matched) / Double(estimate) }
  /// Matched notes / notes of the reference; 0 if there are none.
  package var recall: Double { reference == 0 ? 0 : Double(matched) / Double(reference) }
  /// The harmonic mean of precision and recall.
  package var f1: Double { harmonicMean(precision, recall) }

  /// Returns the indices of matched notes, in the order of the reference.
  package static func matching(
    _ reference: [NoteEvent],
    _ estimate: [NoteEvent],
    _ tolerance: NoteTolerance
  ) -> [(reference: Int, estimate: Int)] {
    // The notes of the estimate that may match one of the reference, in the order in which they are found; these are
    // the left vertices.
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

  /// Returns the number of pairs of notes of the same pitch that begin within `seconds` of each other: a matching takes
  /// time and memory for each of them.
  package static func closePairs(
    _ reference: [NoteEvent],
    _ estimate: [NoteEvent],
    within seconds: Double
  ) -> Int {
    let candidates = Candidates(estimate)
    return reference.reduce(0) { $0 + candidates.slice(near: $1, within: seconds).count }
  }

  /// Returns the onset differences in seconds, estimate minus reference, of all pairs of notes of the same pitch that
  /// begin within `seconds` of each other.
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

    /// Returns the indices, in ascending order, of notes of the same pitch that begin near a note.
    func near(_ note: NoteEvent, within seconds: Double) -> [Int] {
      slice(near: note, within: seconds).map(\.index).sorted()
    }

    func slice(near note: NoteEvent, within seconds: Double) -> ArraySlice<Start> {
      guard let notes = byPitch[note.pitch] else { return [] }
      let first = Self.count(notes) { $0 < note.onset - seconds }
      return notes[first..<Self.count(notes) { $0 <= note.onset + seconds }]
    }

    /// Returns the number of leading notes that begin early.
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
