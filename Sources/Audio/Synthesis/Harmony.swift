import Tensors

/// A key and a sequence of chords in it.
struct Harmony: Sendable {
  /// The pitch classes of the scale, 0 … 11 for C … B, rising from the tonic.
  let scale: [Int]
  /// The pitch classes of each chord, its root first.
  let chords: [[Int]]
  /// The seconds from one chord to the next.
  let chordTime: Double

  /// Draws a key and chords for some seconds.
  init(seconds: Double, chordTime: Double, using random: inout RandomStream) {
    self.chordTime = chordTime
    let tonic = random.index(below: 12)
    let steps = random.choice([
      ([0, 2, 4, 5, 7, 9, 11], 5.0), ([0, 2, 3, 5, 7, 8, 11], 3), ([0, 2, 3, 5, 7, 8, 10], 1.5),
      ([0, 2, 3, 5, 7, 9, 10], 0.5), ([0, 2, 4, 7, 9], 0.4), ([0, 2, 4, 6, 8, 10], 0.2),
      (Array(0..<12), 0.8),
    ])
    let scale = steps.map { ($0 + tonic) % 12 }
    self.scale = scale
    chords = (0...Int(seconds / chordTime)).map { _ in Self.chord(of: scale, using: &random) }
  }

  private static func chord(of scale: [Int], using random: inout RandomStream) -> [Int] {
    let degree = random.choice([
      (0, 4.0), (4, 3), (3, 2), (5, 1.5), (1, 1.5), (2, 0.7), (6, 0.7),
    ])
    var chord = [0, 2, 4].map { scale[(degree + $0) % scale.count] }
    if random.happens(0.3) { chord.append(scale[(degree + 6) % scale.count]) }
    if random.happens(0.12) {
      let index = random.index(below: chord.count)
      chord[index] = (chord[index] + (random.happens(0.5) ? 1 : 11)) % 12
    }
    return chord
  }

  /// Returns the pitch classes of the chord at a time in seconds.
  func chord(at time: Double) -> [Int] {
    chords[min(chords.count - 1, max(0, Int(time / chordTime)))]
  }

  /// Returns the pitch nearest to `pitch` whose class is among the given ones, the lower one of two.
  static func nearest(_ classes: [Int], to pitch: Int) -> Int {
    for distance in 0..<12 {
      for candidate in [pitch - distance, pitch + distance]
      where classes.contains((candidate % 12 + 12) % 12) {
        return candidate
      }
    }
    return pitch
  }

  /// Returns the next pitch of the given classes above (step 1) or below (step −1) a pitch.
  static func neighbour(_ classes: [Int], of pitch: Int, step: Int) -> Int {
    (1...12).map { pitch + step * $0 }.first { classes.contains(($0 % 12 + 12) % 12) } ?? pitch
  }
}
