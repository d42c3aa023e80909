import Tensors

/// A stretch of a recording and the notes that sound in it.
package struct NoteWindow: Sendable, Hashable {
  /// The samples, mono.
  package var samples: [Float]
  /// Which notes sound at the frames of `LabelFrames`: 1 or 0, [F, 128].
  package var sounding: [UInt8]

  package init(samples: [Float], sounding: [UInt8]) {
    self.samples = samples
    self.sounding = sounding
  }
}

/// Endless windows of made-up music with their notes: window (purpose, step, example) is a function of
/// the source and these three alone.
///
/// Every place of a batch takes its windows from one piece for `windowsPerPiece` steps and then from
/// another one; the places change at different steps. Recorded pieces are kept for as long as a batch
/// of up to `pieces` places needs them.
package struct NoteWindows: Sendable {
  package let source: RandomSource
  /// Samples of a window; a multiple of 128 from 256 on.
  package let window: Int
  /// Samples per second.
  package let rate: Double
  /// Steps for which a place of a batch stays with a piece.
  package let windowsPerPiece: Int
  /// The length of a piece, in seconds.
  package let pieceSeconds: Double
  private let cache: PieceCache

  package init(
    source: RandomSource,
    window: Int,
    rate: Double = 11_000,
    pieceSeconds: Double = 12,
    windowsPerPiece: Int = 32,
    pieces: Int = 64
  ) {
    precondition(LabelFrames.count(window: window) > 0 && windowsPerPiece > 0 && pieces > 0)
    precondition(pieceSeconds * rate >= Double(window), "a piece holds a window")
    self.source = source
    self.window = window
    self.rate = rate
    self.windowsPerPiece = windowsPerPiece
    self.pieceSeconds = pieceSeconds
    cache = PieceCache(limit: pieces)
  }

  /// The windows `examples` of a step, several at the same time.
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

  /// One window.
  package func window(_ purpose: RandomPurpose, step: Int, example: Int) -> NoteWindow {
    precondition(step >= 0 && example >= 0, "steps and examples are counted from 0")
    let slot = UInt32(truncatingIfNeeded: example)
    let recording = recording(purpose, step: step, slot: slot)
    var stream = source.stream(purpose, UInt64(step), slot)
    let start = stream.index(below: recording.samples.count - window + 1)
    return NoteWindow(
      samples: Array(recording.samples[start..<start + window]),
      sounding: LabelFrames.sounding(recording.notes, start: start, window: window, rate: rate)
    )
  }

  private func recording(_ purpose: RandomPurpose, step: Int, slot: UInt32) -> PieceCache.Recording
  {
    var root = source.stream(purpose)
    let own = RandomSource(seed: root.next())
    let epoch = (UInt64(step) + 7 * UInt64(slot)) / UInt64(windowsPerPiece)
    return cache.recording(PieceCache.Key(source: own, epoch: epoch, slot: slot)) {
      var seed = own.stream(.music, epoch, slot)
      let piece = RandomPiece(source: RandomSource(seed: seed.next()), seconds: pieceSeconds)
      return PieceCache.Recording(notes: piece.notes, samples: piece.samples(rate: rate))
    }
  }
}
