import Files

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
  /// The frames of the file in a second, and how many were read.
  package let sourceRate: Int
  package let sourceFrames: Int
  /// The seconds that the file promises but does not hold.
  package let missingSeconds: Double
  /// How the channels became one: the loudest alone where they cancel each other.
  package let mix: ChannelMix
  /// Where the file is damaged, in its frames.
  package let damage: SoundPlaces
  /// Where parts of a file, which others were joined to, were left out: nothing here decodes them.
  package let unreadParts: SoundPlaces
  /// What an outside decoder said; nil for nothing, and for samples that were kept.
  package internal(set) var decoderRemark: String?
  /// The number of samples.
  package let count: Int
  /// The samples, followed by what else the file holds.
  let file: MappedBytes

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
    withSamples(range) { source in
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
