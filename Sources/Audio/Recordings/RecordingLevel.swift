import Tensors

/// How loud a recording is, and by how much it is brought up before it is heard.
///
/// The level is the largest sample, without single bangs: of the tenths of a second, a two-hundredth, and ten at
/// most, do not count.
package struct RecordingLevel: Sendable {
  /// The level, 1 at full scale; 0 for silence.
  package let level: Float

  /// Below it a recording is brought up: −40 dBFS.
  package static let quiet: Float = 0.01
  /// Below it there is nothing to be brought up but the noise of 16 bits: −80 dBFS.
  package static let noise: Float = 0.0001
  /// What a recording is brought up to, or to up to 6 dB less: −6 dBFS.
  private static let loud: Float = 0.5
  private static let block = Recording.rate / 10
  private static let (bangShare, mostBangs) = (200, 10)

  /// Reads all samples of a recording.
  ///
  /// - Parameter done: called for every second or so; what it throws is thrown.
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

  /// What samples are multiplied by: 1 unless the recording is quiet, else a power of two, which rounds nothing.
  package var gain: Float {
    guard level < Self.quiet, level >= Self.noise else { return 1 }
    var gain: Float = 1
    while 2 * gain * level <= Self.loud { gain *= 2 }
    return gain
  }

  /// A factor in decibels.
  package static func decibels(_ factor: Float) -> Double { 20 * Real.log10(Double(factor)) }
}

/// Music that is heard louder than it is.
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
