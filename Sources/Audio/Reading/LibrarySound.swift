import CSndfile
import Files
import Foundation
import Synchronization

/// A part of a file that libsndfile decodes: WAV, FLAC, OGG, AIFF and more, identified by their content.
final class LibrarySound: SoundSource {
  /// The threshold of unknown length; such streams have a frame count near the largest number.
  private static let unknownLength = sf_count_t.max / 2
  /// The lock for opening, because the library stores reasons for failure in globals.
  private static let opening = Mutex(())

  let rate: Int
  let channels: Int
  let promisedFrames: Int
  let remark: String? = nil

  /// The number of Ogg positions per frame; Opus counts at its highest rate.
  let positionsPerFrame: Int

  private static let opusRate = 48_000

  private let file: OpaquePointer
  /// The window that the file is read through and that must outlive it; nil if the library reads a descriptor.
  private let window: FileWindow?

  /// Opens a part of a file, and checks what it declares.
  ///
  /// - Parameters:
  ///   - descriptor: the file's descriptor; it must stay open.
  ///   - name: the file's name in errors.
  /// - Throws: `AudioError`.
  init(_ descriptor: Int32, part: SoundPart, name: String) throws(AudioError) {
    let opened = try Self.open(descriptor, part, name)
    (file, window) = (opened.file, opened.window)
    rate = Int(opened.info.samplerate)
    channels = Int(opened.info.channels)
    promisedFrames = opened.promised
    let isOpus = Int(opened.info.format) & SF_FORMAT_SUBMASK == SF_FORMAT_OPUS
    positionsPerFrame = isOpus ? Self.opusRate / max(1, rate) : 1
  }

  deinit { sf_close(file) }

  func read(_ frames: Int, into buffer: UnsafeMutableBufferPointer<Float>) -> Int? {
    precondition(buffer.count >= frames * channels, "room for the values of all channels")
    let count = Int(sf_readf_float(file, buffer.baseAddress, sf_count_t(frames)))
    return count > 0 ? count : nil
  }

  var isCut: Bool { sf_error(file) != 0 }

  private struct Opened {
    let file: OpaquePointer
    let window: FileWindow?
    let info: SF_INFO
    let promised: Int
  }

  private static func open(
    _ descriptor: Int32,
    _ part: SoundPart,
    _ name: String
  ) throws(AudioError) -> Opened {
    lseek(descriptor, 0, SEEK_SET)
    return try opening.withLock { (_) throws(AudioError) in
      var info = SF_INFO()
      let window = part.isWhole ? nil : FileWindow(descriptor, part)
      let opened: OpaquePointer?
      if let window {
        opened = window.open(&info)
      } else {
        // The library closes the descriptor of a file that it cannot open, whatever its argument says.
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw AudioError(file: name, .file(.system(errno))) }
        opened = sf_open_fd(own, Int32(SFM_READ), &info, 1)
      }
      guard let file = opened else { throw refusal(name) }
      do throws(AudioError) {
        let promised = try check(info, AudioReport(of: file), part, name)
        return Opened(file: file, window: window, info: info, promised: promised)
      } catch {
        sf_close(file)
        throw error
      }
    }
  }

  /// Returns the reason why the library has just refused to open a file.
  private static func refusal(_ name: String) -> AudioError {
    let report = AudioReport(of: nil)
    if let rate = report.number(after: "Sample Rate"), !AudioReader.rates.contains(rate) {
      return AudioError(file: name, .rate(rate))
    }
    if let channels = report.number(after: "Channels"),
      !(1...AudioReader.mostChannels).contains(channels)
    {
      return AudioError(file: name, .channels(channels))
    }
    return AudioError(file: name, .noSound(reason: report.reason))
  }

  /// Checks the facts of an opened file, and returns the number of frames that it promises.
  private static func check(
    _ info: SF_INFO,
    _ report: AudioReport,
    _ part: SoundPart,
    _ name: String
  ) throws(AudioError) -> Int {
    guard AudioReader.rates.contains(Int(info.samplerate)) else {
      throw AudioError(file: name, .rate(Int(info.samplerate)))
    }
    guard (1...AudioReader.mostChannels).contains(Int(info.channels)) else {
      throw AudioError(file: name, .channels(Int(info.channels)))
    }
    let frames = info.frames > unknownLength ? 0 : max(0, Int(info.frames))
    return part.promise?.frames(of: frames) ?? report.promisedFrames(of: frames)
  }
}
