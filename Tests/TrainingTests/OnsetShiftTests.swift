import Audio
import Testing

@testable import Training

@Suite("A constant shift of onsets")
struct OnsetShiftTests {
  /// Numbers of a generator that a few lines of any language write again.
  private struct Generator {
    private var state = 12_345

    mutating func next() -> Double {
      state = (1_103_515_245 * state + 12_345) % (1 << 31)
      return Double(state) / Double(1 << 31)
    }
  }

  /// Sixty notes and what was heard of them 409 ms later: onsets by up to 30 ms off, five missed, four extra.
  private static let (played, heard): ([NoteEvent], [NoteEvent]) = {
    var random = Generator()
    var (played, heard): ([NoteEvent], [NoteEvent]) = ([], [])
    for index in 0..<60 {
      let onset = 0.35 * Double(index) + 0.1 * random.next()
      let pitch = 48 + Int(random.next() * 30)
      let length = 0.2 + 0.5 * random.next()
      played.append(NoteEvent(onset: onset, offset: onset + length, pitch: pitch))
      if index % 12 != 5 {
        let start = onset + 0.409 + 0.06 * (random.next() - 0.5)
        heard.append(NoteEvent(onset: start, offset: start + length, pitch: pitch))
      }
      if index % 15 == 7 {
        heard.append(NoteEvent(onset: onset + 0.2, offset: onset + 0.5, pitch: 90))
      }
    }
    return (played, heard)
  }()

  private func found(_ played: [NoteEvent], _ heard: [NoteEvent], onset: Double = 0.05)
    -> OnsetShift?
  {
    let tolerance = NoteTolerance(onset: onset)
    let score = NoteScore(reference: played, estimate: heard, tolerance: tolerance)
    return OnsetShift(reference: played, estimate: heard, tolerance: tolerance, score: score)
  }

  private func moved(_ notes: [NoteEvent], by seconds: Double) -> [NoteEvent] {
    notes.map { note in
      var note = note
      note.onset = note.onset + seconds
      note.offset = note.offset + seconds
      return note
    }
  }

  @Test("it is found, and the score without it is that of mir_eval")
  func value() throws {
    // mir_eval 0.8.2: precision_recall_f1_overlap(…, offset_ratio=None) of the same notes gives F1 = 0.0168067, and
    // of the estimate 0.409 s or 0.4155 s earlier 0.9243697.
    let plain = NoteScore(reference: Self.played, estimate: Self.heard)
    #expect(abs(plain.f1 - 0.01680672268907563) < 1e-12)
    let shift = try #require(found(Self.played, Self.heard))
    #expect(abs(shift.seconds - 0.409) < 0.01)
    #expect(abs(shift.score.f1 - 0.9243697478991596) < 1e-12)
  }

  @Test("it may be early or late, by seconds", arguments: [-3.9, -0.409, -0.05, 1.2, 4.4])
  func sizes(seconds: Double) throws {
    let late = moved(moved(Self.heard, by: 10 - 0.409), by: seconds)
    let shift = try #require(found(moved(Self.played, by: 10), late))
    #expect(abs(shift.seconds - seconds) < 0.01)
  }

  @Test("what explains little is not told")
  func little() {
    #expect(found(Self.played, Self.played) == nil)
    #expect(found(Self.played, moved(Self.heard, by: -0.409)) == nil)
    #expect(found(Self.played, moved(Self.heard, by: -0.409 + 0.015)) == nil)
    // Other music.
    let other = Self.heard.enumerated().map { index, note in
      NoteEvent(onset: note.onset * 1.3, offset: note.offset * 1.3, pitch: 48 + index * 7 % 30)
    }
    #expect(found(Self.played, other) == nil)
    #expect(found([], Self.heard) == nil && found(Self.played, []) == nil)
    let two = Array(Self.played.prefix(2))
    #expect(found(two, moved(two, by: 1)) == nil)
  }

  @Test("any tolerance will do", arguments: [0.0005, 0.5, 10])
  func tolerances(onset: Double) {
    let shift = found(Self.played, moved(Self.played, by: 1.5), onset: onset)
    #expect(onset > 1 || abs((shift?.seconds ?? 0) - 1.5) < 0.001)
  }
}
