import Numerics

/// A tracker of bars, which finds the beats on which bars of two, three or four beats begin.
struct BarTracker {
  /// The first beat of each bar.
  let bars: [Int]
  /// The number of beats in most bars.
  let length: Int
  /// The log-likelihood ratio of these bars over chance, per beat.
  let score: Double

  /// The bonus of bars of two beats, as a logarithm per beat.
  private static let preference = 0.02
  /// The penalty for a bar of another length.
  private static let irregular = 12.0
  /// The share of beats that begin bars.
  private static let share = 0.362

  init(_ evidence: BarEvidence) {
    let odds = evidence.odds
    // Relative to a beat on which no bar begins.
    let ratios = odds.map { $0 - Real.log(Self.share / (1 - Self.share)) }
    let base = odds.reduce(0) { $0 + Real.log(Real.sigmoid(-$1) / (1 - Self.share)) }
    var best: (score: Double, bars: [Int], length: Int) = (-.infinity, [0], 4)
    for length in [2, 3, 4] {
      let found = Self.bars(of: length, ratios)
      let score = found.score + (length == 2 ? Self.preference * Double(odds.count) : 0)
      if score > best.score { best = (score, found.bars, length) }
    }
    (bars, length) = (best.bars, best.length)
    score = (best.score + base) / Double(max(1, odds.count))
  }

  /// Returns the best bars, most of them of `length` beats.
  private static func bars(of length: Int, _ ratios: [Double]) -> (score: Double, bars: [Int]) {
    guard !ratios.isEmpty else { return (0, [0]) }
    var scores: [Double] = []
    var origins: [Int] = []
    for (beat, ratio) in ratios.enumerated() {
      var (best, origin) = (beat < length ? 0 : -Double.infinity, -1)
      for other in 1..<2 * length where beat >= other {
        let score = scores[beat - other] - (other == length ? 0 : irregular)
        if score > best { (best, origin) = (score, beat - other) }
      }
      scores.append(best + ratio)
      origins.append(origin)
    }
    let ends = max(0, ratios.count - length)..<ratios.count
    var beat = ends.max { scores[$0] < scores[$1] } ?? 0
    let score = scores[beat]
    var bars: [Int] = []
    while beat >= 0 {
      bars.append(beat)
      beat = origins[beat]
    }
    return (score, bars.reversed())
  }
}
