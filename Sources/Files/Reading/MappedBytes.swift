import Glibc

/// A file that is mapped into memory and read where it is needed.
///
/// Its length must stay: files that this program keeps are replaced, never changed.
package final class MappedBytes: Sendable {
  /// Nobody writes to the mapping.
  nonisolated(unsafe) private let bytes: UnsafeRawBufferPointer

  /// Maps a whole regular file; nil when it is empty, or the system refuses.
  package init?(mapping descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let address = mmap(nil, status.st_size, PROT_READ, MAP_SHARED, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: address, count: status.st_size)
    ResidentPages.add(bytes)
  }

  deinit { ResidentPages.unmap(bytes) }

  /// The length of the file.
  package var count: Int { bytes.count }

  /// Lends the bytes of a range.
  package func withBytes<Result>(
    _ range: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes beyond the end")
    ResidentPages.touch(range)
    return try withExtendedLifetime(self) {
      try body(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }
}
