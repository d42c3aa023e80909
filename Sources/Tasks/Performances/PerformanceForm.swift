import Audio
import Tensors

/// The spec for cutting and augmenting windows of performances; together with the files, part of what a model was
/// trained on.
package struct PerformanceForm: Hashable, Sendable, Codable {
  /// The form of a network's input for a window.
  package enum Hearing: String, CaseIterable, Sendable, Codable {
    /// The keys of a piano, each with the harmonics of its string.
    case harmonics
    /// The rows of a spectrogram.
    case spectrogram
  }

  /// The length of a window, a power of two, in samples at 11,000 Hz.
  package var window = 32768
  package var input = Hearing.harmonics
  /// The folder of the recordings, as the user wrote it; nil for made-up music.
  package var path: String?
  /// The augmentation in training: changes of the loudness by up to `gain` dB and of the tuning by up to `pitch`
  /// semitones, and noise at least `noise` dB below the music; nil for no noise.
  package var gain = 0.0
  package var pitch = 0.0
  package var noise: Double?
  /// The maximum transposition of the music in training, up or down, in semitones.
  package var transpose = 0
  /// The time by which the recordings' notes are written before they sound, in milliseconds; nil for none.
  /// Transcribed notes are delayed by as much.
  package var lead: Double?

  package init() {}

  /// The possible leads, in milliseconds.
  package static let leads = 0.0...50

  /// The possible lengths of windows, in samples.
  package static let windows = 1024...524_288
  /// The number of values that a network reads at a position.
  package static let features = PitchScale.ofNotes.reduce(0) { $0 + $1.count }
  /// The number of samples before and after a window that the network reads as well.
  package static let margin = Spectrogram.margin(of: PitchScale.ofNotes)
  /// The number of frames per second.
  package static let frameRate = Double(MusicForm.rate) / Double(Spectrogram.stride)

  /// The number of frames in a window; frame i is about its sample 128 (i + 1).
  package var frames: Int { window / Spectrogram.stride }
  /// The number of samples in a window with its margins.
  package var span: Int { window + 2 * Self.margin }

  /// True if all values are in the ranges that commands accept; those from a file may not be.
  package var isValid: Bool {
    Self.windows.contains(window) && window & (window - 1) == 0
      && (0...40).contains(gain) && (0...0.5).contains(pitch) && (0...100).contains(noise ?? 0)
      && (0...Spectrogram.largestShift).contains(transpose) && Self.leads.contains(lead ?? 0)
  }

  /// The augmentation of training windows.
  var augmentation: Augmentation {
    Augmentation(gain: gain, pitch: pitch, noise: noise.map { $0...$0 + MusicForm.noiseRange })
  }
}
