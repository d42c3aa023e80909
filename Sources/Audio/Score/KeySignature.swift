/// A key, and how it spells pitches.
package struct KeySignature: Hashable, Sendable {
  /// Sharps, or with a minus flats: −6 … 6.
  package let fifths: Int
  package let isMinor: Bool

  /// How much each degree of a major and of a minor key is heard, from the tonic in semitones: the ratings of
  /// listeners by Krumhansl and Kessler, 1982.
  private static let profiles = [
    [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
    [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
  ]

  package init(fifths: Int, isMinor: Bool) {
    self.fifths = fifths
    self.isMinor = isMinor
  }

  /// The key whose profile is most like how long each pitch class sounds (by correlation); C major without notes.
  package init(of notes: [ScoreNote]) {
    var lengths = [Double](repeating: 0, count: 12)
    for note in notes { lengths[note.pitch % 12] += Double(note.end - note.start) }
    let mean = lengths.reduce(0, +) / 12
    var best = (score: 0.0, key: KeySignature(fifths: 0, isMinor: false))
    // Nearest to C first, so that it wins where keys are alike.
    for fifths in [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6] {
      for (mode, profile) in Self.profiles.enumerated() {
        // The tonic of the minor key lies three fifths above that of the major key of its signature.
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

  /// A pitch as it is written: its letter, how much it is raised, and its octave, in which C4 is the middle C.
  struct Spelling: Hashable {
    let letter: String
    let alteration: Int
    let octave: Int
  }

  /// The spelling of a MIDI note number: that of the twelve consecutive fifths around the key.
  func spelling(of pitch: Int) -> Spelling {
    // From four flats to seven sharps in C major; a minor key rather has its raised leading note.
    let lowest = fifths - (isMinor ? 3 : 4)
    let fifth = lowest + ((7 * pitch - lowest) % 12 + 12) % 12
    // F C G D A E B, from −1 on.
    let (index, alteration) = ((fifth + 1 + 70) % 7, (fifth + 1 + 70) / 7 - 10)
    let letter = ["F", "C", "G", "D", "A", "E", "B"][index]
    let natural = [5, 0, 7, 2, 9, 4, 11][index]
    // MusicXML has no octave below 0; a piano has none either.
    let octave = max(0, (pitch - alteration - natural) / 12 - 1)
    return Spelling(letter: letter, alteration: alteration, octave: octave)
  }
}
