/// The timing of a MIDI file to be written: the length of its ticks, its tempi and its time signatures.
struct MIDIClock: Sendable {
  /// A tempo and the tick from which it applies.
  private struct Segment {
    let tick: Int
    /// The time of the tick in units of 1/`division` microseconds, which makes it a whole number.
    let time: Int
    /// Microseconds per quarter note, which equals the number of these units per tick.
    let tempo: Int
  }

  /// Ticks per quarter note.
  let division: Int
  private var segments: [Segment] = []
  private var meters: [(tick: Int, meter: Meter)] = []

  /// The length of the longest allowed tick, in microseconds.
  private static let longestTick = 1050
  /// The largest number of ticks per quarter note that a file can have.
  private static let mostTicks = 0x7FFF

  /// Makes a clock with one tempo, in quarter notes per minute.
  init(tempo: Double) {
    let tempo = Int((60e6 / tempo).rounded())
    // Score programs like many divisors: 480 at 120 per minute. Finer ticks help nobody, and some readers take files of
    // more than ten million ticks for damaged.
    division = 120 * ((tempo - 1) / (120 * Self.longestTick) + 1)
    segments = [Segment(tick: 0, time: 0, tempo: tempo)]
  }

  /// Makes a clock with one tempo, and with meters from some beats on.
  init(tempo: Double, meters: [(beat: Int, meter: Meter)]) {
    self.init(tempo: tempo)
    add(meters)
  }

  /// Makes a clock with a tempo for each beat, so that beats fall on beats and bars on bars.
  ///
  /// The time before the first beat is filled with as many beats as fit. They form whole bars if those need no unusual tempo;
  /// otherwise the first bar is short and has its own time signature. Tempi are whole microseconds per quarter note; each one
  /// compensates for the rounding of the one before.
  init(_ grid: BeatGrid) {
    let lead = LeadIn(grid)
    let quarters = grid.meter.quarters
    let beats = lead.beats + grid.beats.dropFirst()
    let longest = zip(beats, beats.dropFirst()).map { $1 - $0 }.max() ?? 0.5
    let ticks = Int((longest / quarters * 1e6 / Double(480 * Self.longestTick)).rounded(.up))
    division = min(480 * max(1, ticks), Self.mostTicks / 480 * 480)
    let beatTicks = beatTicks(grid.meter)
    var time = 0
    for (index, end) in beats.dropFirst().enumerated() {
      let parts = end * 1e6 * Double(division) - Double(time)
      let tempo = min(max(Int((parts / Double(beatTicks)).rounded()), 1), 0xFF_FFFF)
      if tempo != segments.last?.tempo {
        segments.append(Segment(tick: index * beatTicks, time: time, tempo: tempo))
      }
      time += tempo * beatTicks
    }
    add(lead.bars + grid.meters.map { (beat: $0.beat + lead.added, meter: $0.meter) })
  }

  private mutating func add(_ bars: [(beat: Int, meter: Meter)]) {
    for (beat, meter) in bars where meters.last?.meter != meter {
      meters.append((beat * beatTicks(meter), meter))
    }
  }

  private func beatTicks(_ meter: Meter) -> Int {
    meter.isCompound ? division / 2 * 3 : division
  }

  /// The length of the longest tick in seconds.
  var tickLength: Double {
    Double(segments.map(\.tempo).max() ?? 0) / (1e6 * Double(division))
  }

  /// Returns the tick nearest to a time in seconds.
  func tick(of seconds: Double) -> Int {
    let time = seconds * 1e6 * Double(division)
    // The last segment that begins at or before the time.
    var (first, end) = (0, segments.count)
    while end - first > 1 {
      let middle = (first + end) / 2
      if Double(segments[middle].time) <= time { first = middle } else { end = middle }
    }
    let segment = segments[first]
    return segment.tick + Int(((time - Double(segment.time)) / Double(segment.tempo)).rounded())
  }

  /// The messages for tempi and time signatures, in order of time.
  var messages: [(tick: Int, bytes: [UInt8])] {
    let signatures = meters.map { (tick: $0.tick, bytes: $0.meter.message) }
    let tempi = segments.map { segment in
      (
        tick: segment.tick,
        bytes: [0xFF, 0x51, 3] + [16, 8, 0].map { UInt8(segment.tempo >> $0 & 0xFF) }
      )
    }
    // The sort of the standard library is stable.
    return (signatures + tempi).sorted { $0.tick < $1.tick }
  }
}

extension Meter {
  /// The time signature event of a MIDI file: numerator, denominator, metronome clocks per beat, 32nds per quarter note.
  fileprivate var message: [UInt8] {
    [0xFF, 0x58, 4, UInt8(numerator), isCompound ? 3 : 2, isCompound ? 36 : 24, 8]
  }
}
