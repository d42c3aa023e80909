import Audio
import Tensors

/// Windows of music with the notes in them, made up on demand or cut from recordings.
///
/// A training window is a function of the seed, the step and its position in the batch. Of recordings, each window
/// that starts one second in, or a multiple of 512 samples later, is equally likely; the reference code iterates over
/// them in random order. Tests read a window every 128 samples, and judge the frame in its middle.
package struct MusicData: Sendable {
  /// The source of the windows.
  package enum Source: Sendable {
    /// The built-in synthesiser.
    case notes
    case recordings(MusicNetSet)
    /// Windows cut by the reference code.
    case windows(WindowFiles)
    /// Missing files: the model can be asked, but not trained.
    case missing
  }

  package let form: MusicForm
  package let batchSize: Int
  package let source: Source
  private let hearing: Hearing
  private let training: WindowList
  private let made: MadeWindows

  package static let largestBatch = 4096

  package init(_ source: Source, form: MusicForm, batchSize: Int) {
    self.source = source
    self.form = form
    self.batchSize = batchSize
    hearing = Hearing(form)
    training = WindowList(
      Self.recordings(in: source, for: .train),
      window: form.span,
      stride: MusicForm.trainingStride
    )
    made = MadeWindows(window: form.span)
  }

  package var name: String { form.path == nil ? "notes" : "musicnet" }
  package var about: String { "tell which notes sound" }
  package var input: InputKind { form.input == .spectrogram ? .spectrogram : .audio }
  package var inputSymbols: Int { form.input == .spectrogram ? form.features : 0 }
  package var outputSymbols: Int { NoteTargets.notes }
  package var bins: [Int] { [form.places] }

  package var hasExamples: Bool {
    trainingCount.map { $0 > 0 } ?? true
  }

  package var hasHeldOutExamples: Bool { !heldOut(.validation).isEmpty }

  /// The number of training windows; nil if unlimited.
  package var trainingCount: Int? {
    switch source {
    case .notes: nil
    case .windows(let files): files.count(.train)
    case .recordings, .missing: training.count
    }
  }

  /// The number of labelled frames in a window.
  package var frames: Int { LabelFrames.count(window: form.window) }

  private static func recordings(
    in source: Source,
    for role: MusicNetSplit.Role
  ) -> [LabelledRecording] {
    guard case .recordings(let set) = source else { return [] }
    return set.recordings(for: role)
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
    let windows: [NoteWindow]
    func drawn(below count: Int, _ window: (Int) -> NoteWindow) -> [NoteWindow] {
      examples.map { place in
        var stream = random.stream(.trainingData, UInt64(step), UInt32(place))
        return window(stream.index(below: count))
      }
    }
    func part(_ drawn: Batch) -> Batch {
      Batch(drawn, from: examples.lowerBound, of: batchSize)
    }
    switch source {
    case .notes:
      windows = made.windows(of: random).batch(.trainingData, step: step, examples: examples)
    case .windows(let files):
      let windows = drawn(below: files.count(.train)) {
        files.window($0, .train, frames: frames)
      }
      return part(batch(finished: windows))
    case .recordings, .missing: windows = drawn(below: training.count, training.window)
    }
    let augmentation = form.augmentation
    guard !augmentation.isNone || form.transpose > 0 else { return part(batch(windows)) }
    var shifts: [Int] = []
    let changed = zip(examples, windows).map { place, window in
      var stream = random.stream(.augmentation, UInt64(step), UInt32(place))
      shifts.append(
        form.transpose > 0 ? stream.index(below: 2 * form.transpose + 1) - form.transpose : 0
      )
      return NoteWindow(
        samples: augmentation.apply(to: window.samples, using: &stream),
        sounding: window.sounding
      )
    }
    return part(batch(changed, shifts: shifts))
  }

  /// Returns windows of music as a network reads them, whose labels would start at the samples `starts`; what sounds
  /// in them is unknown.
  package func batch(hearing music: some SampleSource, from starts: [Int]) -> Batch {
    let frames = LabelFrames.count(window: form.span)
    let silent = [UInt8](repeating: 0, count: frames * NoteTargets.notes)
    let margin = (form.span - form.window) / 2
    return batch(
      starts.map { start in
        NoteWindow(
          samples: music.samples(from: start - margin, count: form.span),
          sounding: silent
        )
      }
    )
  }

  /// Returns an excerpt of held-out music: its samples, and its notes with times from the start of the excerpt.
  ///
  /// - Parameters:
  ///   - start: the start in seconds.
  ///   - seconds: the duration; made-up music has any duration requested.
  package func excerpt(
    of music: HeldOut,
    from start: Double,
    seconds: Double,
    source random: RandomSource
  ) -> (samples: [Float], notes: [NoteEvent]) {
    guard case .list(let list) = music.content, let recording = list.recordings.first else {
      var purpose = RandomPurpose.examples
      if case .made(let own) = music.content { purpose = own }
      return MusicExcerpt.made(purpose, from: start, seconds: seconds, source: random)
    }
    return MusicExcerpt.of(recording.recording, recording.notes, from: start, seconds: seconds)
  }

  /// Returns a batch of windows that are already preprocessed.
  private func batch(finished windows: [NoteWindow]) -> Batch {
    Batch(
      layout: SequenceLayout(length: form.places, batch: windows.count),
      audio: windows.flatMap(\.samples),
      targets: NoteTargets(frames: frames, flags: windows.flatMap(\.sounding))
    )
  }

  /// Returns a batch of windows of `form.span` samples, preprocessed for a network.
  ///
  /// - Parameter shifts: the transposition of each window in semitones; nil for none.
  func batch(_ windows: [NoteWindow], shifts: [Int]? = nil) -> Batch {
    let shifts = shifts ?? Array(repeating: 0, count: windows.count)
    var audio: [Float] = []
    var flags: [UInt8] = []
    audio.reserveCapacity(windows.count * form.span)
    flags.reserveCapacity(windows.count * frames * NoteTargets.notes)
    // The labels are those of the samples in the middle.
    let first = (form.span - form.window) / 2 / LabelFrames.stride
    for (window, shift) in zip(windows, shifts) {
      audio += window.samples
      for frame in first..<first + frames {
        let row = window.sounding[frame * NoteTargets.notes..<(frame + 1) * NoteTargets.notes]
        flags += row.shifted(by: shift)
      }
    }
    return Batch(
      layout: SequenceLayout(length: form.places, batch: windows.count),
      audio: hearing.hear(audio, count: windows.count, shifts: shifts),
      targets: NoteTargets(frames: frames, flags: flags)
    )
  }

  // MARK: Tests

  /// Music held out from training, a recording or made up.
  package struct HeldOut: Sendable {
    /// The name: the number of a recording, the role of a file of windows, or `notes`.
    package let name: String
    /// The number of its windows, one for each frame that is judged; nil if unlimited.
    package let windows: Int?
    fileprivate let content: Content

    fileprivate enum Content: Sendable {
      /// Made-up music from streams of a purpose.
      case made(RandomPurpose)
      case list(WindowList)
      case file(WindowFiles, MusicNetSplit.Role)
    }

    /// True if there is sound, not only windows.
    package var hasSound: Bool {
      if case .file = content { return false }
      return true
    }
  }

  /// Returns the music held out for validation or for tests.
  package func heldOut(_ role: MusicNetSplit.Role) -> [HeldOut] {
    switch source {
    case .notes:
      let purpose: RandomPurpose = role == .test ? .testData : .examples
      return [HeldOut(name: "notes", windows: nil, content: .made(purpose))]
    case .windows(let files) where files.count(role) > 0:
      return [
        HeldOut(name: role.rawValue, windows: files.count(role), content: .file(files, role))
      ]
    case .windows, .recordings, .missing: break
    }
    return Self.recordings(in: source, for: role).compactMap { recording in
      let list = WindowList(
        [recording],
        window: form.span,
        stride: MusicForm.testStride
      )
      return list.count == 0
        ? nil : HeldOut(name: recording.id, windows: list.count, content: .list(list))
    }
  }

  /// Returns windows of held-out music by their numbers, which are below `windows`.
  ///
  /// - Parameter source: the random source of made-up music.
  package func batch(
    of music: HeldOut,
    _ numbers: some Sequence<Int>,
    source random: RandomSource
  ) -> Batch {
    switch music.content {
    case .made(let purpose):
      let made = made.windows(of: random)
      return batch(
        numbers.map { number in
          made.window(
            purpose,
            step: number / Self.places,
            example: number % Self.places
          )
        }
      )
    case .list(let list): return batch(numbers.map(list.window))
    case .file(let files, let role):
      return batch(finished: numbers.map { files.window($0, role, frames: frames) })
    }
  }

  /// The number of positions in a batch of made-up music, each with its own pieces.
  private static let places = 16
}

