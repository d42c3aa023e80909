import Numerics

/// The evidence that chords fall on beats: their accents of loudness, length, size, bass and harmony, compared with those of
/// nearby chords.
struct BeatEvidence {
  /// The log-likelihood ratio of each chord's accents on a beat, weighted by `trust`.
  let on: [Double]
  /// The same for chords off the beat.
  let off: [Double]

  /// The weights of the features in the log-odds of a beat: a logistic regression on performances of piano music with annotated
  /// beats (ASAP: Foscarin and others, 2020).
  private static let weights = [
    -0.160,
    0.039, 0.186, -0.056, -0.058, 0.229, 0.158, 0.305, 0.037,
    0.145, 0.220, 0.272,
    0.276, 0.336, 0.046, 0.380, 0.115, 0.125, 0.287, 0.240,
  ]
  /// The share of chords that are on beats.
  private static let share = 0.283
  /// The weight of the accents.
  private static let trust = 1.8

  /// The time to each side within which chords are compared, in seconds.
  private static let reach = 1.5
  /// The time to which longer ones are clamped, in seconds.
  private static let longest = 3.0

  init(_ chords: [Chord]) {
    let count = chords.count
    let times = chords.map(\.time)
    let sizes = chords.map { Real.log(Double($0.notes.count)) }
    let loudness = chords.map { Double($0.velocity) / 20 }
    let lows = chords.map { Double($0.lowest) / 12 }
    let highs = chords.map { Double($0.highest) / 12 }
    func logTime(_ seconds: Double) -> Double {
      Real.log(min(max(seconds, 0.05), Self.longest))
    }
    let gaps = chords.indices.map { index in
      index + 1 < count ? logTime(times[index + 1] - times[index]) : logTime(Self.longest)
    }
    let lengths = chords.map { logTime($0.end - $0.time) }
    let bassBefore = Self.bassGaps(chords, chords.indices)
    let bassAfter = Self.bassGaps(chords, chords.indices.reversed())
    let sums = [sizes, loudness, lows, highs, gaps, lengths].map { values in
      values.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
    }
    var (first, end) = (0, 0)
    var odds: [Double] = []
    for index in chords.indices {
      while times[first] < times[index] - Self.reach { first += 1 }
      while end < count, times[end] <= times[index] + Self.reach { end += 1 }
      let means = sums.map { ($0[end] - $0[first]) / Double(end - first) }
      let (before, after) = (max(0, index - 1), min(count - 1, index + 1))
      let gapBefore = index > 0 ? gaps[index - 1] : logTime(Self.longest)
      let features = [
        1,
        sizes[index] - means[0],
        loudness[index] - means[1],
        means[2] - lows[index],
        highs[index] - means[3],
        gaps[index] - means[4],
        gapBefore - means[4],
        gaps[index],
        lengths[index] - means[5],
        logTime(bassBefore[index]),
        logTime(bassAfter[index]),
        Self.novelty(chords, at: index, since: times[index] - 1),
        sizes[index] - sizes[before],
        sizes[index] - sizes[after],
        loudness[index] - loudness[before],
        loudness[index] - loudness[after],
        lows[before] - lows[index],
        lows[after] - lows[index],
        lengths[index] - lengths[before],
        lengths[index] - lengths[after],
      ]
      odds.append(zip(features, Self.weights).reduce(0) { $0 + $1.0 * $1.1 })
    }
    on = odds.map { Self.trust * Real.log(Real.sigmoid($0) / Self.share) }
    off = odds.map { Self.trust * Real.log(Real.sigmoid(-$0) / (1 - Self.share)) }
  }

  /// Returns the time from each chord to the last one before it, in the given order, whose bass is at most a whole tone higher.
  private static func bassGaps(_ chords: [Chord], _ order: some Sequence<Int>) -> [Double] {
    var gaps = [Double](repeating: longest, count: chords.count)
    var lower: [Int] = []
    for index in order {
      while let last = lower.last, chords[last].lowest > chords[index].lowest + 2 {
        lower.removeLast()
      }
      if let last = lower.last { gaps[index] = abs(chords[index].time - chords[last].time) }
      lower.append(index)
    }
    return gaps
  }

  /// Returns the share of a chord's pitch classes that were not struck since a time.
  private static func novelty(_ chords: [Chord], at index: Int, since time: Double) -> Double {
    var known: UInt16 = 0
    for chord in chords[..<index].reversed() {
      guard chord.time > time else { break }
      for note in chord.notes { known |= 1 << (note.pitch % 12) }
    }
    var own: UInt16 = 0
    for note in chords[index].notes { own |= 1 << (note.pitch % 12) }
    return Double((own & ~known).nonzeroBitCount) / Double(own.nonzeroBitCount)
  }
}
