import Testing

@testable import Audio

/// Music whose beats and bars are known because it is made for them.
struct BeatPiece: CustomTestStringConvertible {
  let testDescription: String
  let beats: [Double]
  /// Beats of a bar, and beats before the first one.
  let meter: Int
  var pickup = 0

  /// The beats on which bars begin.
  var bars: [Int] { Array(stride(from: pickup, to: beats.count, by: meter)) }

  /// A bass on each downbeat, chords on the other beats and a melody in eighths, some milliseconds early or late.
  var notes: [NoteEvent] {
    var notes: [NoteEvent] = []
    func add(_ onset: Double, _ length: Double, _ pitch: Int, _ velocity: Int) {
      let shift = Double(notes.count * 7919 % 17 - 8) / 1000
      notes.append(
        NoteEvent(
          onset: onset + shift,
          offset: onset + shift + length,
          pitch: pitch,
          velocity: velocity
        )
      )
    }
    for (index, (start, end)) in zip(beats, beats.dropFirst()).enumerated() {
      let unit = end - start
      let place = (index - pickup + meter) % meter
      let root = [0, 5, 7, 0][(index - pickup + meter) / meter % 4]
      if place == 0 {
        add(start, unit * Double(meter) * 0.9, 36 + root, 84)
      } else if index >= pickup {
        for step in [0, 4, 7] { add(start, unit * 0.6, 55 + (root + step) % 12, 54) }
      }
      let melody = [0, 2, 4, 5, 7, 9, 11]
      add(start, unit * 0.9, 72 + melody[index * 3 % 7], place == 0 ? 78 : 70)
      if index % 3 != 1 {
        add(start + unit / 2, unit * 0.4, 72 + melody[(index * 3 + 1) % 7], 62)
      }
    }
    return notes
  }

  /// Beats of one length.
  private static func steady(_ count: Int, _ length: Double, from start: Double) -> [Double] {
    (0..<count).map { start + Double($0) * length }
  }

  static let all = [
    BeatPiece(testDescription: "constant tempo", beats: steady(60, 0.5, from: 0.3), meter: 4),
    BeatPiece(testDescription: "a waltz", beats: steady(60, 0.42, from: 1.1), meter: 3),
    BeatPiece(
      testDescription: "a pickup of one beat",
      beats: steady(61, 0.55, from: 0.8),
      meter: 4,
      pickup: 1
    ),
    // Each beat is 1.5 % longer than the one before, so that the last is twice as long as the first.
    BeatPiece(
      testDescription: "a ritardando",
      beats: (0..<48).reduce(into: [0.2]) { beats, index in
        let growth = (0..<index).reduce(1.0) { product, _ in product * 1.015 }
        beats.append(beats[beats.count - 1] + 0.45 * growth)
      },
      meter: 4
    ),
  ]
}
