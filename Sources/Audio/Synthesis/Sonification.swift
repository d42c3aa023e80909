import Foundation

/// A recording on the left and notes that were found in it on the right, as a WAV file of 16 bits.
package enum Sonification {
  /// Samples per second.
  package static let rate = 22_050
  /// Seconds that are synthesised at a time.
  private static let portion = 10.0
  /// Seconds over which one portion goes over into the next.
  private static let overlap = 0.03
  /// Notes are played with this share of their velocities, so that chords are not too loud.
  private static let force = 0.7

  /// Hands out the bytes of the file.
  ///
  /// - Parameters:
  ///   - reader: the recording, at its beginning.
  ///   - frames: the frames that it holds.
  ///   - notes: in order of onset.
  ///   - write: takes the next bytes.
  /// - Throws: `AudioError`; what `write` throws.
  package static func write(
    _ reader: AudioReader,
    frames: Int,
    notes: [NoteEvent],
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let count = (frames * rate + reader.rate - 1) / reader.rate
    guard let header = WavePCM.header(frames: count, channels: 2, rate: rate) else {
      throw AudioError(file: reader.name, .tooLong)
    }
    try header.withUnsafeBytes(write)
    var player = Player(notes: notes)
    let resampler = Resampler(from: reader.rate, to: rate)
    var written = 0
    func put(_ block: UnsafeBufferPointer<Float>) throws {
      let block = block.prefix(count - written)
      var out = [Int16](repeating: 0, count: 2 * block.count)
      for (index, sample) in block.enumerated() {
        out[2 * index] = WavePCM.code(sample)
        out[2 * index + 1] = WavePCM.code(player.next())
      }
      written += block.count
      try out.withUnsafeBytes(write)
    }
    while try reader.read({ try resampler.process($0, put) }) {}
    try resampler.finish(put)
    let silence = [Float](repeating: 0, count: count - written)
    try silence.withUnsafeBufferPointer(put)
  }

  /// Plays notes sample by sample.
  private struct Player {
    private let notes: [NoteEvent]
    private let synthesiser = Synthesiser(rate: Double(Sonification.rate))
    private var samples: [Float] = []
    private var place = 0
    /// The portion that comes next.
    private var number = 0
    /// What the last portion goes over with into the next.
    private var tail: [Float] = []

    /// Seconds for which a note may be heard after its end.
    private static let ringing = 2.0

    init(notes: [NoteEvent]) {
      self.notes = notes.map { note in
        var note = note
        note.velocity = max(1, Int(Sonification.force * Double(note.velocity)))
        return note
      }
    }

    mutating func next() -> Float {
      if place == samples.count { render() }
      defer { place += 1 }
      return samples[place]
    }

    private mutating func render() {
      let start = Double(number) * Sonification.portion
      let end = start + Sonification.portion + Sonification.overlap
      let heard = notes.filter { $0.onset < end && $0.offset + Self.ringing > start }.map {
        var note = $0
        note.onset -= start
        note.offset -= start
        return note
      }
      samples = synthesiser.render(heard, seconds: Sonification.portion + Sonification.overlap)
      for (index, old) in tail.enumerated() {
        let share = Float(index) / Float(tail.count)
        samples[index] = share * samples[index] + (1 - share) * old
      }
      let length = Int(Sonification.portion * Double(Sonification.rate))
      tail = Array(samples[length...])
      samples.removeLast(samples.count - length)
      (place, number) = (0, number + 1)
    }
  }
}