/// The preprocessing of samples for a network.
private enum Hearing {
  case samples
  case spectrum(Spectrum)
  case spectrogram(Spectrogram)

  init(_ form: MusicForm) {
    self =
      switch form.input {
      case .raw: .samples
      case .fourier: .spectrum(Spectrum(window: form.window, multiplier: form.multiplier))
      case .spectrogram: .spectrogram(Spectrogram(window: form.window))
      }
  }

  /// - Parameter samples: the samples of `count` windows, one after another.
  func hear(_ samples: [Float], count: Int, shifts: [Int]) -> [Float] {
    let starts = (0..<count).map { $0 * (samples.count / count) }
    return switch self {
    case .samples: samples
    case .spectrum(let spectrum): spectrum.coefficients(samples, starts: starts)
    case .spectrogram(let spectrogram):
      spectrogram.frames(of: samples, starts: starts, shifts: shifts)
    }
  }
}

extension ArraySlice<UInt8> {
  /// Returns the flags of notes transposed up by a number of semitones; those out of range are lost.
  fileprivate func shifted(by shift: Int) -> [UInt8] {
    guard shift != 0 else { return Array(self) }
    let silent = [UInt8](repeating: 0, count: Swift.min(abs(shift), count))
    return shift > 0 ? silent + dropLast(shift) : Array(dropFirst(-shift)) + silent
  }
}

