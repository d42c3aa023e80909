import Audio
import Tensors

/// How windows of performances are cut and changed; with the files part of what a model was trained on.
package struct PerformanceForm: Hashable, Sendable, Codable {
  /// How a network hears a window.
  package enum Hearing: String, CaseIterable, Sendable, Codable {
    /// As the keys of a piano: each reads the harmonics of its string.
    case harmonics
    /// The rows of a spectrogram as they are.
    case spectrogram
  }

  /// The length of a window, a power of two, in samples at 11,000 Hz.
  package var window = 32768
  package var input = Hearing.harmonics
  /// The folder of the recordings, as the user wrote it; nil for made-up music.
  package var path: String?
  /// Training changes the loudness by up to so many dB, the tuning by up to so many semitones, and adds noise that lies
  /// at least so many dB below the music; nil for no noise.
  package var gain = 0.0
  package var pitch = 0.0
  package var noise: Double?
  /// Training moves the music by up to so many semitones up or down.
  package var transpose = 0
  /// How many milliseconds before they sound the notes of the recordings are written; nil for none. What is transcribed is
  /// placed so much later than it was learned.
  package var lead: Double?

  package init() {}

  /// Leads that there are, in milliseconds.
  package static let leads = 0.0...50

  /// Windows that there are, in samples.
  package static let windows = 1024...524_288
  /// Values that a network hears at a place.
  package static let features = PitchScale.ofNotes.reduce(0) { $0 + $1.count }
  /// Samples before and behind a window that are heard as well.
  package static let margin = Spectrogram.margin(of: PitchScale.ofNotes)
  /// Frames per second.
  package static let frameRate = Double(MusicForm.rate) / Double(Spectrogram.stride)

  /// Frames of a window; frame i is about its sample 128 (i + 1).
  package var frames: Int { window / Spectrogram.stride }
  /// Samples of a window with its margins.
  package var span: Int { window + 2 * Self.margin }

  /// Whether all values are such as commands take; those of a file may not be.
  package var isValid: Bool {
    Self.windows.contains(window) && window & (window - 1) == 0
      && (0...40).contains(gain) && (0...0.5).contains(pitch) && (0...100).contains(noise ?? 0)
      && (0...Spectrogram.largestShift).contains(transpose) && Self.leads.contains(lead ?? 0)
  }

  /// What training windows are put through.
  var augmentation: Augmentation {
    Augmentation(gain: gain, pitch: pitch, noise: noise.map { $0...$0 + MusicForm.noiseRange })
  }
}
