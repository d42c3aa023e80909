/// A key with its spelling of pitches.
package struct KeySignature: Hashable, Sendable {
  /// The number of sharps, or of flats if negative: −6 … 6.
  package let fifths: Int
  package let isMinor: Bool

  /// The weights of the degrees of a major and of a minor key, from the tonic in semitones: the ratings of
  /// listeners by Krumhansl and Kessler, 1982.
  private static let profiles = [
    [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
    [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
  ]

  package init(fifths: Int, isMinor: Bool) {
    self.fifths = fifths
    self.isMinor = isMinor
  }

  /// Finds the key whose profile correlates best with the sounding time of each pitch class; C major without notes.
  package init(of notes: [ScoreNote]) {
    var lengths = [Double](repeating: 0, count: 12)
    for note in notes { lengths[note.pitch % 12] += Double(note.end - note.start) }
    let mean = lengths.reduce(0, +) / 12
    var best = (score: 0.0, key: KeySignature(fifths: 0, isMinor: false))
    // The key nearest to C comes first, so that it wins ties.
    for fifths in [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6] {
      for (mode, profile) in Self.profiles.enumerated() {
        // The tonic of a minor key is three fifths above that of the major key with its signature.
        let tonic = (7 * (fifths + (mode == 1 ? 3 : 0)) + 84) % 12
        let centre = profile.reduce(0, +) / 12
        var (product, square) = (0.0, 0.0)
        for degree in 0..<12 {
          let weight = profile[degree] - centre
          product += weight * (lengths[(tonic + degree) % 12] - mean)
          square += weight * weight
        }
        let score = product / square.squareRoot()
        if score > best.score {
          best = (score, KeySignature(fifths: fifths, isMinor: mode == 1))
        }
      }
    }
    self = best.key
  }

  /// A written pitch: its letter, its alteration in semitones, and its octave, where C4 is middle C.
  struct Spelling: Hashable {
    let letter: String
    let alteration: Int
    let octave: Int
  }

  /// Returns the spelling of a MIDI note number among the twelve consecutive fifths around the key.
  func spelling(of pitch: Int) -> Spelling {
    // From four flats to seven sharps in C major; a minor key prefers its raised leading note.
    let lowest = fifths - (isMinor ? 3 : 4)
    let fifth = lowest + ((7 * pitch - lowest) % 12 + 12) % 12
    // F C G D A E B, from −1 on.
    let (index, alteration) = ((fifth + 1 + 70) % 7, (fifth + 1 + 70) / 7 - 10)
    let letter = ["F", "C", "G", "D", "A", "E", "B"][index]
    let natural = [5, 0, 7, 2, 9, 4, 11][index]
    // MusicXML has no octave below 0, and neither has a piano.
    let octave = max(0, (pitch - alteration - natural) / 12 - 1)
    return Spelling(letter: letter, alteration: alteration, octave: octave)
  }
}
