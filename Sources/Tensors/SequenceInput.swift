/// What kind of input a network reads, and data consist of.
package enum InputKind: String, Sendable, CaseIterable {
  case symbols, audio
  /// Rows of several values a place, of audio.
  case spectrogram

  /// Whether a network tells notes of it.
  package var isHeard: Bool { self != .symbols }
}

/// What a network reads, in the order of a layout.
package enum SequenceInput: Sendable {
  /// T numbers of symbols.
  case symbols([Int32])
  /// Audio: T samples, coefficients of its spectra, or T rows of spectrograms.
  case audio([Float])

  /// The symbols; what reads symbols is not given anything else.
  package var symbols: [Int32] {
    guard case .symbols(let symbols) = self else { preconditionFailure("symbols are read") }
    return symbols
  }
}

/// What a network is to say about an input.
package enum SequenceTargets: Sendable {
  /// The symbol at each of T positions.
  case symbols([Int32])
  /// The notes that sound in the frames of each window.
  case notes(NoteTargets)

  /// The symbols; what learns symbols is not given anything else.
  package var symbols: [Int32] {
    guard case .symbols(let symbols) = self else { preconditionFailure("symbols are learned") }
    return symbols
  }
}

/// Which notes sound in the frames of windows of audio.
package struct NoteTargets: Hashable, Sendable {
  /// Notes of a frame: the MIDI note numbers.
  package static let notes = 128
  /// Samples from one frame to the next.
  package static let stride = 128
  /// Frames of each window.
  package let frames: Int
  /// One flag per window, frame and note, in this order.
  package let flags: [UInt8]

  package init(frames: Int, flags: [UInt8]) {
    precondition(frames > 0 && flags.count.isMultiple(of: frames * Self.notes), "whole frames")
    self.frames = frames
    self.flags = flags
  }

  /// The number of windows.
  package var windows: Int { flags.count / (frames * Self.notes) }

  /// The samples of each window, whose frames are for its samples 128, 256, ….
  package var samples: Int { (frames + 1) * Self.stride }

  /// The frame in the middle, which is evaluated.
  package var middle: Int { frames / 2 }

  /// The flags of one frame of all windows, one after another.
  package func flags(ofFrame frame: Int) -> [UInt8] {
    (0..<windows).flatMap { window in
      let first = (window * frames + frame) * Self.notes
      return flags[first..<first + Self.notes]
    }
  }
}
