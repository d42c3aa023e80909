import Digests

/// The sound of one file, as samples at 11,000 Hz that lie in a mapped file.
package struct Recording: Sendable {
  /// Samples per second.
  package static let rate = 11_000

  /// The file or the member of an archive that it was read from.
  package let name: String
  /// The digest of that file.
  package let source: Digest
  /// The digest of the samples.
  package let digest: Digest
  /// The seconds that the file promises but does not hold.
  package let missingSeconds: Double
  let samples: MappedSamples

  /// The number of samples.
  package var count: Int { samples.count }
  /// The length in seconds.
  package var seconds: Double { Double(count) / Double(Self.rate) }

  /// Fills `buffer` with the samples from `start` on, which may lie before the beginning; zeros beyond both
  /// ends.
  package func copy(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    let wanted = start..<start + buffer.count
    let range = wanted.clamped(to: 0..<count)
    guard !range.isEmpty, let base = buffer.baseAddress else {
      buffer.update(repeating: 0)
      return
    }
    samples.withSamples(range) { source in
      // `range` lies inside `wanted`, so all of it lands in the buffer.
      let before = range.lowerBound - start
      base.update(repeating: 0, count: before)
      if let first = source.baseAddress {
        (base + before).update(from: first, count: source.count)
      }
      let end = before + source.count
      (base + end).update(repeating: 0, count: buffer.count - end)
    }
  }

  /// Lends the samples of a range that must lie inside.
  package func withSamples<Result>(
    _ range: Range<Int>,
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try samples.withSamples(range, body)
  }

  /// Has the system fetch samples that will be needed soon, where they are not in memory.
  package func prefetch(_ range: Range<Int>) { samples.prefetch(range) }
}
