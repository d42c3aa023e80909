import Foundation

/// How loud the notes of a recording begin.
package enum NoteLoudness {
  /// How loud a note is in the first tenth of a second, from the lowest harmonics of its pitch.
  private static let window = 1024
  private static let harmonics = [1.0, 2, 3, 4]
  /// Notes that are heard at a time.
  private static let portion = 64
  /// The velocity of notes that are as loud as the loudest tenth.
  private static let loudVelocity = 100.0
  /// Of all notes, the share that is less loud than these.
  private static let loudShare = 0.9
  /// The velocities that are given.
  private static let velocities = 8.0...127.0

  /// Gives notes the velocities of their loudness in the music that they were found in.
  ///
  /// Velocity 100 is where the loudest tenth of the notes begins; amplitudes are as the squares of velocities, so
  /// that half the velocity is 12 dB less.
  ///
  /// - Parameters:
  ///   - notes: with times in seconds from the first sample on.
  ///   - music: samples at 11,000 a second.
  ///   - done: told how many notes are done; what it throws is thrown.
  package static func velocities(
    of notes: [NoteEvent],
    in music: some SampleSource,
    done: (Int) throws -> Void
  ) rethrows -> [NoteEvent] {
    var levels: [Double] = []
    levels.reserveCapacity(notes.count)
    let spectrogram = Spectrogram(window: window)
    let size = spectrogram.frames * Spectrogram.features
    for first in stride(from: 0, to: notes.count, by: portion) {
      let part = notes[first..<min(first + portion, notes.count)]
      var samples: [Float] = []
      for note in part {
        let onset = Int(min(note.onset * Double(Recording.rate), Double(music.count)))
        samples += music.samples(from: onset - Spectrogram.margin, count: spectrogram.span)
      }
      let values = spectrogram.frames(
        of: samples,
        starts: part.indices.map { ($0 - first) * spectrogram.span },
        shifts: part.map { _ in 0 }
      )
      for (index, note) in part.enumerated() {
        levels.append(level(of: note.pitch, values[index * size..<(index + 1) * size]))
      }
      try done(levels.count)
    }
    guard !levels.isEmpty else { return notes }
    let sorted = levels.sorted()
    let loud = sorted[min(levels.count - 1, Int(loudShare * Double(levels.count)))]
    return zip(notes, levels).map { note, level in
      var note = note
      let velocity = loudVelocity * pow(10, (level - loud) / 40)
      note.velocity = Int(
        min(velocities.upperBound, max(velocities.lowerBound, velocity)).rounded()
      )
      return note
    }
  }

  /// The largest level of a pitch in some frames, in dB.
  private static func level(of pitch: Int, _ frames: ArraySlice<Float>) -> Double {
    let places = harmonics.compactMap { Spectrogram.place(of: Double(pitch) + 12 * log2($0)) }
    var power = 1e-12
    for row in stride(from: frames.startIndex, to: frames.endIndex, by: Spectrogram.features) {
      let sum = places.reduce(0.0) { sum, place in
        let amplitude = Spectrogram.amplitude(of: frames[row + place])
        return sum + amplitude * amplitude
      }
      power = max(power, sum)
    }
    return 10 * log10(power)
  }
}