/// The windows of recordings, numbered consecutively.
private struct WindowList: Sendable {
  let recordings: [LabelledRecording]
  private let window: Int
  private let stride: Int
  /// The number of windows before each recording, and in all.
  private let firsts: [Int]

  init(_ recordings: [LabelledRecording], window: Int, stride: Int) {
    self.recordings = recordings
    self.window = window
    self.stride = stride
    firsts = recordings.reduce(into: [0]) { firsts, recording in
      let room = recording.recording.count - MusicForm.skipped - window
      firsts.append((firsts.last ?? 0) + (room < 0 ? 0 : room / stride + 1))
    }
  }

  var count: Int { firsts.last ?? 0 }

  func window(_ number: Int) -> NoteWindow {
    precondition(number >= 0 && number < count, "one of the windows")
    // The last recording whose first window is not after this one.
    var (low, high) = (0, recordings.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firsts[middle] <= number { low = middle } else { high = middle }
    }
    let start = MusicForm.skipped + (number - firsts[low]) * stride
    var samples = [Float](repeating: 0, count: window)
    samples.withUnsafeMutableBufferPointer { recordings[low].recording.copy(from: start, into: $0) }
    let times = (1...LabelFrames.count(window: window)).map {
      Double(start + LabelFrames.stride * $0) / Double(MusicForm.rate)
    }
    return NoteWindow(samples: samples, sounding: recordings[low].roll.flags(at: times))
  }
}
