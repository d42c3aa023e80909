import Glibc

/// A memory-mapped file, read on demand.
///
/// Its size must not change: files that this program stores are replaced, never modified.
package final class MappedBytes: Sendable {
  /// The mapping is never written to.
  nonisolated(unsafe) private let bytes: UnsafeRawBufferPointer

  /// Maps a whole regular file; nil if it is empty or the system refuses.
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

  /// The size of the file in bytes.
  package var count: Int { bytes.count }

  /// Calls `body` with the bytes of a range.
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
