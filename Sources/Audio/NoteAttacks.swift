import Tensors

/// The level of each pitch at every 128th sample of a recording, from which it finds the onsets and velocities of notes.
///
/// The transforms have 1,024 samples, which resolve times well. The level of a pitch is the power of its first three harmonics.
package struct NoteAttacks: Sendable {
  /// Levels in half decibels above −127 dB, [T, 128].
  private let levels: [UInt8]
  private let frames: Int

  private static let pitches = LabelFrames.notes
  private static let scales = [
    PitchScale(span: 1024, lowest: 0, stepsPerSemitone: 1, count: pitches)
  ]
  /// The distances of the first three harmonics from the first, in semitones.
  private static let harmonics = [0, 12, 19]
  private static let lowest: Float = -127
  /// The number of frames computed at a time.
  private static let portion = 1024

  /// Analyses music.
  ///
  /// - Parameters:
  ///   - music: samples at 11,000 per second.
  ///   - done: receives the number of frames that are done; its errors are rethrown.
  package init(of music: some SampleSource, done: (Int) throws -> Void) rethrows {
    let total = music.count / Spectrogram.stride + 1
    let spectrogram = Spectrogram(
      window: Self.portion * Spectrogram.stride,
      scales: Self.scales
    )
    let margin = (spectrogram.span - spectrogram.window) / 2
    var levels: [UInt8] = []
    levels.reserveCapacity((total + Self.portion) * Self.pitches)
    for first in stride(from: 0, to: total, by: Self.portion) {
      // Frame i of a window belongs to its sample 128 (i + 1).
      let start = Spectrogram.stride * (first - 1)
      let values = spectrogram.frames(
        of: music.samples(from: start - margin, count: spectrogram.span),
        starts: [0],
        shifts: [0]
      )
      levels += Self.levels(of: values)
      try done(min(total, first + Self.portion))
    }
    levels.removeLast(levels.count - total * Self.pitches)
    self.levels = levels
    frames = total
  }

  private static func levels(of values: [Float]) -> [UInt8] {
    let count = values.count / pitches
    return [UInt8](unsafeUninitializedCapacity: values.count) { buffer, filled in
      guard let out = buffer.baseAddress else { return }
      nonisolated(unsafe) let rows = out
      WorkerPool.shared.run(parts: (count + 63) / 64) { part in
        for frame in part * 64..<min(count, part * 64 + 64) {
          let powers = values[frame * pitches..<(frame + 1) * pitches].map { value in
            let amplitude = Spectrogram.amplitude(of: value)
            return amplitude * amplitude
          }
          for pitch in 0..<pitches {
            var power: Float = 0
            for step in harmonics where pitch + step < pitches { power += powers[pitch + step] }
            let level = 2 * (10 * Float(Real.log10(Double(power + 1e-13))) - lowest)
            rows[frame * pitches + pitch] = UInt8(max(0, min(255, level.rounded())))
          }
        }
      }
      filled = values.count
    }
  }

  /// Returns the level of a pitch at a frame in dB.
  private func level(_ pitch: Int, _ frame: Int) -> Double {
    let frame = max(0, min(frames - 1, frame))
    return Double(Self.lowest) + Double(levels[frame * Self.pitches + pitch]) / 2
  }

  // MARK: Onsets

  /// The number of frames before and after a frame between which a rise in level is measured.
  private static let reach = 2
  /// The number of frames before and after a detected onset in which the true one is sought.
  private static let (before, behind) = (8, 10)
  /// The least rise in level where a note begins, and where the same note is struck again, in dB.
  private static let (rise, strike) = (3.0, 7.0)
  /// The least number of frames between two strokes of a note.
  private static let gap = 6
  /// The level to which lower ones are raised, in dB.
  private static let floor = -80.0

  /// Returns the rise in a pitch's level around a frame, in dB.
  private func rise(_ pitch: Int, _ frame: Int) -> Double {
    guard frame >= Self.reach, frame + Self.reach < frames else { return 0 }
    return max(Self.floor, level(pitch, frame + Self.reach))
      - max(Self.floor, level(pitch, frame - Self.reach))
  }

  /// Returns the notes with onsets moved to where their pitches set in, with repeated strokes split into notes, and with
  /// velocities; notes of one pitch do not overlap.
  ///
  /// - Parameters:
  ///   - notes: the notes, with times in seconds from the first sample; those of one pitch do not overlap.
  ///   - leastFrames: the least length of a note in frames of 128 samples; shorter notes are left out.
  package func placed(_ notes: [NoteEvent], leastFrames: Int = 1) -> [NoteEvent] {
    let voices = Dictionary(grouping: notes, by: \.pitch).values.map {
      $0.sorted { $0.onset < $1.onset }
    }
    let placed = voices.flatMap { voice in
      var parts: [NoteEvent] = []
      for (index, note) in voice.enumerated() {
        let before = parts.last.map { frame(of: $0.offset) } ?? 0
        let next = index + 1 < voice.count ? frame(of: voice[index + 1].onset) : Int.max
        parts += strokes(of: note, in: before..<max(before + 1, next)).filter {
          frame(of: $0.offset) - frame(of: $0.onset) >= leastFrames
        }
      }
      return parts
    }
    return withVelocities(placed.sorted { ($0.onset, $0.pitch) < ($1.onset, $1.pitch) })
  }

  /// Frames per second.
  private static let rate = Double(Recording.rate) / Double(Spectrogram.stride)

  private func frame(of time: Double) -> Int {
    Int((max(0, min(time, NoteEvent.times.upperBound)) * Self.rate).rounded())
  }

  /// Returns the strokes of a note, one or more.
  ///
  /// - Parameter room: the frames from the end of the previous note of the same pitch to the beginning of the next one.
  private func strokes(of note: NoteEvent, in room: Range<Int>) -> [NoteEvent] {
    var first = max(room.lowerBound, frame(of: note.onset))
    let last = max(first + 1, frame(of: note.offset))
    let place = (max(room.lowerBound, first - Self.before)..<min(last, first + Self.behind + 1)).max
    {
      rise(note.pitch, $0) < rise(note.pitch, $1)
    }
    if let place, rise(note.pitch, place) >= Self.rise { first = place }
    var strokes = [first]
    var frame = first + Self.gap
    while frame < last - Self.reach {
      let rise = rise(note.pitch, frame)
      let isPeak =
        rise >= Self.strike && (-4...4).allSatisfy { self.rise(note.pitch, frame + $0) <= rise }
      if isPeak { strokes.append(frame) }
      frame += isPeak ? Self.gap : 1
    }
    return strokes.enumerated().map { index, stroke in
      var part = note
      part.onset = Double(stroke) / Self.rate
      let end = index + 1 < strokes.count ? strokes[index + 1] : max(last, stroke + 1)
      part.offset = Double(end) / Self.rate
      return part
    }
  }

  // MARK: Velocities

  /// The number of frames from the onset in which a note is loudest.
  private static let opening = 8
  /// The velocity at which the loudest tenth of the notes begins, and the share of the other notes.
  private static let (loudVelocity, loudShare) = (100.0, 0.9)
  private static let velocities = 8.0...127.0

  /// Returns the notes with velocities from their levels. The loudest tenth of the notes begins at velocity 100. Amplitude is
  /// proportional to the square of velocity, so half the velocity is 12 dB less.
  private func withVelocities(_ notes: [NoteEvent]) -> [NoteEvent] {
    let levels = notes.map { note in
      let first = frame(of: note.onset)
      return (first..<first + Self.opening).map { level(note.pitch, $0) }.max() ?? 0
    }
    guard !levels.isEmpty else { return notes }
    let loud = levels.sorted()[min(levels.count - 1, Int(Self.loudShare * Double(levels.count)))]
    return zip(notes, levels).map { note, level in
      var note = note
      let velocity = Self.loudVelocity * Real.pow(10, (level - loud) / 40)
      note.velocity = Int(
        min(Self.velocities.upperBound, max(Self.velocities.lowerBound, velocity)).rounded()
      )
      return note
    }
  }
}
