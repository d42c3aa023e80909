import Files

/// The sound of one file, as samples at 11,000 Hz in a mapped file.
package struct Recording: Sendable {
  /// Samples per second.
  package static let rate = 11_000

  /// The name of the file or archive member that it was read from.
  package let name: String
  /// The digest of that file.
  package let source: Digest
  /// The digest of the samples.
  package let digest: Digest
  /// The file's frames per second, and the number of frames that were read.
  package let sourceRate: Int
  package let sourceFrames: Int
  /// The length that the file promises but does not hold, in seconds.
  package let missingSeconds: Double
  /// The mix of the channels to one: the loudest alone if they cancel each other.
  package let mix: ChannelMix
  /// The places of damage, in the file's frames.
  package let damage: SoundPlaces
  /// The beginnings of parts of a concatenated file that were left out because nothing here decodes them.
  package let unreadParts: SoundPlaces
  /// The message of an external decoder; nil if there is none, and for samples from the cache.
  package internal(set) var decoderRemark: String?
  /// The number of samples.
  package let count: Int
  /// The samples, followed by the rest of the file.
  let file: MappedBytes

  /// The length in seconds.
  package var seconds: Double { Double(count) / Double(Self.rate) }

  /// Fills `buffer` with the samples from `start` on, which may be negative, and with zeros beyond both ends.
  package func copy(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    let wanted = start..<start + buffer.count
    let range = wanted.clamped(to: 0..<count)
    guard !range.isEmpty, let base = buffer.baseAddress else {
      buffer.update(repeating: 0)
      return
    }
    withSamples(range) { source in
      // `range` is inside `wanted`, so all of it fits in the buffer.
      let before = range.lowerBound - start
      base.update(repeating: 0, count: before)
      if let first = source.baseAddress {
        (base + before).update(from: first, count: source.count)
      }
      let end = before + source.count
      (base + end).update(repeating: 0, count: buffer.count - end)
    }
  }

  /// Calls `body` with the samples of a range, which must be inside the recording.
  package func withSamples<Result>(
    _ range: Range<Int>,
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "samples beyond the end")
    return try file.withBytes(places(range)) {
      // A mapping begins at a page, so its floats are aligned.
      try body($0.assumingMemoryBound(to: Float.self))
    }
  }

  private func places(_ range: Range<Int>) -> Range<Int> {
    let size = MemoryLayout<Float>.stride
    return range.lowerBound * size..<range.upperBound * size
  }
}
