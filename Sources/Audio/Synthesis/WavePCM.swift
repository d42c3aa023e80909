/// WAV files of 16-bit samples.
package enum WavePCM {
  private static let sampleBytes = 2
  /// The size that a file's samples must stay below, in bytes.
  private static let largestSize = 0xFFFF_FF00

  /// Returns the header of a file with `frames` frames; nil if no file can hold them.
  package static func header(frames: Int, channels: Int, rate: Int) -> [UInt8]? {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let frameBytes = sampleBytes * channels
    let (size, overflows) = frames.multipliedReportingOverflow(by: frameBytes)
    guard !overflows, size < largestSize else { return nil }
    return Array("RIFF".utf8) + bytes(size + 36, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4)
      + bytes(1, 2) + bytes(channels, 2) + bytes(rate, 4) + bytes(rate * frameBytes, 4)
      + bytes(frameBytes, 2) + bytes(8 * sampleBytes, 2) + Array("data".utf8) + bytes(size, 4)
  }

  /// Returns the code of a sample of −1 … 1; others are clipped.
  package static func code(_ sample: Float) -> Int16 {
    Int16((max(-1, min(1, sample)) * 32_767).rounded()).littleEndian
  }
}
