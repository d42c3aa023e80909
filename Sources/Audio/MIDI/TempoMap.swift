/// The time of each tick of a MIDI file, computed in whole numbers without drift.
struct TempoMap {
  /// A change of tempo and the tick from which it applies.
  private struct Change {
    let tick: Int
    /// The time of the tick, in units.
    let time: Int
    /// Units per tick.
    let length: Int
  }

  /// Units per second.
  private let unitsPerSecond: Double
  private var changes: [Change]

  /// Makes a map; nil if the times overflow or the division has no length.
  ///
  /// - Parameters:
  ///   - division: the division in the file's header: ticks per quarter note, or frames per second and ticks per
  ///     frame if the highest bit is set.
  ///   - tempi: microseconds per quarter note from some ticks on, in order of the ticks.
  init?(division: Int, tempi: [(tick: Int, tempo: Int)]) {
    guard division & 0x8000 == 0 else {
      let (frames, ticks) = (256 - (division >> 8), division & 0xFF)
      guard [24, 25, 29, 30].contains(frames), ticks > 0 else { return nil }
      // 29 stands for the 30000/1001 frames per second of colour television.
      unitsPerSecond = Double((frames == 29 ? 30000 : frames) * ticks)
      changes = [Change(tick: 0, time: 0, length: frames == 29 ? 1001 : 1)]
      return
    }
    guard division > 0 else { return nil }
    unitsPerSecond = Double(division) * 1e6
    changes = [Change(tick: 0, time: 0, length: Self.usualTempo)]
    for (tick, tempo) in tempi {
      guard let time = time(of: tick) else { return nil }
      changes.append(Change(tick: tick, time: time, length: tempo))
    }
  }

  /// The default tempo in microseconds per quarter note: 120 quarter notes per minute.
  static let usualTempo = 500_000

  /// Returns the time of a tick in seconds, rounded once; nil if it overflows.
  func seconds(of tick: Int) -> Double? { time(of: tick).map { Double($0) / unitsPerSecond } }

  private func time(of tick: Int) -> Int? {
    // The last change at or before the tick.
    var (first, end) = (0, changes.count)
    while end - first > 1 {
      let middle = (first + end) / 2
      if changes[middle].tick <= tick { first = middle } else { end = middle }
    }
    let change = changes[first]
    let (product, overflows) = (tick - change.tick).multipliedReportingOverflow(by: change.length)
    let (time, overflowsToo) = product.addingReportingOverflow(change.time)
    return overflows || overflowsToo ? nil : time
  }
}
