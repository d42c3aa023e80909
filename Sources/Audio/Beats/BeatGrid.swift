/// The times of the beats and bars of music.
package struct BeatGrid: Hashable, Sendable {
  /// The beats in seconds, in ascending order; at least two.
  package let beats: [Double]
  /// The beats on which bars begin, as indices into `beats`; at least one. What comes before the first is a pickup, shorter
  /// than a bar.
  package let bars: [Int]
  /// The meter of most bars.
  package let meter: Meter

  package init(beats: [Double], bars: [Int], isCompound: Bool = false) {
    precondition(
      beats.count > 1 && beats[0] >= 0 && zip(beats, beats.dropFirst()).allSatisfy { $0 < $1 },
      "beats in the order of time"
    )
    precondition(
      !bars.isEmpty && zip(bars, bars.dropFirst()).allSatisfy { $0 < $1 }
        && beats.indices.contains(bars[bars.count - 1]) && bars[0] >= 0,
      "bars in the order of time"
    )
    self.beats = beats
    self.bars = bars
    var counts: [Int: Int] = [:]
    for length in zip(bars, bars.dropFirst()).map({ $1 - $0 }) { counts[length, default: 0] += 1 }
    let usual = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    meter = Meter(beats: usual ?? max(1, beats.count - bars[0]), isCompound: isCompound)
  }

  /// Makes bars of four quarter notes at one tempo, from 0 to some seconds.
  package init(tempo: Double, until seconds: Double) {
    let count = max(1, Int((seconds * tempo / 240).rounded(.up)))
    self.init(
      beats: (0...4 * count).map { Double($0) * 60 / tempo },
      bars: (0...count).map { 4 * $0 }
    )
  }

  /// The median length of a beat in seconds.
  package var beatLength: Double {
    let lengths = zip(beats, beats.dropFirst()).map { $1 - $0 }.sorted()
    return lengths[lengths.count / 2]
  }

  /// The tempo in quarter notes per minute, at the median beat length.
  package var tempo: Double { 60 / beatLength * meter.quarters }

  /// The meter of the first bar and each change of meter; the last bar, which may be cut off, has the usual number of beats.
  var meters: [(beat: Int, meter: Meter)] {
    var meters: [(beat: Int, meter: Meter)] = []
    for (index, bar) in bars.enumerated() {
      let beats = index + 1 < bars.count ? bars[index + 1] - bar : meter.beats
      let meter = Meter(beats: beats, isCompound: meter.isCompound)
      if meters.last?.meter != meter { meters.append((bar, meter)) }
    }
    return meters
  }

  /// Returns a time in beats, counted from the first one; the tempo continues before it and after the last one.
  package func position(of seconds: Double) -> Double {
    var (first, end) = (0, beats.count - 1)
    while end - first > 1 {
      let middle = (first + end) / 2
      if beats[middle] <= seconds { first = middle } else { end = middle }
    }
    return Double(first) + (seconds - beats[first]) / (beats[first + 1] - beats[first])
  }
}
