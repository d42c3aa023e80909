import Numerics

/// The evidence that bars begin on beats: the accents and harmony of each beat, compared with those of nearby beats.
struct BarEvidence {
  /// The log-odds that a bar begins on each beat.
  let odds: [Double]

  /// The weights of the features in the log-odds: a logistic regression on performances of piano music with annotated downbeats
  /// (ASAP). Each accent has three, for its differences from the local mean, the previous beat and the next one.
  private static let weights = [
    -1.147,
    0.281, -0.157, -0.218,
    -0.091, 0.070, 0.063,
    -0.631, 1.048, 0.687,
    -1.074, 0.801, 0.806,
    0.452, -0.320, -0.106,
    -0.104, 0.404, 0.373,
    -0.213, 0.051, 0.182,
    -0.054, -0.053, 0.028,
    0.666, 0.487, -0.195, -0.086,
    0.090, -1.097,
  ]

  /// The number of beats to each side that a beat is compared with.
  private static let reach = 6
  /// The largest distance of a chord from its beat, in beats.
  private static let tolerance = 0.2
  /// The stand-in for the lowest pitch of a beat without a chord, in octaves.
  private static let silentBass = 7.0

  /// - Parameters:
  ///   - chords: the chords by time.
  ///   - beats: the beats in seconds.
  init(_ chords: [Chord], beats: [Double]) {
    let count = beats.count
    func length(_ beat: Int) -> Double {
      let beat = min(beat, count - 2)
      return beat < 0 ? 1 : beats[beat + 1] - beats[beat]
    }
    // For each beat: the chord on it, and all that begins between it and the next one.
    let zeros = [Double](repeating: 0, count: count)
    var (sizes, loudness, lengths, gaps, numbers) = (zeros, zeros, zeros, zeros, zeros)
    var (lows, highs, basses) = (zeros, zeros, zeros)
    var classes = [[Double]](repeating: [Double](repeating: 0, count: 12), count: count)
    var next = 0
    for beat in 0..<count {
      let unit = length(beat)
      let (start, end) = (
        beats[beat] - Self.tolerance * unit, beats[beat] + (1 - Self.tolerance) * unit
      )
      while next < chords.count, chords[next].time < start { next += 1 }
      let own = chords[next...].prefix { $0.time < end }
      numbers[beat] = Real.log(1 + Double(own.reduce(0) { $0 + $1.notes.count }))
      for note in own.lazy.flatMap(\.notes) {
        classes[beat][note.pitch % 12] += min(1, (note.offset - note.onset) / unit) + 0.1
      }
      // Where nothing begins, the last bass continues.
      lows[beat] = own.lazy.map(\.lowest).min().map { Double($0) / 12 } ?? lows[max(0, beat - 1)]
      let near = own.prefix { $0.time <= beats[beat] + Self.tolerance * unit }
      guard let best = near.indices.max(by: { near[$0].notes.count < near[$1].notes.count }) else {
        basses[beat] = Self.silentBass
        continue
      }
      let chord = chords[best]
      let after = best + 1 < chords.count ? chords[best + 1].time : chord.end
      sizes[beat] = Real.log(1 + Double(chord.notes.count))
      loudness[beat] = Double(chord.velocity) / 20
      lengths[beat] = Real.log(1 + min(8, (chord.end - chord.time) / unit))
      gaps[beat] = Real.log(1 + min(8, (after - chord.time) / unit))
      basses[beat] = Double(chord.lowest) / 12
      highs[beat] = Double(chord.highest) / 12
    }
    let accents = [
      sizes, loudness, lengths, gaps, numbers, lows.map { -$0 }, basses.map { -$0 }, highs,
    ]
    odds = (0..<count).map { beat in
      var row = [1.0]
      let around = max(0, beat - Self.reach)...min(count - 1, beat + Self.reach)
      for values in accents {
        let mean = around.reduce(0) { $0 + values[$1] } / Double(around.count)
        row.append(values[beat] - mean)
        row.append(values[beat] - values[max(0, beat - 1)])
        row.append(values[beat] - values[min(count - 1, beat + 1)])
      }
      for width in [1, 2, 3, 4] {
        let before = Self.sum(classes[max(0, beat - width)..<beat])
        let after = Self.sum(classes[beat..<min(count, beat + width)])
        row.append(1 - Self.likeness(before, after))
      }
      row.append(beat > 0 && lows[beat] != lows[beat - 1] ? 1 : 0)
      row.append(sizes[beat] == 0 ? 1 : 0)
      return zip(row, Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  private static func sum(_ vectors: ArraySlice<[Double]>) -> [Double] {
    vectors.reduce(into: [Double](repeating: 0, count: 12)) { sum, vector in
      for index in sum.indices { sum[index] += vector[index] }
    }
  }

  /// Returns the cosine of the angle between two vectors; 0 if one of them is zero.
  private static func likeness(_ a: [Double], _ b: [Double]) -> Double {
    let (ab, aa, bb) = zip(a, b).reduce((0.0, 0.0, 0.0)) {
      ($0.0 + $1.0 * $1.1, $0.1 + $1.0 * $1.0, $0.2 + $1.1 * $1.1)
    }
    return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
  }
}
