import Audio
import Tensors

/// Windows of music with all that is played in them: onsets, ends and velocities of notes, and the sustain pedal.
/// They are made up on demand, or cut from recordings.
///
/// A training window is a function of the seed, the step and its position in the batch; in recordings it is equally
/// likely to start at any sample.
package struct PerformanceData: Sendable {
  /// The source of the windows.
  package enum Source: Sendable {
    /// The built-in synthesiser.
    case made
    case recordings(PerformanceSet)
    /// Missing files: the model can be asked, but not trained.
    case missing
  }

  package let form: PerformanceForm
  package let batchSize: Int
  package let source: Source
  private let spectrogram: Spectrogram
  private let made: MadeWindows
  private let training: [PlayedRecording]
  /// The number of samples in the training recordings before each, and in all.
  private let firsts: [Int]

  package init(_ source: Source, form: PerformanceForm, batchSize: Int) {
    self.source = source
    self.form = form
    self.batchSize = batchSize
    spectrogram = Spectrogram(ofNotes: form.window)
    made = MadeWindows(window: form.span)
    if case .recordings(let set) = source { training = set[.train] } else { training = [] }
    firsts = training.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.recording.count) }
  }

  package let name = "performances"
  package var about: String { "tell onset, end and velocity of notes, and the pedal" }
  package var input: InputKind { form.input == .harmonics ? .harmonics : .spectrogram }
  package var inputSymbols: Int { PerformanceForm.features }
  package var outputSymbols: Int { PlayingRow.count }
  package var bins: [Int] { [form.frames] }

  package var hasExamples: Bool {
    if case .made = source { return true }
    return !training.isEmpty
  }

  package var hasHeldOutExamples: Bool {
    if case .made = source { return true }
    return !heldOut(.validation).isEmpty
  }

  /// Returns the recordings held out for validation or for tests; made-up music has none.
  package func heldOut(_ role: MusicNetSplit.Role) -> [PlayedRecording] {
    guard case .recordings(let set) = source else { return [] }
    return set[role]
  }

  /// A stretch of music with its playing.
  private struct Stretch {
    /// The samples, `span` in number.
    let samples: [Float]
    /// The sample of the recording at which the window starts, after the margin.
    let start: Int
    let playing: Playing
  }

  package func trainingBatch(
    step: Int,
    source random: RandomSource,
    interruption: (() throws -> Void)? = nil
  ) throws -> Batch {
    try trainingBatch(0..<batchSize, step: step, source: random, interruption: interruption)
  }

  package func trainingBatch(
    _ examples: Range<Int>,
    step: Int,
    source random: RandomSource,
    interruption: (() throws -> Void)?
  ) throws -> Batch {
    try interruption?()
    var labels = Labels(frames: form.frames, windows: examples.count)
    var shifts: [Int] = []
    var audio: [Float] = []
    let augmentation = form.augmentation
    for place in examples {
      let stretch = trainingStretch(step: step, place: place, random)
      var stream = random.stream(.augmentation, UInt64(step), UInt32(place))
      let shift =
        form.transpose > 0 ? stream.index(below: 2 * form.transpose + 1) - form.transpose : 0
      let changed = augmentation.stretched(stretch.samples, using: &stream)
      audio += changed.samples
      shifts.append(shift)
      let times = FrameTimes(start: stretch.start, frames: form.frames, stretch: changed.step)
      labels.add(stretch.playing, times, shift: shift)
    }
    let drawn = batch(audio, shifts: shifts, labels.targets)
    return Batch(drawn, from: examples.lowerBound, of: batchSize)
  }

  private func trainingStretch(step: Int, place: Int, _ random: RandomSource) -> Stretch {
    if training.isEmpty {
      return made(.trainingData, step: step, example: place, random)
    }
    var stream = random.stream(.trainingData, UInt64(step), UInt32(place))
    let sample = stream.index(below: firsts[firsts.count - 1])
    // The last recording that does not start after the sample.
    var (low, high) = (0, training.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firsts[middle] <= sample { low = middle } else { high = middle }
    }
    // Windows extend beyond both ends, so that what is there is heard as often as the rest.
    let start = sample - firsts[low] - form.window / 2
    return stretch(of: training[low], from: start)
  }

  private func stretch(of recording: PlayedRecording, from start: Int) -> Stretch {
    let samples = recording.recording.samples(
      from: start - PerformanceForm.margin,
      count: form.span
    )
    return Stretch(samples: samples, start: start, playing: recording.playing)
  }

  private func made(
    _ purpose: RandomPurpose,
    step: Int,
    example: Int,
    _ random: RandomSource
  ) -> Stretch {
    let made = made.windows(of: random).stretch(purpose, step: step, example: example)
    return Stretch(
      samples: made.samples,
      start: made.start + PerformanceForm.margin,
      playing: Playing(made.notes, isPerformed: true)
    )
  }

  /// A window of held-out music.
  package struct Window: Sendable {
    /// A batch of this window only.
    package let batch: Batch
    /// The notes as they sound, with times in seconds from frame 0.
    package let notes: [NoteEvent]
  }

  /// Returns a window of a held-out recording.
  ///
  /// - Parameter start: the sample at which it starts.
  package func window(of recording: PlayedRecording, from start: Int) -> Window {
    window(stretch(of: recording, from: start))
  }

  /// Returns a window of made-up music that training never uses.
  package func window(
    madeFor purpose: RandomPurpose,
    _ number: Int,
    source: RandomSource
  ) -> Window {
    window(made(purpose, step: number / 16, example: number % 16, source))
  }

  private func window(_ stretch: Stretch) -> Window {
    let first = Double(stretch.start + Spectrogram.stride) / Double(MusicForm.rate)
    return Window(
      batch: batch([stretch]),
      notes: stretch.playing.sounding.map { note in
        var note = note
        note.onset -= first
        note.offset -= first
        return note
      }
    )
  }

  /// Held-out music: a recording, or made up.
  package struct Piece: Sendable {
    package let name: String
    fileprivate let recording: PlayedRecording?

    package var isMade: Bool { recording == nil }
  }

  /// The music held out for tests, followed by that for validation.
  package var pieces: [Piece] {
    if case .made = source { return [Piece(name: name, recording: nil)] }
    return (heldOut(.test) + heldOut(.validation)).map { Piece(name: $0.name, recording: $0) }
  }

  /// Returns an excerpt of held-out music: its samples, and the notes as they sound, with times from its start.
  ///
  /// - Parameters:
  ///   - start: the start in seconds.
  ///   - seconds: the duration; made-up music has any duration requested.
  package func excerpt(
    of piece: Piece,
    from start: Double,
    seconds: Double,
    source random: RandomSource
  ) -> (samples: [Float], notes: [NoteEvent]) {
    guard let recording = piece.recording else {
      return MusicExcerpt.made(.testData, from: start, seconds: seconds, source: random)
    }
    let notes = recording.playing.sounding
    return MusicExcerpt.of(recording.recording, notes, from: start, seconds: seconds)
  }

  /// Returns windows of music whose playing is unknown.
  package func batch(hearing music: some SampleSource, from starts: [Int]) -> Batch {
    let silence = Playing([], isPerformed: false)
    return batch(
      starts.map { start in
        let samples = music.samples(from: start - PerformanceForm.margin, count: form.span)
        return Stretch(samples: samples, start: start, playing: silence)
      }
    )
  }

  private func batch(_ stretches: [Stretch]) -> Batch {
    var labels = Labels(frames: form.frames, windows: stretches.count)
    for stretch in stretches {
      labels.add(stretch.playing, FrameTimes(start: stretch.start, frames: form.frames), shift: 0)
    }
    let shifts = Array(repeating: 0, count: stretches.count)
    return batch(stretches.flatMap(\.samples), shifts: shifts, labels.targets)
  }

  private func batch(_ audio: [Float], shifts: [Int], _ targets: PlayingTargets) -> Batch {
    let starts = shifts.indices.map { $0 * form.span }
    return Batch(
      layout: SequenceLayout(length: form.frames, batch: shifts.count),
      input: .audio(spectrogram.frames(of: audio, starts: starts, shifts: shifts)),
      targets: targets
    )
  }
}

/// The targets of windows while they are collected.
private struct Labels {
  private let frames: Int
  private var values, weights: [Float]
  private var count = 0

  init(frames: Int, windows: Int) {
    self.frames = frames
    values = [Float](repeating: 0, count: windows * frames * PlayingRow.count)
    weights = values
  }

  mutating func add(_ playing: Playing, _ times: FrameTimes, shift: Int) {
    let size = frames * PlayingRow.count
    let place = count * size..<(count + 1) * size
    values.withUnsafeMutableBufferPointer { values in
      weights.withUnsafeMutableBufferPointer { weights in
        playing.label(
          times,
          shift: shift,
          UnsafeMutableBufferPointer(rebasing: values[place]),
          UnsafeMutableBufferPointer(rebasing: weights[place])
        )
      }
    }
    count += 1
  }

  var targets: PlayingTargets { PlayingTargets(frames: frames, values: values, weights: weights) }
}
