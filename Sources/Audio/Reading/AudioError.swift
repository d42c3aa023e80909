import Files
import Foundation
import Wording

/// The reason why a sound file cannot be used, with the file.
package struct AudioError: LocalizedError, Equatable {
  /// The kinds of errors.
  package enum Fault: Equatable, Sendable {
    /// A file that cannot be read.
    case file(FileReadError.Fault)
    /// A file without bytes or without samples.
    case empty
    /// Content that is not readable sound, with the reading library's reason.
    case noSound(reason: String)
    /// A format that needs an external decoder, with none installed.
    case needsDecoder(ForeignFormat)
    /// A file with fewer frames than it promises.
    case truncated(frames: Int, promised: Int, rate: Int)
    /// A sampling rate in Hz outside ``AudioReader/rates``.
    case rate(Int)
    /// A number of channels outside 1 … ``AudioReader/mostChannels``.
    case channels(Int)
    /// Too much sound for a WAV file.
    case tooLong
  }

  /// The file as the user named it.
  package let file: String
  package let fault: Fault

  package init(file: String, _ fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// Translates the error of a file that should be or contain sound.
  package init(_ error: FileReadError) {
    self.init(file: error.file, error.fault == .empty ? .empty : .file(error.fault))
  }

  /// Runs `body`, and translates file errors to those of sounds.
  package static func translating<Result: ~Copyable>(
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as FileReadError {
      throw AudioError(error)
    }
  }

  /// The error with its file.
  package var message: String { "\(file): \(reason)" }

  /// The whole error in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }

  /// The error without its file.
  package var reason: String {
    switch fault {
    case .file(let fault): fault.reason
    case .empty: "there is no sound in it"
    case .noSound(let reason): "this is not a sound file that can be read (\(reason))"
    case .needsDecoder(let format):
      "this is \(format.rawValue), which needs \(ExternalDecoder.program), and that is not installed"
    case .truncated(let frames, let promised, let rate):
      "it is cut off after \(Self.time(frames, rate)): "
        + "it promises \(promised) frames and holds \(frames)"
    case .rate(let rate): "a rate of \(rate) Hz cannot be"
    case .channels(let count): "it has \(counted(count, "channel"))"
    case .tooLong: "a WAV file cannot hold so much sound"
    }
  }

  /// The remedy for the error.
  package var remedy: String {
    switch fault {
    case .file(.noFile): "give the path of a sound file"
    case .file(let fault): fault.remedy
    case .empty: "record or download it again"
    case .noSound:
      ExternalDecoder.installed == nil
        ? "give a WAV, FLAC, OGG, MP3 or AIFF file; many more are read with ffmpeg "
          + "(\(ExternalDecoder.installation))"
        : "give a sound file"
    case .needsDecoder:
      "install it: \(ExternalDecoder.installation); or save the sound as WAV or FLAC"
    case .truncated: "copy or download it again"
    case .rate:
      "save it again at a rate from \(AudioReader.rates.lowerBound) to "
        + "\(AudioReader.rates.upperBound) Hz"
    case .channels: "save it again with 1 to \(AudioReader.mostChannels) channels"
    case .tooLong: "divide the recording"
    }
  }

  private static func time(_ frame: Int, _ rate: Int) -> String {
    String(format: "%.3f s", Double(frame) / Double(max(rate, 1)))
  }
}
