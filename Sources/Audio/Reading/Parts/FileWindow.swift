import CMPG123
import CSndfile
import Glibc

/// A part of an open file as the only content that libraries see.
final class FileWindow {
  private let descriptor: Int32
  private let part: SoundPart
  /// The byte offset of the next read, from the start of the part.
  private var position = 0

  private var count: Int { part.prefix.count + part.bytes.count }

  /// - Parameter descriptor: the file's descriptor; it must stay open.
  init(_ descriptor: Int32, _ part: SoundPart) {
    self.descriptor = descriptor
    self.part = part
  }

  /// Opens the part with libsndfile; nil if the library refuses. The window must outlive the result.
  func open(_ info: inout SF_INFO) -> OpaquePointer? {
    var callbacks = SF_VIRTUAL_IO(
      get_filelen: { window in sf_count_t(FileWindow.of(window).count) },
      seek: { offset, origin, window in FileWindow.of(window).seek(offset, origin) },
      read: { bytes, count, window in FileWindow.of(window).read(bytes, count) },
      write: { _, _, _ in 0 },
      tell: { window in sf_count_t(FileWindow.of(window).position) }
    )
    let own = Unmanaged.passUnretained(self).toOpaque()
    return sf_open_virtual(&callbacks, Int32(SFM_READ), &info, own)
  }

  /// Opens the part with libmpg123, and returns its code. The window must outlive the decoder.
  func open(_ decoder: OpaquePointer) -> Int32 {
    mpg123_replace_reader_handle(
      decoder,
      { window, bytes, count in Int(FileWindow.of(window).read(bytes, sf_count_t(count))) },
      { window, offset, origin in off_t(FileWindow.of(window).seek(sf_count_t(offset), origin)) },
      nil
    )
    return mpg123_open_handle(decoder, Unmanaged.passUnretained(self).toOpaque())
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> FileWindow {
    guard let pointer else { preconditionFailure("the library keeps what it was given") }
    return Unmanaged<FileWindow>.fromOpaque(pointer).takeUnretainedValue()
  }

  private func seek(_ offset: sf_count_t, _ origin: Int32) -> sf_count_t {
    let start =
      switch origin {
      case SEEK_CUR: position
      case SEEK_END: count
      default: 0
      }
    let (target, overflows) = start.addingReportingOverflow(Int(offset))
    if !overflows, target >= 0 { position = target }
    return sf_count_t(position)
  }

  private func read(_ bytes: UnsafeMutableRawPointer?, _ wanted: sf_count_t) -> sf_count_t {
    guard let bytes, wanted > 0 else { return 0 }
    let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: Int(wanted))
    let before = part.prefix.dropFirst(position).prefix(buffer.count)
    buffer.copyBytes(from: before)
    position += before.count
    let rest = max(0, min(buffer.count - before.count, count - position))
    let behind = buffer[before.count..<before.count + rest]
    let done = readFile(UnsafeMutableRawBufferPointer(rebasing: behind))
    position += done
    return sf_count_t(before.count + done)
  }

  /// Reads bytes of the file.
  private func readFile(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let start = part.bytes.lowerBound + position - part.prefix.count
    var done = 0
    while done < buffer.count {
      let place = buffer.baseAddress.map { $0 + done }
      let count = pread(descriptor, place, buffer.count - done, off_t(start + done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      done += count
    }
    return done
  }
}
