import Tensors

/// The level of a recording, and the gain that is applied before it is read.
///
/// The level is the largest sample apart from isolated bangs: the loudest two-hundredth of the tenths of a second, at most ten,
/// do not count.
package struct RecordingLevel: Sendable {
  /// The level, 1 at full scale; 0 for silence.
  package let level: Float

  /// The level below which a recording is amplified: −40 dBFS.
  package static let quiet: Float = 0.01
  /// The level below which there is only the noise of 16 bits to amplify: −80 dBFS.
  package static let noise: Float = 0.0001
  /// The level to which a recording is amplified, or up to 6 dB less: −6 dBFS.
  private static let loud: Float = 0.5
  private static let block = Recording.rate / 10
  private static let (bangShare, mostBangs) = (200, 10)

  /// Reads all samples of a recording.
  ///
  /// - Parameter done: called for every second of sound or so; its errors are rethrown.
  package init(of recording: Recording, done: () throws -> Void = {}) rethrows {
    var peaks: [Float] = []
    for start in stride(from: 0, to: recording.count, by: Self.block) {
      if peaks.count % 16 == 0 { try done() }
      let peak = recording.withSamples(start..<min(start + Self.block, recording.count)) {
        $0.reduce(0) { max($0, abs($1)) }
      }
      peaks.append(peak)
    }
    peaks.sort(by: >)
    let bangs = min(peaks.count / Self.bangShare, Self.mostBangs)
    level = peaks.isEmpty ? 0 : peaks[bangs]
  }

  /// The factor for the samples: 1 unless the recording is quiet, otherwise a power of two, which rounds nothing.
  package var gain: Float {
    guard level < Self.quiet, level >= Self.noise else { return 1 }
    var gain: Float = 1
    while 2 * gain * level <= Self.loud { gain *= 2 }
    return gain
  }

  /// Returns a factor in decibels.
  package static func decibels(_ factor: Float) -> Double { 20 * Real.log10(Double(factor)) }
}

/// Music that is amplified as it is read.
package struct LouderMusic<Music: SampleSource>: SampleSource {
  private let music: Music
  private let gain: Float

  package init(_ music: Music, gain: Float) { (self.music, self.gain) = (music, gain) }

  package var count: Int { music.count }

  package func copy(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>) {
    music.copy(from: start, into: buffer)
    guard gain != 1 else { return }
    for index in buffer.indices { buffer[index] *= gain }
  }
}
