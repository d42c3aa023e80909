import Foundation

/// Why a sound file cannot be used, with the file it is about.
package struct AudioError: LocalizedError, Equatable {
  /// What is wrong.
  package enum Fault: Equatable, Sendable {
    /// The system cannot open or read it; the error number.
    case system(Int32)
    /// It is a folder, a pipe or a device.
    case noFile
    /// It has no bytes, or no samples.
    case empty
    /// Its content is no sound that can be read; the reading library's reason.
    case noSound(reason: String)
    /// It holds fewer frames than it promises.
    case truncated(frames: Int, promised: Int, rate: Int)
    /// Its sampling rate in Hz is beyond ``AudioReader/rates``.
    case rate(Int)
    /// The number of its channels is beyond ``AudioReader/mostChannels``.
    case channels(Int)
    /// A sample is infinite or no number.
    case unboundedSample(frame: Int, rate: Int)
    /// An archive cannot be read further; the reading library's reason.
    case archive(reason: String)
    /// A WAV file cannot hold so much.
    case tooLong
    /// There is no folder that could keep its samples or its unpacked files; the reason.
    case noRoom(reason: String)
  }

  /// The file, as the user named it.
  package let file: String
  package let fault: Fault

  package init(file: String, _ fault: Fault) {
    self.file = file
    self.fault = fault
  }

  /// What is wrong and where.
  package var message: String { "\(file): \(reason)" }

  /// The whole in one sentence.
  package var errorDescription: String? { "\(message); \(remedy)" }

  /// What is wrong, without the file.
  package var reason: String {
    switch fault {
    case .system(let code): String(cString: strerror(code)).lowercased()
    case .noFile: "this is not a regular file"
    case .empty: "there is no sound in it"
    case .noSound(let reason): "this is not a sound file that can be read (\(reason))"
    case .truncated(let frames, let promised, let rate):
      "it is cut off after \(Self.time(frames, rate)): "
        + "it promises \(promised) frames and holds \(frames)"
    case .rate(let rate): "a rate of \(rate) Hz cannot be"
    case .channels(let count): "it has \(count) channels"
    case .unboundedSample(let frame, let rate):
      "the sample at \(Self.time(frame, rate)) is not a finite number"
    case .archive(let reason): "the archive cannot be read (\(reason))"
    case .tooLong: "a WAV file cannot hold so much sound"
    case .noRoom(let reason): "what is in it cannot be kept while it is read (\(reason))"
    }
  }

  /// What can be done about it.
  package var remedy: String {
    switch fault {
    case .system(let code) where code == ENOENT || code == ENOTDIR: "correct the path"
    case .system: "check the file and its permissions"
    case .noFile: "give the path of a sound file"
    case .empty: "record or download it again"
    case .noSound: "give a WAV, FLAC, OGG, MP3 or AIFF file"
    case .truncated: "copy or download it again"
    case .rate:
      "save it again at a rate from \(AudioReader.rates.lowerBound) to "
        + "\(AudioReader.rates.upperBound) Hz"
    case .channels: "save it again with 1 to \(AudioReader.mostChannels) channels"
    case .unboundedSample: "save it again from the original sound"
    case .archive: "download it again"
    case .tooLong: "divide the recording"
    case .noRoom: "free some space, or set TMPDIR to a folder that can be written"
    }
  }

  private static func time(_ frame: Int, _ rate: Int) -> String {
    String(format: "%.3f s", Double(frame) / Double(max(rate, 1)))
  }
}
