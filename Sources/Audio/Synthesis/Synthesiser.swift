import Foundation
import Tensors

/// A synthesiser of notes: sine waves and filtered noise for each, in a room.
///
/// A note sounds from the first sample at or after its onset. Partials above 0.45 times the rate are left out. The same notes,
/// conditions and source give bit-identical samples.
package struct Synthesiser: Sendable {
  /// Samples per second.
  package let rate: Double
  package let conditions: RecordingConditions
  /// The random source of phases, noise and the differences between instruments.
  package let source: RandomSource
  /// The default program of notes.
  package var program = 0
  /// True if recordings that are too loud are attenuated as a whole.
  var limits = true

  /// The largest number of partials in a note.
  static let mostPartials = 48
  /// The largest magnitude of a recording.
  static let ceiling: Float = 0.98

  package init(
    rate: Double,
    conditions: RecordingConditions = .plain,
    source: RandomSource = RandomSource(seed: 0)
  ) {
    precondition(rate >= 1000 && rate <= 1e6, "1000 to a million samples per second")
    self.rate = rate
    self.conditions = conditions
    self.source = source
  }

  /// Renders notes as a mono recording; one with magnitudes above 0.98 is attenuated as a whole.
  ///
  /// - Parameters:
  ///   - notes: the notes in any order; what is before 0 or after the end is not rendered.
  ///   - pedals: time spans in seconds in which notes of pianos and harps continue to sound.
  ///   - seconds: the length of the recording; nil for two seconds after the end of the last note.
  package func render(
    _ notes: [NoteEvent],
    pedals: [ClosedRange<Double>] = [],
    seconds: Double? = nil
  ) -> [Float] {
    let seconds = seconds ?? (notes.map(\.offset).max().map { $0 + 2 } ?? 0)
    let count = max(0, Int((seconds * rate).rounded()))
    var samples = [Float](repeating: 0, count: count)
    samples.withUnsafeMutableBufferPointer { buffer in
      // Without samples there is no address and nothing to do.
      guard let out = buffer.baseAddress else { return }
      for (index, played) in played(notes, pedals: pedals).enumerated() {
        add(played.note, end: played.end, index: index, to: out, count: count)
      }
      addRoom(to: out, count: count)
    }
    return samples
  }

  /// Returns the notes in order of onset with the times of their release, which pedals and the next note on the same string
  /// decide.
  private func played(
    _ notes: [NoteEvent],
    pedals: [ClosedRange<Double>]
  ) -> [(note: NoteEvent, end: Double)] {
    let sorted = notes.sorted {
      ($0.onset, $0.pitch, $0.program ?? program) < ($1.onset, $1.pitch, $1.program ?? program)
    }
    var next: [Int: Double] = [:]
    return sorted.reversed().map { note in
      let used = note.program ?? program
      var end = note.offset
      if Timbre.of(program: used).hasPedal {
        for pedal in pedals where pedal.contains(note.offset) { end = max(end, pedal.upperBound) }
      }
      let string = used * 128 + note.pitch
      if let again = next[string], again > note.onset { end = min(end, again) }
      next[string] = note.onset
      return (note, end)
    }.reversed()
  }

  private func add(
    _ note: NoteEvent,
    end: Double,
    index: Int,
    to out: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    let onset = note.onset * rate
    let first = max(0, onset.rounded(.up))
    guard end > note.onset, first < Double(count), note.velocity > 0 else { return }
    var random = source.stream(.note, UInt32(truncatingIfNeeded: index))
    let sound = NoteSound(note, end: end, of: self, using: &random)
    var shape = sound.shape
    kernels.add_note(
      count - Int(first),
      sound.partials.count,
      sound.partials,
      &shape,
      first - onset,
      out + Int(first)
    )
  }

  private func addRoom(to out: UnsafeMutablePointer<Float>, count: Int) {
    let level = (kernels.sum_of_squares(count, out) / Double(count)).squareRoot()
    var random = source.stream(.room)
    var room = conditions.room(rate: rate, level: level, using: &random)
    let delays = [room.delays.0, room.delays.1, room.delays.2, room.delays.3]
    var lines = 1
    while lines <= (delays.max() ?? 0) { lines *= 2 }
    var echoes = [Float](repeating: 0, count: 6 * lines)
    kernels.add_room(count, &room, UInt32(lines - 1), &echoes, out)
    var gain: Float = 1
    if let loudness = conditions.loudness, level > 0 {
      gain = Float(Decibels.factor(loudness) / level)
    }
    let peak = kernels.peak(count, out)
    if limits, peak * gain > Self.ceiling { gain = Self.ceiling / peak }
    if gain != 1 { kernels.scale(count, gain, out) }
  }
}
