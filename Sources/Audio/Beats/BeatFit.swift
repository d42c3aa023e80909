import Numerics

/// The fit of beats and bars to chords, which selects among candidates: beats of half or twice the length are equally regular.
struct BeatFit {
  /// The score of the fit; higher is better.
  let score: Double
  /// The log-likelihood ratio of chords on thirds of the beats over chords on halves.
  let thirds: Double

  /// The weights of the features in the score: a softmax regression that selects the beats closest to the right ones, on
  /// performances of piano music (ASAP) and on some invented pieces.
  private static let weights = [
    0.204, 0.935, 3.880, 2.634, 0.317, 0.378, -12.239, 0.237, 0.103, 0.928, -0.570, 0.698, -0.187,
    0.096, 0.252,
  ]
  /// The largest distance of a chord from its beat, in seconds.
  private static let tolerance = 0.04

  init(_ chords: [Chord], _ evidence: BeatEvidence, beats: [Double], bars: BarTracker) {
    let times = chords.map(\.time)
    let pattern = BeatPattern()
    var occupied = 0
    var isOn = [Bool](repeating: false, count: times.count)
    var first = 0
    for beat in beats {
      while first < times.count, times[first] < beat - Self.tolerance { first += 1 }
      let end = times[first...].firstIndex { $0 > beat + Self.tolerance } ?? times.count
      for index in first..<end { isOn[index] = true }
      occupied += first < end ? 1 : 0
    }
    var (onSum, offSum, onCount) = (0.0, 0.0, 0)
    for index in times.indices {
      if isOn[index] {
        onSum += evidence.on[index]
        onCount += 1
      } else {
        offSum += evidence.off[index]
      }
    }
    var (places, counts, changes, thirds, offCount) = (0.0, 0.0, 0.0, 0.0, 0)
    first = 0
    for index in beats.indices.dropLast() {
      let (start, end) = (beats[index], beats[index + 1])
      while first < times.count, times[first] < start || isOn[first] && times[first] < start + 0.06
      {
        first += 1
      }
      let next = times[first...].firstIndex { $0 >= end } ?? times.count
      let last = isOn[first..<next].firstIndex(of: true) ?? next
      places += pattern.places(of: times[first..<last], from: start, to: end)
      counts += pattern.count(last - first)
      thirds += pattern.thirds(of: times[first..<last], from: start, to: end)
      offCount += last - first
      if index > 0 { changes += abs(Real.log((end - start) / (start - beats[index - 1]))) }
    }
    let lengths = zip(beats, beats.dropFirst()).map { $1 - $0 }.sorted()
    let length = Real.log(lengths.isEmpty ? 0.5 : lengths[lengths.count / 2])
    let (chordCount, beatCount) = (Double(times.count), Double(beats.count))
    let features = [
      (onSum + offSum) / chordCount,
      onSum / Double(max(1, onCount)),
      offSum / chordCount,
      Double(occupied) / beatCount,
      length,
      length * length,
      changes / beatCount,
      Real.log(chordCount / beatCount),
      places / Double(max(1, offCount)),
      counts / beatCount,
      Double(onCount) / chordCount,
      places / chordCount,
      bars.score,
      bars.length == 2 ? 1 : 0,
      bars.length == 3 ? 1 : 0,
    ]
    score = zip(features, Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
    self.thirds = thirds
  }
}
