import Audio
import TestSupport
import Testing

@testable import Training

@Suite("Scores of notes and frames")
struct NoteScoreTests {
  @Test("onsets, offsets and overlaps are mir_eval's", arguments: ScoreReference.noteCases)
  func notes(row: ScoreReference.Notes) {
    let narrow = NoteTolerance(onset: 0.02, offsetRatio: 0.1, leastOffset: 0.03)
    for (tolerance, expected) in [
      (NoteTolerance.onsets, row.onsets), (.offsets, row.offsets), (narrow, row.narrow),
    ] {
      let score = NoteScore(
        reference: row.referenceNotes,
        estimate: row.estimateNotes,
        tolerance: tolerance
      )
      #expect(largestDifference(score.values, expected) < 1e-9, "\(score.values), \(expected)")
    }
  }

  @Test("frames of notes are scored as mir_eval does", arguments: ScoreReference.noteCases)
  func frames(row: ScoreReference.Notes) {
    let score = FrameScore(
      reference: row.referenceNotes,
      estimate: row.estimateNotes,
      hop: 0.01
    )
    #expect(largestDifference(score.values, row.frames) < 1e-9, "\(score.values), \(row.frames)")
  }

  @Test("sets of notes are scored as mir_eval does", arguments: ScoreReference.frameCases)
  func sets(row: ScoreReference.Frames) {
    var score = FrameScore()
    for (reference, estimate) in zip(row.reference, row.estimate) {
      score.add(reference: NoteSet(reference), estimate: NoteSet(estimate))
    }
    #expect(largestDifference(score.values, row.values) < 1e-9)

    let scores = row.estimate.flatMap { notes in (0..<128).map { notes.contains($0) ? 0.4 : 0.39 } }
    let labels = row.reference.flatMap { notes in (0..<128).map { notes.contains($0) } }
    var other = FrameScore()
    other.add(scores: scores.map { Float($0) }, labels: labels, threshold: 0.4)
    #expect(other == score)
  }

  @Test("frames that repeat count as often as they do")
  func repetition() {
    let (a, b) = (NoteSet([0, 63, 64, 127]), NoteSet([12, 64, 100]))
    var (once, many) = (FrameScore(), FrameScore())
    for _ in 0..<7 { once.add(reference: a, estimate: b) }
    many.add(reference: a, estimate: b, frames: 7)
    #expect(once == many && many.reference == 28 && many.estimate == 21)
    // Chroma: 0, 3, 4, 7 against 0, 4, 4.
    #expect(many.exact.precision == 1.0 / 3 && many.chroma.precision == 2.0 / 3)
  }

  @Test("no pairing leaves room for a larger one", arguments: 0..<40)
  func largest(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let (rights, lefts) = (7, 7)
    let graph = (0..<lefts).map { _ in
      (0..<rights).filter { _ in Int.random(in: 0..<10, using: &random) < 3 }
    }
    let matching = BipartiteMatching(graph, rightCount: rights)
    let pairs = matching.left.enumerated().compactMap { right, left in left.map { ($0, right) } }
    #expect(pairs.allSatisfy { graph[$0.0].contains($0.1) })
    #expect(Set(pairs.map(\.0)).count == pairs.count)
    #expect(pairs.count == Self.largestMatching(graph[...], used: []))
  }

  private static func largestMatching(_ graph: ArraySlice<[Int]>, used: Set<Int>) -> Int {
    guard let first = graph.first else { return 0 }
    let without = largestMatching(graph.dropFirst(), used: used)
    return first.filter { !used.contains($0) }.reduce(without) { best, right in
      max(best, 1 + largestMatching(graph.dropFirst(), used: used.union([right])))
    }
  }

  @Test("notes without length have onsets, but sound in no frame")
  func zeroLength() {
    let notes = [NoteEvent(onset: 1, offset: 1, pitch: 60)]
    let score = NoteScore(reference: notes, estimate: notes, tolerance: .offsets)
    #expect(score.values == [1, 1, 1, 1])
    #expect(FrameScore(reference: notes, estimate: notes, hop: 0.01).values.allSatisfy { $0 == 0 })
  }

  @Test("thousands of notes are matched in moments")
  func many() {
    let notes = (0..<20_000).map { index in
      NoteEvent(onset: Double(index) * 0.01, offset: Double(index) * 0.01 + 0.5, pitch: 60)
    }
    let later = notes.map {
      NoteEvent(onset: $0.onset + 0.03, offset: $0.offset + 0.03, pitch: 60)
    }
    #expect(NoteScore(reference: notes, estimate: later).matched == 20_000)
  }
}

extension NoteSet {
  /// A set of notes, each 0 … 127.
  fileprivate init(_ notes: some Sequence<Int>) {
    self.init()
    for note in notes { insert(note) }
  }
}
