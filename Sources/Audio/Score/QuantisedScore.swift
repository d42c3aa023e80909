/// Notes on the steps of a grid, with bars.
package struct QuantisedScore: Sendable {
  /// A bar from one step to another; the first may be a pickup, and others may have more or fewer beats than usual.
  package struct Bar: Hashable, Sendable {
    package let start: Int
    package let end: Int
    package let meter: Meter
  }

  package let grid: ScoreGrid
  /// The notes by start, then by pitch.
  package let notes: [ScoreNote]
  /// The bars, at least one; together they hold all notes.
  package let bars: [Bar]
  /// True if the first bar is shorter because the music begins in its middle.
  package let hasPickup: Bool
  /// The meter of most bars.
  package let meter: Meter
  /// The tempo in whole quarter notes per minute.
  package let tempo: Int
  /// The number of notes merged into another one of their pitch and program that begins on the same step.
  package let joinedCount: Int

  /// Moves notes to the nearest steps, those of a chord together; a note lasts at least one step, and ends where its pitch is
  /// struck again.
  package init(_ notes: [NoteEvent], on beats: BeatGrid, steps grid: ScoreGrid) {
    let isCompound = beats.meter.isCompound && !grid.isTriplet
    let meter = Meter(beats: beats.meter.beats, isCompound: isCompound)
    let scale = Double(grid.stepsPerQuarter) * meter.quarters
    func step(_ seconds: Double) -> Int {
      max(0, Int((beats.position(of: seconds) * scale).rounded()))
    }
    var found: [ScoreNote] = []
    for chord in Chord.chords(of: notes) {
      let start = step(chord.time)
      found += chord.notes.map { note in
        ScoreNote(
          start: start,
          end: max(start + 1, step(note.offset)),
          pitch: note.pitch,
          velocity: note.velocity,
          program: note.program
        )
      }
    }
    let score = Self.joined(found)
    self.grid = grid
    self.meter = meter
    self.notes = score
    joinedCount = found.count - score.count
    hasPickup = beats.bars[0] > 0
    let quarters = 60 / beats.beatLength * meter.quarters
    tempo = Int(
      min(max(quarters, MIDIWriter.tempi.lowerBound), MIDIWriter.tempi.upperBound).rounded()
    )
    bars = Self.bars(beats, meter, steps: Int(scale), end: score.lazy.map(\.end).max() ?? 0)
  }

  /// Returns the notes in order, with no two of one pitch and program sounding at once.
  private static func joined(_ notes: [ScoreNote]) -> [ScoreNote] {
    var joined: [ScoreNote] = []
    var last: [[Int]: Int] = [:]
    for note in notes.sorted(by: { $0.order < $1.order }) {
      let key = [note.pitch, note.program ?? -1]
      if let index = last[key] {
        if joined[index].start == note.start {
          joined[index].end = max(joined[index].end, note.end)
          joined[index].velocity = max(joined[index].velocity, note.velocity)
          continue
        }
        joined[index].end = min(joined[index].end, note.start)
      }
      last[key] = joined.count
      joined.append(note)
    }
    return joined
  }

  private static func bars(_ beats: BeatGrid, _ meter: Meter, steps: Int, end: Int) -> [Bar] {
    var bars: [Bar] = []
    func add(_ count: Int) {
      let start = bars.last?.end ?? 0
      let meter = Meter(beats: count, isCompound: meter.isCompound)
      bars.append(Bar(start: start, end: start + count * steps, meter: meter))
    }
    if beats.bars[0] > 0 { add(beats.bars[0]) }
    for (bar, next) in zip(beats.bars, beats.bars.dropFirst())
    where bars.isEmpty || bars[bars.count - 1].end < end {
      add(next - bar)
    }
    while bars.isEmpty || bars[bars.count - 1].end < end { add(meter.beats) }
    return bars
  }

  /// Returns the bytes of a MIDI file at one tempo.
  package func midi(text: String?) -> [UInt8] {
    let seconds = 60 / Double(tempo * grid.stepsPerQuarter)
    let notes = notes.map { note in
      NoteEvent(
        onset: Double(note.start) * seconds,
        offset: Double(note.end) * seconds,
        pitch: note.pitch,
        velocity: note.velocity,
        program: note.program
      )
    }
    let beat = Int(Double(grid.stepsPerQuarter) * meter.quarters)
    let clock = MIDIClock(
      tempo: Double(tempo),
      meters: bars.map { (beat: $0.start / beat, meter: $0.meter) }
    )
    return MIDIWriter(clock: clock, text: text).bytes(notes)
  }
}
