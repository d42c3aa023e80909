import Foundation

/// A 16-bit WAV file with a recording on the left and the notes found in it on the right.
package enum Sonification {
  /// Samples per second.
  package static let rate = 22_050
  /// The number of seconds that are synthesised at a time.
  private static let portion = 10.0
  private static let portionFrames = Int(portion) * rate
  /// The gain of the synthesised notes, which makes them as loud as recordings.
  private static let noteGain: Float = 2.5

  /// Writes the bytes of the file.
  ///
  /// - Parameters:
  ///   - reader: the recording, at its beginning.
  ///   - frames: the number of frames that it holds.
  ///   - notes: the notes in order of onset.
  ///   - gain: the factor for the samples of the recording.
  ///   - wait: called at least ten times per second; its errors are rethrown.
  ///   - write: receives the next bytes.
  /// - Throws: `AudioError`; the errors of `wait` and `write`.
  package static func write(
    _ reader: AudioReader,
    frames: Int,
    notes: [NoteEvent],
    gain: Float = 1,
    wait: () throws -> Void = {},
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
        out[2 * index] = WavePCM.code(gain * sample)
        out[2 * index + 1] = WavePCM.code(Self.noteGain * player.next())
      }
      written += block.count
      try out.withUnsafeBytes(write)
    }
    while try reader.read({ try resampler.process($0, put) }) { try wait() }
    try resampler.finish(put)
    let silence = [Float](repeating: 0, count: count - written)
    try silence.withUnsafeBufferPointer(put)
  }

  /// Returns true if bytes are the beginning of a file written here.
  package static func isHeader(_ bytes: [UInt8]) -> Bool {
    guard let header = WavePCM.header(frames: 0, channels: 2, rate: rate) else { return false }
    let form = 8..<40
    return bytes.count >= header.count && bytes[form] == header[form]
  }

  /// A player of notes, sample by sample; each note is synthesised as a whole when it begins.
  private struct Player {
    private var notes: ArraySlice<NoteEvent>
    private var synthesiser = Synthesiser(rate: Double(Sonification.rate))
    /// The synthesised samples from the present portion on.
    private var samples: [Float] = []
    private var place = 0
    /// The number of the next portion.
    private var number = 0

    /// The seconds for which a note may sound after its end.
    private static let ringing = 2.0

    init(notes: [NoteEvent]) {
      self.notes = notes[...]
      synthesiser.limits = false
    }

    mutating func next() -> Float {
      if place == number * Sonification.portionFrames { advance() }
      defer { place += 1 }
      return samples[place - (number - 1) * Sonification.portionFrames]
    }

    private mutating func advance() {
      let start = Double(number) * Sonification.portion
      let begun = notes.prefix { $0.onset < start + Sonification.portion }
      notes = notes.dropFirst(begun.count)
      samples.removeFirst(min(samples.count, number == 0 ? 0 : Sonification.portionFrames))
      let heard = begun.map { note in
        var note = note
        note.onset -= start
        note.offset -= start
        return note
      }
      let end = heard.map(\.offset).max() ?? 0
      let new = synthesiser.render(
        heard,
        seconds: max(Sonification.portion, end + Self.ringing)
      )
      if samples.count < new.count {
        samples += [Float](repeating: 0, count: new.count - samples.count)
      }
      for (index, sample) in new.enumerated() { samples[index] += sample }
      number += 1
    }
  }
}
