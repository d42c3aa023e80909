import Audio

/// The notes that sound at any time of a recording, for fast random access.
///
/// A note sounds from its onset until before its offset. Between two changes the set of sounding notes is constant; a
/// binary search over the changes finds it, as 128 bits.
package struct LabelRoll: Sendable {
  /// The number of pitches.
  package static let pitches = 128

  /// The times at which the set changes, in seconds, ascending.
  private let changes: [Double]
  /// The pitches that sound from each change on, one bit each.
  private let sounding: [UInt128]

  /// Creates the roll of notes in any order; notes of the same pitch may overlap.
  package init(_ notes: [NoteEvent]) {
    var events: [(time: Double, pitch: Int, change: Int)] = []
    events.reserveCapacity(2 * notes.count)
    for note in notes {
      precondition(Pitch.range.contains(note.pitch), "no such pitch")
      guard note.offset > note.onset else { continue }
      events.append((note.onset, note.pitch, 1))
      events.append((note.offset, note.pitch, -1))
    }
    events.sort { $0.time < $1.time }
    var changes: [Double] = []
    var sounding: [UInt128] = []
    var counts = [Int](repeating: 0, count: Self.pitches)
    var set: UInt128 = 0
    for (index, event) in events.enumerated() {
      counts[event.pitch] += event.change
      let bit = UInt128(1) << UInt128(event.pitch)
      set = counts[event.pitch] > 0 ? set | bit : set & ~bit
      let isLast = index + 1 == events.count || events[index + 1].time > event.time
      guard isLast, set != sounding.last ?? 0 else { continue }
      changes.append(event.time)
      sounding.append(set)
    }
    self.changes = changes
    self.sounding = sounding
  }

  /// Returns the notes that sound at each of several ascending times, 1 or 0, [times, 128].
  package func flags(at times: some Collection<Double>) -> [UInt8] {
    var flags = [UInt8](repeating: 0, count: times.count * Self.pitches)
    var next = times.first.map(firstChange) ?? 0
    for (row, time) in times.enumerated() {
      while next < changes.count && changes[next] <= time { next += 1 }
      precondition(next == 0 || changes[next - 1] <= time, "times must ascend")
      var set = next > 0 ? sounding[next - 1] : 0
      while set != 0 {
        flags[row * Self.pitches + set.trailingZeroBitCount] = 1
        set &= set - 1
      }
    }
    return flags
  }

  /// Returns the index of the first change after a time.
  private func firstChange(after time: Double) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
