import Numerics

/// The likelihood of chords between two beats.
///
/// The chords are on halves, thirds, quarters, sixths or eighths of the beat, or anywhere; the likelihood of
/// each depends on the number of chords. The shares were counted in performances of piano music with annotated
/// beats (ASAP: Foscarin and others, 2020).
struct BeatPattern {
  private static let divisions = [2, 3, 4, 6, 8]
  /// The standard deviations from the fractions, in beats.
  private static let widths = [0.066, 0.044, 0.032, 0.04, 0.036]
  /// The share of chords that are not on a fraction.
  private static let stray = 0.1
  /// The share of each division, and of none, where there are 1, 2, … chords.
  private static let shares: [[Double]] = [
    [0.769, 0.032, 0.091, 0.039, 0.042, 0.027],
    [0.003, 0.643, 0.155, 0.063, 0.060, 0.076],
    [0.001, 0.007, 0.792, 0.117, 0.046, 0.037],
    [0.001, 0.001, 0.200, 0.229, 0.367, 0.202],
    [0.001, 0.001, 0.001, 0.836, 0.143, 0.018],
    [0.001, 0.001, 0.001, 0.370, 0.437, 0.190],
    [0.001, 0.001, 0.001, 0.060, 0.830, 0.107],
    [0.001, 0.001, 0.001, 0.044, 0.674, 0.279],
    [0.001, 0.001, 0.001, 0.001, 0.488, 0.508],
  ]
  /// The frequencies of 0, 1, … chords between two beats.
  private static let counts = [
    0.199, 0.227, 0.154, 0.217, 0.058, 0.077, 0.026, 0.017, 0.009, 0.006, 0.004, 0.003, 0.002,
  ]
  /// The resolution of times between two beats.
  private static let bins = 128

  /// The log-density of each division at each bin.
  private let densities: [[Double]]
  private let logShares = shares.map { $0.map(Real.log) }
  private let logCounts = counts.map(Real.log)

  init() {
    densities = zip(Self.divisions, Self.widths).map { division, width in
      (0...Self.bins).map { bin in
        let place = Double(bin) / Double(Self.bins)
        let sum = (1..<division).reduce(0.0) { sum, number in
          let distance = (place - Double(number) / Double(division)) / width
          return sum + Real.exp(-distance * distance / 2)
        }
        let scale = width * 2.5066282746310002 * Double(division - 1)
        return Real.log((1 - Self.stray) * sum / scale + Self.stray)
      }
    }
  }

  /// Returns the log-probability of `count` chords between two beats.
  func count(_ count: Int) -> Double {
    let last = logCounts.count - 1
    return logCounts[min(count, last)] - 0.5 * Double(max(0, count - last))
  }

  /// Returns the log-density, per beat, of chords at some times between two beats.
  func places(of times: ArraySlice<Double>, from start: Double, to end: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    let shares = logShares[min(times.count, logShares.count) - 1]
    let sums = sums(of: times, from: start, to: end)
    return max(
      max(sums.halves + shares[0], sums.thirds + shares[1], sums.quarters + shares[2]),
      max(sums.sixths + shares[3], sums.eighths + shares[4], shares[5])
    )
  }

  /// Returns the log-likelihood ratio of chords on thirds and sixths over chords on halves, quarters and eighths.
  func thirds(of times: ArraySlice<Double>, from start: Double, to end: Double) -> Double {
    let sums = sums(of: times, from: start, to: end)
    return max(sums.thirds, sums.sixths) - max(sums.halves, sums.quarters, sums.eighths)
  }

  /// Returns the sum of the log-densities of the times, for each division.
  private func sums(
    of times: ArraySlice<Double>,
    from start: Double,
    to end: Double
  ) -> (halves: Double, thirds: Double, quarters: Double, sixths: Double, eighths: Double) {
    let scale = Double(Self.bins) / (end - start)
    var sums = (halves: 0.0, thirds: 0.0, quarters: 0.0, sixths: 0.0, eighths: 0.0)
    for time in times {
      let bin = min(max(Int((time - start) * scale + 0.5), 0), Self.bins)
      sums.halves += densities[0][bin]
      sums.thirds += densities[1][bin]
      sums.quarters += densities[2][bin]
      sums.sixths += densities[3][bin]
      sums.eighths += densities[4][bin]
    }
    return sums
  }
}
