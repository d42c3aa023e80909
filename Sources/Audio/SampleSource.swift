/// A source of samples at 11,000 per second with random access.
package protocol SampleSource: Sendable {
  /// The number of samples.
  var count: Int { get }

  /// Fills `buffer` with the samples from `start` on, and with zeros beyond both ends.
  func copy(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>)
}

extension Recording: SampleSource {}

extension [Float]: SampleSource {
  package func copy(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    let range = (start..<start + buffer.count).clamped(to: 0..<count)
    buffer.update(repeating: 0)
    guard !range.isEmpty else { return }
    _ = UnsafeMutableBufferPointer(rebasing: buffer[(range.lowerBound - start)...])
      .update(fromContentsOf: self[range])
  }
}

extension SampleSource {
  /// Returns `count` samples from `start` on, with zeros beyond both ends.
  package func samples(from start: Int, count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      let part = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      part.initialize(repeating: 0)
      copy(from: start, into: part)
      filled = count
    }
  }
}
