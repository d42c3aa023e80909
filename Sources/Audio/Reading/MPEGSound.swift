import CMPG123
import Files
import Glibc

/// A part of a file of MPEG audio, of any layer, that libmpg123 decodes.
///
/// libsndfile uses the same library, but lets it write to standard error and stops where it guesses the end of the sound.
final class MPEGSound: SoundSource {
  let rate: Int
  let channels: Int
  let promisedFrames: Int
  let remark: String? = nil
  let isCut = false

  private let decoder: OpaquePointer
  /// The window that the decoder reads through and that must outlive it.
  private let window: FileWindow

  /// True if the library's initialisation, done once, succeeded.
  private static let isReady = mpg123_init() == MPG123_OK.rawValue

  /// Opens a part of a file.
  ///
  /// - Parameter descriptor: the file's descriptor; it must stay open.
  /// - Throws: `AudioError`.
  init(_ descriptor: Int32, part: SoundPart, name: String) throws(AudioError) {
    var code: Int32 = 0
    guard Self.isReady, let decoder = mpg123_new(nil, &code) else {
      throw Self.error(code, name)
    }
    let window = FileWindow(descriptor, part)
    var (rate, channels, encoding) = (0, Int32(0), Int32(0))
    do throws(AudioError) {
      let flags = MPG123_QUIET.rawValue | MPG123_FORCE_FLOAT.rawValue | MPG123_SKIP_ID3V2.rawValue
      // Damage of any length is skipped.
      let steps: [() -> Int32] = [
        { mpg123_param2(decoder, Int32(MPG123_ADD_FLAGS.rawValue), Int(flags), 0) },
        { mpg123_param2(decoder, Int32(MPG123_RESYNC_LIMIT.rawValue), -1, 0) },
        { window.open(decoder) },
        { mpg123_getformat(decoder, &rate, &channels, &encoding) },
        // Frames with another number of channels are converted to that of the first.
        { mpg123_format_none(decoder) },
        { mpg123_format(decoder, rate, channels, encoding) },
      ]
      for step in steps {
        let code = step()
        guard code == MPG123_OK.rawValue else { throw Self.error(code, name) }
      }
      guard encoding == Int32(MPG123_ENC_FLOAT_32.rawValue) else {
        throw AudioError(file: name, .noSound(reason: "libmpg123 does not decode to floats"))
      }
    } catch {
      mpg123_delete(decoder)
      throw error
    }
    (self.decoder, self.window, self.rate, self.channels) = (decoder, window, rate, Int(channels))
    promisedFrames = part.hasNoLength ? 0 : max(0, Int(mpg123_length(decoder)))
  }

  deinit { mpg123_delete(decoder) }

  func read(_ frames: Int, into buffer: UnsafeMutableBufferPointer<Float>) -> Int? {
    precondition(buffer.count >= frames * channels, "room for the values of all channels")
    let size = channels * MemoryLayout<Float>.stride
    while true {
      var done = 0
      let code = mpg123_read(decoder, buffer.baseAddress, frames * size, &done)
      if done >= size { return done / size }
      guard code == MPG123_OK.rawValue || code == MPG123_NEW_FORMAT.rawValue else { return nil }
    }
  }

  private static func error(_ code: Int32, _ name: String) -> AudioError {
    let words = String(cString: mpg123_plain_strerror(code))
    return AudioError(file: name, .noSound(reason: "libmpg123: \(words)"))
  }
}
