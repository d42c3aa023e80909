import Audio

/// What a network hears of a window.
package enum AudioForm: String, CaseIterable, Sendable, Codable {
  /// Its samples.
  case raw
  /// The first half of the coefficients of its real Fourier transform, real and imaginary parts in turn.
  case fourier
  /// Its spectrogram: how loud each pitch is, frame by frame.
  case spectrogram
}

/// How windows of music are cut and changed; with the files part of what a model was trained on.
package struct MusicForm: Hashable, Sendable, Codable {
  /// The length of a window, a power of two: samples at 11,000 Hz, or parts of Fourier coefficients.
  package var window = 2048
  package var input = AudioForm.raw
  /// How many times as many samples as values a spectrum is of, 1, 2, 4 or 8; 1 for raw input.
  package var multiplier = 1
  /// The folder or archive of the recordings, as the user wrote it; nil for made-up music.
  package var path: String?
  /// Which recordings train, validate and test.
  package var split = MusicNetSplit.original
  /// Training changes the loudness by up to so many dB, the pitch by up to so many semitones, and adds noise
  /// that lies at least so many dB below the music; nil for no noise.
  package var gain = 0.0
  package var pitch = 0.0
  package var noise: Double?
  /// Training moves the music by up to so many semitones up or down, its labels too; spectrograms only.
  package var transpose = 0

  package init() {}

  /// Samples of a second.
  package static let rate = 11_000
  /// Samples from one window to the next: in training, and in tests, where it is that of label frames.
  package static let trainingStride = 512
  package static let testStride = LabelFrames.stride
  /// Samples at the beginning of a recording that are left out.
  package static let skipped = 11_000
  /// How far below the music added noise may lie beyond `noise`, in dB.
  static let noiseRange = 20.0

  /// Samples that a window is made of; labels are of the `window` ones in their middle.
  package var span: Int {
    input == .spectrogram ? window + 2 * Spectrogram.margin : window * multiplier
  }

  /// Positions of a window in what the network reads.
  package var places: Int { input == .spectrogram ? window / Spectrogram.stride : window }

  /// Values of a position.
  package var features: Int { input == .spectrogram ? Spectrogram.features : 1 }

  /// Windows that there are.
  package static func windows(_ input: AudioForm) -> ClosedRange<Int> {
    input == .spectrogram ? 512...65536 : 256...8192
  }

  /// Whether all values are such as commands take; those of a file may not be.
  package var isValid: Bool {
    Self.windows(input).contains(window) && window & (window - 1) == 0
      && [1, 2, 4, 8].contains(multiplier) && (multiplier == 1 || input == .fourier)
      && (0...40).contains(gain) && (0...0.5).contains(pitch)
      && (0...100).contains(noise ?? 0)
      && (transpose == 0 || input == .spectrogram)
      && (0...Spectrogram.largestShift).contains(transpose)
  }

  /// What training windows are put through.
  var augmentation: Augmentation {
    Augmentation(gain: gain, pitch: pitch, noise: noise.map { $0...$0 + Self.noiseRange })
  }
}
