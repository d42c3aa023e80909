import Tensors
import TestSupport
import Testing

@testable import Training

@Suite("Average precision")
struct AveragePrecisionTests {
  /// Scores and labels made of whole numbers, so that other programs can make the same.
  private static let long: (scores: [Float], labels: [Bool]) = {
    let count = 1 << 19
    var scores = [Float](repeating: 0, count: count)
    var labels = [Bool](repeating: false, count: count)
    for index in 0..<count {
      let a = UInt32(truncatingIfNeeded: index) &* 2_654_435_761 &+ 12345
      let b = (a ^ (a >> 15)) &* 2_246_822_519
      let score = Float(((b >> 16) &* (a >> 16)) >> 12) / 0x1p20
      labels[index] = b % 31 == 0
      scores[index] = labels[index] ? score.squareRoot() : score
    }
    return (scores, labels)
  }()

  @Test("is scikit-learn's", arguments: ScoreReference.precisionCases)
  func reference(row: ScoreReference.Precision) throws {
    var precision = AveragePrecision()
    try precision.add(scores: row.scores, labels: row.isTrue)
    #expect(abs(precision.value() - row.value) < 1e-9)
    #expect(precision.positives == row.isTrue.count { $0 })
  }

  @Test("there are reference values")
  func referencesExist() throws {
    let file = try #require(ScoreReference.file)
    #expect(file.averagePrecision.count > 10 && file.notes.count > 8 && file.frames.count > 2)
  }

  @Test(
    "is scikit-learn's over half a million pairs, in portions, merged, in any order"
  )
  func portions() throws {
    let expected = try #require(ScoreReference.file).longAveragePrecision
    var whole = AveragePrecision()
    try whole.add(scores: Self.long.scores, labels: Self.long.labels)
    let value = whole.value()
    #expect(abs(value - expected) < 1e-9)

    // The parts of four recordings, sorted in before and after they are merged.
    var set = AveragePrecision()
    let size = Self.long.scores.count / 4
    for part in [2, 0, 3, 1] {
      var recording = AveragePrecision()
      let range = part * size..<(part + 1) * size
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 100_000) {
        let portion = start..<min(start + 100_000, range.upperBound)
        try recording.add(
          scores: Array(Self.long.scores[portion]),
          labels: Array(Self.long.labels[portion])
        )
        if part == 0 { _ = recording.value() }
      }
      if part > 1 { #expect(recording.value() < 1) }
      set.add(recording)
      if part == 3 { #expect(set.value() < 1) }
    }
    #expect(set.positives == whole.positives)
    #expect(set.value() == value, "the same bits")
  }

  @Test("a score that is no number is an error, in any portion", arguments: [0, 70_000])
  func notANumber(place: Int) {
    var scores = [Float](repeating: 0.5, count: 80_000)
    scores[place] = .nan
    let labels = [Bool](repeating: true, count: scores.count)
    #expect(throws: ScoreError.notANumber) {
      var precision = AveragePrecision()
      try precision.add(scores: scores, labels: labels)
    }
  }

  @Test("infinite scores are the greatest and the least")
  func infinities() throws {
    var precision = AveragePrecision()
    try precision.add(
      scores: [.infinity, -.infinity, 0, .greatestFiniteMagnitude],
      labels: [true, true, false, false]
    )
    #expect(abs(precision.value() - (1 + 2.0 / 4) / 2) < 1e-15)
  }
}
