import Tensors

/// A piece of random music that depends on its source alone: notes, pedals and the conditions of its recording.
package struct RandomPiece: Sendable {
  /// The notes in order of onset; at most `mostVoices` at a time.
  package let notes: [NoteEvent]
  /// The time spans in which notes of a piano continue to sound, in seconds.
  package let pedals: [ClosedRange<Double>]
  package let conditions: RecordingConditions
  /// The length in seconds.
  package let duration: Double
  private let source: RandomSource

  /// The largest number of notes that sound at once.
  package static let mostVoices = 8

  /// Composes a piece of a length in seconds.
  package init(source: RandomSource, seconds: Double) {
    precondition(seconds > 0 && seconds < 1e5, "a length in seconds")
    self.source = source
    duration = seconds
    var random = source.stream(.music)
    conditions = RecordingConditions(using: &random)
    let beat = 0.7 * Real.exp2(0.45 * random.truncatedNormal())
    let harmony = Harmony(
      seconds: seconds,
      chordTime: beat * Double(1 + random.index(below: 4)),
      using: &random
    )
    let loudness = random.uniform(45...95)
    let parts = Ensemble.random(using: &random)
    var notes: [NoteEvent] = []
    for part in parts {
      let balance = 6 * random.truncatedNormal()
      var writer = PartWriter(part, harmony: harmony, beat: beat, loudness: loudness + balance)
      writer.write(until: seconds, using: &random)
      notes += writer.notes
    }
    self.notes = Self.thinned(notes, until: seconds)
    pedals = random.happens(0.55) ? Self.pedals(harmony, seconds: seconds, using: &random) : []
  }

  /// Renders the piece as a mono recording.
  package func samples(rate: Double) -> [Float] {
    Synthesiser(rate: rate, conditions: conditions, source: source)
      .render(notes, pedals: pedals, seconds: duration)
  }

  /// Ends notes at the end of the piece, and removes those for which no voice is free or whose key is still down.
  private static func thinned(_ notes: [NoteEvent], until end: Double) -> [NoteEvent] {
    var kept: [NoteEvent] = []
    var sounding: [NoteEvent] = []
    let sorted = notes.sorted {
      ($0.onset, $0.pitch, $0.program ?? 0) < ($1.onset, $1.pitch, $1.program ?? 0)
    }
    for var note in sorted where note.onset < end {
      note.offset = min(note.offset, end)
      sounding.removeAll { $0.offset <= note.onset }
      let isDown = sounding.contains { $0.pitch == note.pitch && $0.program == note.program }
      guard !isDown, sounding.count < mostVoices else { continue }
      kept.append(note)
      sounding.append(note)
    }
    return kept
  }

  /// Draws pedals that go down shortly after a chord begins and up around the next one.
  private static func pedals(
    _ harmony: Harmony,
    seconds: Double,
    using random: inout RandomStream
  ) -> [ClosedRange<Double>] {
    var pedals: [ClosedRange<Double>] = []
    let often = random.uniform(0.3...1)
    for index in harmony.chords.indices {
      guard random.happens(often) else { continue }
      let start = Double(index) * harmony.chordTime + random.uniform(0.02...0.15)
      let end = Double(index + 1) * harmony.chordTime + random.uniform(-0.1...0.06)
      if start < min(end, seconds) { pedals.append(start...min(end, seconds)) }
    }
    return pedals
  }
}
