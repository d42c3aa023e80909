import Numerics

/// A tracker of beats, which finds those of chords by dynamic programming over all times and all lengths of a beat.
///
/// It finds the likeliest sequence of beats. A beat likely has an accented chord on it (`BeatEvidence`), and chords
/// between two beats are on fractions of the beat (`BeatPattern`). The tempo changes from beat to beat, but seldom by
/// much: its logarithm has a Cauchy distribution around that of the previous beat. Such models are known as bar pointers
/// (Whiteley, Cemgil and Godsill, 2006).
struct BeatTracker {
  /// The rate of the frames on which beats without a chord may fall, per second.
  private static let frameRate = 50.0
  /// The range of beat lengths in frames.
  private static let lengths = 8...100
  /// The share of beats that have a chord on them.
  private static let occupied = 0.9735
  /// The density of a chord that is on a beat, per second.
  private static let precision = 27.6
  /// The width of the distribution of tempo changes, and the largest change as a ratio.
  private static let change = (width: 0.043, limit: 2.0)
  /// The standard deviation of the logarithm of a beat's length from the length sought.
  private static let spread = 0.223
  /// The weight of the number of chords between beats, relative to their places.
  private static let countWeight = 0.6
  /// The beam of the search: hypotheses less likely than the best of their frame by more than this logarithm are pruned.
  private static let beam = 30.0

  /// The times of the chords.
  private let times: [Double]
  /// The log-likelihood of each chord on a beat, and the prefix sums of the log-likelihoods off the beat.
  private let on: [Double]
  private let offSums: [Double]
  private let pattern = BeatPattern()
  /// The time of frame 0.
  private let start: Double
  /// For each frame: the chord on it or next to it, or −1; and the first chord that is not before it.
  private let nearest: [Int]
  private let firsts: [Int]

  /// - Parameters:
  ///   - chords: the chords by time; at least one.
  ///   - evidence: the evidence of the chords.
  init(_ chords: [Chord], _ evidence: BeatEvidence) {
    times = chords.map(\.time)
    on = evidence.on
    offSums = evidence.off.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    let (first, last) = (times.first ?? 0, times.last ?? 0)
    start = first - Double(Self.lengths.upperBound + 2) / Self.frameRate
    let count = Int(((last - start) * Self.frameRate).rounded()) + Self.lengths.upperBound + 4
    var nearest = [Int](repeating: -1, count: count)
    var firsts = [Int](repeating: times.count, count: count + 1)
    for (index, time) in times.enumerated() {
      let frame = Int(((time - start) * Self.frameRate).rounded())
      for near in frame - 1...frame + 1 where nearest[near] < 0 || on[nearest[near]] < on[index] {
        nearest[near] = index
      }
      firsts[frame] = min(firsts[frame], index)
    }
    for frame in (0..<count).reversed() { firsts[frame] = min(firsts[frame], firsts[frame + 1]) }
    (self.nearest, self.firsts) = (nearest, firsts)
  }

  /// Finds beats of about some length.
  ///
  /// - Parameters:
  ///   - seconds: the length of a beat.
  ///   - pause: called now and then.
  /// - Returns: The beats' times in seconds, from the first chord to the last.
  func beats(about seconds: Double, pause: () throws -> Void) rethrows -> [Double] {
    let (shortest, count) = (Self.lengths.lowerBound, Self.lengths.count)
    let (firstFrame, lastFrame) = (frame(times[0]), frame(times[times.count - 1]))
    let struck = Real.log(Self.occupied * Self.precision)
    let silent = Real.log(1 - Self.occupied)
    let scores = LengthScores(Self.lengths, rate: Self.frameRate, about: seconds, Self.spread)
    let changes = Self.changes
    // For a beat at one of the last frames and the length to the next: the best score; and, for all frames, the length to
    // the beat before, 0 for the first beat.
    let ring = Self.lengths.upperBound + 1
    var onward = [Double](repeating: -.infinity, count: ring * count)
    var origins = [UInt8](repeating: 0, count: nearest.count * count)
    var arrivals = [Double](repeating: -.infinity, count: count)
    var best = (score: -Double.infinity, frame: 0, length: 0)
    for frame in nearest.indices {
      if frame % 500 == 0 { try pause() }
      let own = nearest[frame] >= 0 ? struck + on[nearest[frame]] : silent
      var top = -Double.infinity
      for index in 0..<count {
        let before = frame - shortest - index
        let score = before < 0 ? -.infinity : onward[before % ring * count + index]
        guard score > -.infinity else {
          arrivals[index] = -.infinity
          continue
        }
        let lower = firsts[before + 2]
        let between = lower..<max(lower, firsts[frame - 1])
        let arrival =
          score + own + scores.lengths[index] + offSums[between.upperBound]
          - offSums[between.lowerBound]
          + Self.countWeight * (pattern.count(between.count) + scores.density(between.count, index))
          + pattern.places(of: times[between], from: time(before), to: time(frame))
        arrivals[index] = arrival
        top = max(top, arrival)
        if frame >= lastFrame - 1, arrival > best.score {
          best = (arrival, frame, index + shortest)
        }
      }
      for index in 0..<count {
        let isFirst = frame <= firstFrame + 1 && firstFrame - frame < index + shortest
        var (value, origin) = (isFirst ? own + scores.lengths[index] : -.infinity, 0)
        if top > -.infinity {
          for (other, change) in changes[index] where arrivals[other] > top - Self.beam {
            let sum = arrivals[other] + change
            if sum > value { (value, origin) = (sum, other + shortest) }
          }
        }
        onward[frame % ring * count + index] = value
        origins[frame * count + index] = UInt8(origin)
      }
    }
    var found: [Double] = []
    var (frame, length) = (best.frame, best.length)
    while length > 0 {
      found.append(time(frame))
      frame -= length
      length = Int(origins[frame * count + length - shortest])
    }
    return (found + [time(frame)]).reversed()
  }

  private func frame(_ time: Double) -> Int { Int(((time - start) * Self.frameRate).rounded()) }

  /// Returns the time of a frame, or of the chord on it.
  private func time(_ frame: Int) -> Double {
    nearest[frame] >= 0 ? times[nearest[frame]] : start + Double(frame) / Self.frameRate
  }

  /// For each length: the possible lengths of the beat before, as indices into all lengths, with their log-likelihoods.
  private static let changes: [[(other: Int, score: Double)]] = lengths.map { length in
    lengths.compactMap { other in
      let ratio = Double(other) / Double(length)
      guard ratio <= change.limit, ratio * change.limit >= 1 else { return nil }
      let deviation = Real.log(ratio) / change.width
      return (other - lengths.lowerBound, -Real.log(1 + deviation * deviation))
    }
  }
}

/// The score of a beat's length by itself.
private struct LengthScores {
  /// The score of each length, by its distance from the length sought.
  let lengths: [Double]
  private let logarithms: [Double]
  /// The logarithms of factorials.
  private let factorials: [Double]

  init(_ range: ClosedRange<Int>, rate: Double, about seconds: Double, _ spread: Double) {
    logarithms = range.map { Real.log(Double($0) / rate) }
    let wanted = Real.log(seconds)
    lengths = logarithms.map { -($0 - wanted) * ($0 - wanted) / (2 * spread * spread) }
    factorials = (1...200).reduce(into: [0.0]) {
      $0.append($0[$0.count - 1] + Real.log(Double($1)))
    }
  }

  /// Returns the log-density, in time, of `count` chords in any order within a length.
  func density(_ count: Int, _ length: Int) -> Double {
    factorials[min(count, factorials.count - 1)] - Double(count) * logarithms[length]
  }
}
