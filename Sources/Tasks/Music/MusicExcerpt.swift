import Audio
import Tensors

/// Excerpts of music: the samples, and the notes with times from the start of the excerpt.
enum MusicExcerpt {
  private static let rate = Double(MusicForm.rate)

  /// Returns an excerpt of made-up music, of any duration.
  static func made(
    _ purpose: RandomPurpose,
    from start: Double,
    seconds: Double,
    source random: RandomSource
  ) -> (samples: [Float], notes: [NoteEvent]) {
    var seed = random.stream(purpose, .max)
    let piece = RandomPiece(source: RandomSource(seed: seed.next()), seconds: start + seconds)
    let samples = piece.samples(rate: rate)
    return (
      Array(samples.dropFirst(Int(start * rate)).prefix(Int(seconds * rate))),
      notes(piece.notes, from: start, to: start + seconds)
    )
  }

  /// Returns an excerpt of a recording, shorter if the recording ends.
  static func of(
    _ recording: Recording,
    _ notes: [NoteEvent],
    from start: Double,
    seconds: Double
  ) -> (samples: [Float], notes: [NoteEvent]) {
    let first = min(Int(start * rate), recording.count)
    let count = min(Int(seconds * rate), recording.count - first)
    var samples = [Float](repeating: 0, count: count)
    samples.withUnsafeMutableBufferPointer { recording.copy(from: first, into: $0) }
    return (samples, self.notes(notes, from: start, to: start + Double(count) / rate))
  }

  private static func notes(
    _ notes: [NoteEvent],
    from start: Double,
    to end: Double
  ) -> [NoteEvent] {
    notes.filter { $0.offset > start && $0.onset < end }.map { note in
      var note = note
      note.onset = max(0, note.onset - start)
      note.offset = min(end, note.offset) - start
      return note
    }
  }
}
