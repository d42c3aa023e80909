import Files
import Foundation
import Wording

/// Why a sound file cannot be used, with the file it is about.
package struct AudioError: LocalizedError, Equatable {
  /// What is wrong.
  package enum Fault: Equatable, Sendable {
    /// It cannot be read as a file.
    case file(FileReadError.Fault)
    /// It has no bytes, or no samples.
    case empty
    /// Its content is no sound that can be read; the reading library's reason.
    case noSound(reason: String)
    /// It is read by an outside decoder only, and there is none.
    case needsDecoder(ForeignFormat)
    /// It holds fewer frames than it promises.
    case truncated(frames: Int, promised: Int, rate: Int)
    /// Its sampling rate in Hz is beyond ``AudioReader/rates``.
    case rate(Int)
    /// The number of its channels is beyond ``AudioReader/mostChannels``.
    case channels(Int)
    /// A WAV file cannot hold so much.
    case tooLong
  }

  /// The file, as the user named it.
  package let file: String
  package let fault: Fault

  package init(file: String, _ fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// What is wrong with a file that should be a sound or hold sounds.
  package init(_ error: FileReadError) {
    self.init(file: error.file, error.fault == .empty ? .empty : .file(error.fault))
  }

  /// Runs `body`; what is wrong with a file as such is told as of a sound.
  package static func translating<Result: ~Copyable>(
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as FileReadError {
      throw AudioError(error)
    }
  }

  /// What is wrong and where.
  package var message: String { "\(file): \(reason)" }

  /// The whole in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }

  /// What is wrong, without the file.
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

  /// What can be done about it.
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
