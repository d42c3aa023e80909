import Glibc

/// Samples in a file that is mapped into memory and read where they are needed.
final class MappedSamples: Sendable {
  /// Nobody writes to the mapping; files of samples are replaced, never changed.
  nonisolated(unsafe) private let bytes: UnsafeRawBufferPointer
  let count: Int

  /// Maps the first `count` samples of a file, which must hold them; nil when the system refuses.
  init?(mapping descriptor: Int32, count: Int) {
    let length = count * MemoryLayout<Float>.stride
    guard count > 0, let address = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: address, count: length)
    self.count = count
    ResidentPages.add(bytes)
  }

  deinit { ResidentPages.unmap(bytes) }

  /// Lends the samples of a range.
  func withSamples<Result>(
    _ range: Range<Int>,
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "samples beyond the end")
    let size = MemoryLayout<Float>.stride
    let places = range.lowerBound * size..<range.upperBound * size
    ResidentPages.touch(places)
    return try withExtendedLifetime(self) {
      // A mapping begins at a page, so its floats are aligned.
      try body(UnsafeRawBufferPointer(rebasing: bytes[places]).assumingMemoryBound(to: Float.self))
    }
  }

  /// Has the system fetch a range that will be needed soon.
  func prefetch(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty, let base = bytes.baseAddress else { return }
    let size = MemoryLayout<Float>.stride
    let start = range.lowerBound * size & ~0xFFF
    let address = UnsafeMutableRawPointer(mutating: base + start)
    madvise(address, range.upperBound * size - start, MADV_WILLNEED)
  }
}
