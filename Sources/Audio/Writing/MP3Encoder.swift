import CSndfile
import Foundation

/// An encoder of mono samples as MP3 with a constant bit rate, in memory.
///
/// Decoders output ``delay`` samples before the first one, unless they read the tag in the first frame and remove them.
/// The tag is missing if frames are too short for it, as at 32 kbit/s. LAME's arithmetic depends on the processor:
/// bytes may differ from machine to machine.
package struct MP3Encoder {
  /// The delay in samples of a decoder that does not read the tag: 576 by the encoder, 529 by the decoder.
  package static let delay = 1105

  /// The sample rate, one of those that MP3 supports.
  package let rate: Int
  /// The bit rate in kbit/s.
  package let kilobits: Int

  package init(rate: Int, kilobits: Int) {
    self.rate = rate
    self.kilobits = kilobits
  }

  /// Encodes all samples, which are −1 … 1, as a file; nil if the library does not write MP3, as before libsndfile 1.1.
  package func bytes(_ samples: [Float]) -> [UInt8]? {
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = 1
    info.format = Int32(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
    let sink = Sink()
    return withExtendedLifetime(sink) {
      var calls = Sink.calls
      guard
        let file = sf_open_virtual(
          &calls,
          Int32(SFM_WRITE),
          &info,
          Unmanaged.passUnretained(sink).toOpaque()
        )
      else { return nil }
      var mode = Int32(SF_BITRATE_MODE_CONSTANT)
      var level = compression
      sf_command(file, Int32(SFC_SET_BITRATE_MODE), &mode, Int32(MemoryLayout<Int32>.size))
      sf_command(file, Int32(SFC_SET_COMPRESSION_LEVEL), &level, Int32(MemoryLayout<Double>.size))
      let count = sf_count_t(samples.count)
      let written = sf_writef_float(file, samples, count)
      return sf_close(file) == 0 && written == count ? sink.bytes : nil
    }
  }

  /// The bit rate as the library's compression level: 0 for the highest of the sample rate's standard, 1 for the lowest.
  private var compression: Double {
    let limits = rate > 24_000 ? 32.0...320.0 : 8.0...160.0
    return (limits.upperBound - Double(kilobits)) / (limits.upperBound - limits.lowerBound)
  }
}

/// The bytes that the library writes, at any place.
private final class Sink {
  var bytes: [UInt8] = []
  private var place = 0

  static let calls = SF_VIRTUAL_IO(
    get_filelen: { sf_count_t(sink($0)?.bytes.count ?? 0) },
    seek: { sink($2)?.seek($0, $1) ?? -1 },
    read: { _, _, _ in 0 },
    write: { sink($2)?.write($0, $1) ?? 0 },
    tell: { sf_count_t(sink($0)?.place ?? 0) }
  )

  private static func sink(_ pointer: UnsafeMutableRawPointer?) -> Sink? {
    pointer.map { Unmanaged<Sink>.fromOpaque($0).takeUnretainedValue() }
  }

  private func seek(_ offset: sf_count_t, _ origin: Int32) -> sf_count_t {
    let start =
      switch origin {
      case SEEK_CUR: place
      case SEEK_END: bytes.count
      default: 0
      }
    place = max(0, start + Int(offset))
    return sf_count_t(place)
  }

  private func write(_ source: UnsafeRawPointer?, _ count: sf_count_t) -> sf_count_t {
    let new = UnsafeRawBufferPointer(start: source, count: Int(count))
    if bytes.count < place { bytes += [UInt8](repeating: 0, count: place - bytes.count) }
    let kept = min(bytes.count - place, new.count)
    bytes.replaceSubrange(place..<place + kept, with: new)
    place += new.count
    return count
  }
}
