import Testing

@testable import Audio

@Suite("Hands, keys and note values")
struct NotationTests {
  private func notes(_ pitches: [Int], length: Int = 4) -> [ScoreNote] {
    pitches.enumerated().map {
      ScoreNote(start: $0 * length, end: ($0 + 1) * length, pitch: $1, velocity: 64, program: nil)
    }
  }

  @Test("keys are those of scales that everybody knows")
  func keys() {
    // C major, the tonic longest; A harmonic minor; E flat major; B major; F sharp minor.
    let scales: [(pitches: [Int], fifths: Int, isMinor: Bool)] = [
      ([60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60], 0, false),
      ([57, 59, 60, 62, 64, 65, 68, 69, 64, 60, 57], 0, true),
      ([63, 65, 67, 68, 70, 72, 74, 75, 70, 67, 63], -3, false),
      ([59, 61, 63, 64, 66, 68, 70, 71, 66, 63, 59], 5, false),
      ([54, 56, 57, 59, 61, 62, 65, 66, 61, 57, 54], 3, true),
    ]
    for (pitches, fifths, isMinor) in scales {
      #expect(KeySignature(of: notes(pitches)) == KeySignature(fifths: fifths, isMinor: isMinor))
    }
    #expect(KeySignature(of: []) == KeySignature(fifths: 0, isMinor: false))
  }

  @Test("pitches are spelled as the key has them")
  func spelling() {
    func spelled(_ pitches: [Int], _ fifths: Int, isMinor: Bool = false) -> [String] {
      let key = KeySignature(fifths: fifths, isMinor: isMinor)
      return pitches.map { pitch in
        let spelling = key.spelling(of: pitch)
        let sign = [-2: "bb", -1: "b", 0: "", 1: "#", 2: "##"][spelling.alteration] ?? "?"
        return "\(spelling.letter)\(sign)\(spelling.octave)"
      }
    }
    #expect(spelled([60, 61, 63, 66, 68, 70], 0) == ["C4", "C#4", "Eb4", "F#4", "Ab4", "Bb4"])
    #expect(spelled([68, 69, 60], 0, isMinor: true) == ["G#4", "A4", "C4"])
    #expect(spelled([63, 70, 68], -3) == ["Eb4", "Bb4", "Ab4"])
    #expect(spelled([59, 60, 65], -6) == ["Cb4", "C4", "F4"])
    #expect(spelled([60, 65, 71], 6) == ["B#3", "E#4", "B4"])
    #expect(
      spelled([67], 3, isMinor: true) == ["F##4"] || spelled([67], 3, isMinor: true) == ["G4"]
    )
  }

  @Test("hands keep to their registers, within their span, and follow their lines")
  func hands() {
    // A bass, and a melody that goes below the middle C by steps.
    let melody = notes([72, 69, 65, 62, 59, 57, 60, 64])
    let bass = notes([36, 43, 36, 43, 36, 43, 36, 43])
    let all = (melody + bass).sorted { $0.order < $1.order }
    let hands = Hands(all)
    #expect(hands.right.map(\.pitch) == melody.map(\.pitch))
    #expect(hands.left.map(\.pitch) == bass.map(\.pitch))
    let wide = [48, 52, 55, 60, 64, 67, 72].map {
      ScoreNote(start: 0, end: 4, pitch: $0, velocity: 64, program: nil)
    }
    let chord = Hands(wide)
    #expect(chord.left.count + chord.right.count == 7)
    for hand in [chord.left, chord.right].map({ $0.map(\.pitch) }) {
      #expect((hand.max() ?? 0) - (hand.min() ?? 0) <= 12 && hand.count <= 5)
    }
    #expect(Hands([]).left.isEmpty && Hands([]).right.isEmpty)
  }

  /// Values as text: a letter for the length, `.` for a dot, `3` for a triplet.
  private func values(_ start: Int, _ length: Int, _ grid: ScoreGrid, isCompound: Bool = false)
    -> String
  {
    NoteValue.values(from: start, length: length, grid, isCompound: isCompound).map { value in
      value.type + (value.isDotted ? "." : "") + (value.isTriplet ? "3" : "")
    }.joined(separator: " ")
  }

  @Test("values are those that a textbook has")
  func values() {
    #expect(values(0, 16, .sixteenths) == "whole")
    #expect(values(0, 12, .sixteenths) == "half.")
    #expect(values(0, 5, .sixteenths) == "quarter 16th")
    #expect(values(3, 5, .sixteenths) == "16th quarter")
    #expect(values(2, 4, .sixteenths) == "quarter")
    #expect(values(4, 8, .sixteenths) == "half")
    #expect(values(0, 7, .sixteenths) == "quarter. 16th")
    #expect(values(1, 2, .sixteenths) == "16th 16th")
    #expect(values(0, 3, .eighths, isCompound: true) == "quarter.")
    #expect(values(0, 6, .eighths, isCompound: true) == "half.")
    #expect(values(1, 3, .eighths, isCompound: true) == "quarter eighth")
    #expect(values(0, 1, .eighthTriplets) == "eighth3")
    #expect(values(1, 2, .eighthTriplets) == "quarter3")
    #expect(values(1, 4, .eighthTriplets) == "quarter3 quarter3")
    #expect(values(0, 4, .eighthTriplets) == "quarter eighth3")
    #expect(values(3, 3, .sixteenthTriplets) == "eighth")
    #expect(values(0, 2, .sixteenthTriplets) == "eighth3")
    for grid in ScoreGrid.allCases {
      for isCompound in [false, true] where !(isCompound && grid.isTriplet) {
        for start in 0..<24 {
          for length in 1...24 {
            let values = NoteValue.values(from: start, length: length, grid, isCompound: isCompound)
            #expect(values.reduce(0) { $0 + $1.length } == length)
          }
        }
      }
    }
  }
}
