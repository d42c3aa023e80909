import Audio

/// The form of a network's input for a window.
package enum AudioForm: String, CaseIterable, Sendable, Codable {
  /// The samples.
  case raw
  /// The first half of the coefficients of the real Fourier transform, real and imaginary parts alternating.
  case fourier
  /// The spectrogram: the loudness of each pitch, frame by frame.
  case spectrogram
}

/// The spec for cutting and augmenting windows of music; together with the files, part of what a model was trained on.
package struct MusicForm: Hashable, Sendable, Codable {
  /// The length of a window, a power of two: samples at 11,000 Hz, or parts of Fourier coefficients.
  package var window = 2048
  package var input = AudioForm.raw
  /// The number of samples for each value of a spectrum, 1, 2, 4 or 8; 1 for raw input.
  package var multiplier = 1
  /// The folder or archive of the recordings, as the user wrote it; nil for made-up music.
  package var path: String?
  /// The assignment of recordings to training, validation and test.
  package var split = MusicNetSplit.original
  /// The augmentation in training: changes of the loudness by up to `gain` dB and of the pitch by up to `pitch`
  /// semitones, and noise at least `noise` dB below the music; nil for no noise.
  package var gain = 0.0
  package var pitch = 0.0
  package var noise: Double?
  /// The maximum transposition of the music and its labels in training, up or down, in semitones; spectrograms only.
  package var transpose = 0

  package init() {}

  /// The number of samples per second.
  package static let rate = 11_000
  /// The number of samples from one window to the next: in training, and in tests, where it is that of label frames.
  package static let trainingStride = 512
  package static let testStride = LabelFrames.stride
  /// The number of samples skipped at the beginning of a recording.
  package static let skipped = 11_000
  /// The range of noise levels: noise is from `noise` to `noise + noiseRange` dB below the music.
  static let noiseRange = 20.0

  /// The number of samples from which a window is made; the labels are those of the `window` samples in their middle.
  package var span: Int {
    input == .spectrogram ? window + 2 * Spectrogram.margin : window * multiplier
  }

  /// The number of positions in a window as the network reads it.
  package var places: Int { input == .spectrogram ? window / Spectrogram.stride : window }

  /// The number of values at a position.
  package var features: Int { input == .spectrogram ? Spectrogram.features : 1 }

  /// Returns the possible lengths of windows.
  package static func windows(_ input: AudioForm) -> ClosedRange<Int> {
    input == .spectrogram ? 512...65536 : 256...8192
  }

  /// True if all values are in the ranges that commands accept; those from a file may not be.
  package var isValid: Bool {
    Self.windows(input).contains(window) && window & (window - 1) == 0
      && [1, 2, 4, 8].contains(multiplier) && (multiplier == 1 || input == .fourier)
      && (0...40).contains(gain) && (0...0.5).contains(pitch)
      && (0...100).contains(noise ?? 0)
      && (transpose == 0 || input == .spectrogram)
      && (0...Spectrogram.largestShift).contains(transpose)
  }

  /// The augmentation of training windows.
  var augmentation: Augmentation {
    Augmentation(gain: gain, pitch: pitch, noise: noise.map { $0...$0 + Self.noiseRange })
  }
}
