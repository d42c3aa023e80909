import CSndfile
import Files
import Foundation
import Synchronization
import Tensors

/// Reads a sound file from beginning to end in blocks, its channels mixed to one.
///
/// Opens what libsndfile opens: WAV, FLAC, OGG, MP3, AIFF and more, told apart by their content. Nothing is
/// allocated by what a header says: memory does not depend on the file.
package final class AudioReader {
  /// The sampling rates that are accepted, in Hz.
  package static let rates = 1_000...1_000_000
  /// The largest number of channels.
  package static let mostChannels = 1024
  /// Values that are decoded at a time, all channels together.
  private static let blockValues = 1 << 16
  /// Streams of unknown length have a frame count near the largest number.
  private static let unknownLength = sf_count_t.max / 2
  /// Opening keeps its reasons in the library's globals.
  private static let opening = Mutex(())

  /// The file, as errors name it.
  package let name: String
  /// Frames per second.
  package let rate: Int
  package let channels: Int
  /// The frames that the file promises to hold.
  package let promisedFrames: Int
  /// The frames that were read so far.
  package private(set) var framesRead = 0
  /// Whether the file ended before it held what it promises.
  package private(set) var isTruncated = false

  private let allowsTruncation: Bool
  private let file: OpaquePointer
  private let source: OpenFile
  /// Whether the page that ends the stream is missing.
  private let lacksEnd: Bool
  private var interleaved = [Float](repeating: 0, count: AudioReader.blockValues)

  /// Opens the file at `path`.
  ///
  /// - Parameters:
  ///   - name: What errors call it; nil for the path.
  ///   - allowsTruncation: Whether a file that is cut off is read as far as it goes.
  /// - Throws: `AudioError`.
  package convenience init(
    path: String,
    name: String? = nil,
    allowsTruncation: Bool = false
  ) throws(AudioError) {
    let source: OpenFile
    do { source = try OpenFile(path: path, name: name ?? path) } catch { throw AudioError(error) }
    try self.init(source, allowsTruncation: allowsTruncation)
  }

  /// Reads an open file from its beginning.
  ///
  /// - Throws: `AudioError`.
  init(_ source: consuming OpenFile, allowsTruncation: Bool = false) throws(AudioError) {
    let opened = try Self.open(source)
    name = source.name
    self.allowsTruncation = allowsTruncation
    file = opened.file
    rate = Int(opened.info.samplerate)
    channels = Int(opened.info.channels)
    promisedFrames = opened.promised
    let isOgg = Int(opened.info.format) & SF_FORMAT_TYPEMASK == SF_FORMAT_OGG
    lacksEnd = isOgg && opened.info.frames > Self.unknownLength
    self.source = source
  }

  /// Reads a second descriptor of an open file from its beginning, as far as it goes.
  ///
  /// - Throws: `AudioError`.
  convenience init(duplicating file: borrowing OpenFile) throws(AudioError) {
    let source: OpenFile
    do {
      source = try OpenFile(duplicating: file.descriptor, name: file.name)
    } catch {
      throw AudioError(error)
    }
    try self.init(source, allowsTruncation: true)
  }

  deinit {
    sf_close(file)
  }

  /// The length that the file promises, in seconds.
  package var promisedSeconds: Double { Double(promisedFrames) / Double(rate) }

  /// The number of frames that one call of `read` gives, except the last.
  package var blockFrames: Int { Self.blockValues / channels }

  /// Hands the next block of samples to `body`, as the mean of the channels; false at the end.
  ///
  /// - Throws: `AudioError` for samples that are not finite and for files that are cut off; what `body`
  ///   throws.
  package func read(_ body: (UnsafeBufferPointer<Float>) throws -> Void) throws -> Bool {
    let frames = interleaved.withUnsafeMutableBufferPointer { buffer in
      // The buffer holds blockValues ≥ blockFrames · channels values.
      Int(sf_readf_float(file, buffer.baseAddress, sf_count_t(blockFrames)))
    }
    guard frames > 0 else {
      try checkEnd()
      return false
    }
    try withScratch(frames) { mixed in
      kernels.mix_channels(frames, channels, interleaved, mixed)
      let place = kernels.first_unbounded(frames, mixed)
      guard place == frames else {
        throw AudioError(file: name, .unboundedSample(frame: framesRead + place, rate: rate))
      }
      framesRead += frames
      try body(UnsafeBufferPointer(start: mixed, count: frames))
    }
    return true
  }

  private func checkEnd() throws(AudioError) {
    isTruncated = framesRead < promisedFrames || sf_error(file) != 0 || lacksEnd
    if isTruncated && !allowsTruncation {
      let promised = max(promisedFrames, framesRead + 1)
      throw AudioError(
        file: name,
        .truncated(frames: framesRead, promised: promised, rate: rate)
      )
    }
    if framesRead == 0 { throw AudioError(file: name, .empty) }
  }

  private struct Opened {
    let file: OpaquePointer
    let info: SF_INFO
    let promised: Int
  }

  /// Opens a sound and checks what it says of itself.
  private static func open(_ source: borrowing OpenFile) throws(AudioError) -> Opened {
    let (descriptor, name) = (source.descriptor, source.name)
    lseek(descriptor, 0, SEEK_SET)
    return try opening.withLock { (_) throws(AudioError) in
      var info = SF_INFO()
      // Whatever it is told, the library closes the descriptor of a file that it cannot open.
      let own = dup(descriptor)
      guard own >= 0 else { throw AudioError(file: name, .file(.system(errno))) }
      guard let file = sf_open_fd(own, Int32(SFM_READ), &info, 1) else {
        let report = AudioReport(of: nil)
        if let rate = report.number(after: "Sample Rate"), !rates.contains(rate) {
          throw AudioError(file: name, .rate(rate))
        }
        if let channels = report.number(after: "Channels"), !(1...mostChannels).contains(channels) {
          throw AudioError(file: name, .channels(channels))
        }
        throw AudioError(file: name, .noSound(reason: report.reason))
      }
      do throws(AudioError) {
        let promised = try check(info, AudioReport(of: file), name)
        return Opened(file: file, info: info, promised: promised)
      } catch {
        sf_close(file)
        throw error
      }
    }
  }

  /// Checks the facts of an opened file; gives the number of frames that it promises.
  private static func check(
    _ info: SF_INFO,
    _ report: AudioReport,
    _ name: String
  ) throws(AudioError) -> Int {
    guard rates.contains(Int(info.samplerate)) else {
      throw AudioError(file: name, .rate(Int(info.samplerate)))
    }
    guard (1...mostChannels).contains(Int(info.channels)) else {
      throw AudioError(file: name, .channels(Int(info.channels)))
    }
    let frames = info.frames > unknownLength ? 0 : max(0, Int(info.frames))
    return report.promisedFrames(of: frames)
  }
}
