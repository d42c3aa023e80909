import Tensors

/// A stretch of a recording with the notes that sound in it.
package struct NoteWindow: Sendable, Hashable {
  /// The samples, mono.
  package var samples: [Float]
  /// The piano roll at the frames of `LabelFrames`: 1 or 0, [F, 128].
  package var sounding: [UInt8]

  package init(samples: [Float], sounding: [UInt8]) {
    self.samples = samples
    self.sounding = sounding
  }
}

/// Endless windows of random music with their notes; a window (purpose, step, example) depends on the source and these three
/// alone.
///
/// Examples with the same remainder modulo `places` take their windows from one piece for `windowsPerPiece` steps, then from
/// another; the remainders change pieces at different steps. The latest recorded pieces are cached.
package struct NoteWindows: Sendable {
  package let source: RandomSource
  /// The number of samples in a window, a multiple of 128 from 256 on.
  package let window: Int
  /// Samples per second.
  package let rate: Double
  /// The largest number of pieces from which the examples of a step come.
  package let places: Int
  /// The number of steps for which an example stays with a piece.
  package let windowsPerPiece: Int
  /// The length of a piece, in seconds.
  package let pieceSeconds: Double
  private let cache: PieceCache

  /// - Parameter kept: the largest number of pieces in memory, 0.5 MB each at the usual length and rate.
  package init(
    source: RandomSource,
    window: Int,
    rate: Double = 11_000,
    pieceSeconds: Double = 12,
    places: Int = 32,
    windowsPerPiece: Int = 32,
    kept: Int = 80
  ) {
    precondition(LabelFrames.count(window: window) > 0, "a window has frames")
    precondition(places > 0 && windowsPerPiece > 0 && kept > 0, "there are pieces")
    precondition(pieceSeconds * rate >= Double(window), "a piece holds a window")
    self.source = source
    self.window = window
    self.rate = rate
    self.places = places
    self.windowsPerPiece = windowsPerPiece
    self.pieceSeconds = pieceSeconds
    cache = PieceCache(limit: kept)
  }

  /// Makes the windows `examples` of a step in parallel.
  package func batch(_ purpose: RandomPurpose, step: Int, examples: Range<Int>) -> [NoteWindow] {
    let empty = NoteWindow(samples: [], sounding: [])
    var windows = [NoteWindow](repeating: empty, count: examples.count)
    windows.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let places = buffer
      WorkerPool.shared.run(parts: examples.count) { part in
        places[part] = self.window(purpose, step: step, example: examples.lowerBound + part)
      }
    }
    return windows
  }

  /// Makes one window.
  package func window(_ purpose: RandomPurpose, step: Int, example: Int) -> NoteWindow {
    let stretch = stretch(purpose, step: step, example: example)
    return NoteWindow(
      samples: stretch.samples,
      sounding: LabelFrames.sounding(
        stretch.notes,
        start: stretch.start,
        window: window,
        rate: rate
      )
    )
  }

  /// Returns the samples of one window, the notes of its piece, and the index of its first sample in the piece.
  package func stretch(
    _ purpose: RandomPurpose,
    step: Int,
    example: Int
  ) -> (samples: [Float], start: Int, notes: [NoteEvent]) {
    precondition(step >= 0 && example >= 0, "steps and examples are counted from 0")
    let recording = recording(purpose, step: step, place: UInt32(example % places))
    var stream = source.stream(purpose, UInt64(step), UInt32(truncatingIfNeeded: example))
    let start = stream.index(below: recording.samples.count - window + 1)
    return (Array(recording.samples[start..<start + window]), start, recording.notes)
  }

  private func recording(_ purpose: RandomPurpose, step: Int, place: UInt32) -> PieceCache.Recording
  {
    var root = source.stream(purpose)
    let own = RandomSource(seed: root.next())
    let epoch = (UInt64(step) + 7 * UInt64(place)) / UInt64(windowsPerPiece)
    return cache.recording(PieceCache.Key(source: own, epoch: epoch, place: place)) {
      var seed = own.stream(.music, epoch, place)
      let piece = RandomPiece(source: RandomSource(seed: seed.next()), seconds: pieceSeconds)
      return PieceCache.Recording(notes: piece.notes, samples: piece.samples(rate: rate))
    }
  }
}
