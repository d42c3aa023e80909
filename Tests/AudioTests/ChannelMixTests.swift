import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite("Channels that become one")
struct ChannelMixTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A WAV file of channels of equal length.
  private func write(_ channels: [[Float]]) throws -> String {
    var file = WaveFile(channels[0].indices.flatMap { frame in channels.map { $0[frame] } })
    file.channels = UInt16(channels.count)
    file.isFloat = true
    file.rate = 11_000
    return try file.write(to: "a.wav", in: folder)
  }

  private func recording(_ channels: [[Float]]) throws -> Recording {
    try SampleCache(folder: nil, decoder: nil).recording(path: try write(channels))
  }

  private func samples(_ recording: Recording) -> [Float] {
    recording.withSamples(0..<recording.count) { Array($0) }
  }

  private static let tone = WaveFile.tone(440, seconds: 3, rate: 11_000, amplitude: 0.25)

  private static func noise(_ seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return tone.map { _ in Float.random(in: -0.25...0.25, using: &random) }
  }

  @Test("of channels in opposite phase the louder one is heard", arguments: [1.0, 0.8, 1.5])
  func opposite(factor: Float) throws {
    let other = Self.tone.map { -factor * $0 }
    let recording = try recording([Self.tone, other])
    #expect(recording.mix == .channel(factor > 1 ? 1 : 0))
    #expect(samples(recording) == (factor > 1 ? other : Self.tone))
  }

  @Test("two of six channels that cancel each other are not lost")
  func sixChannels() throws {
    let silence = [Float](repeating: 0, count: Self.tone.count)
    let recording = try recording(
      [silence, silence, silence, silence, Self.tone, Self.tone.map { -$0 }]
    )
    #expect(recording.mix == .channel(4) && samples(recording) == Self.tone)
  }

  @Test("half a recording in opposite phase is enough")
  func half() throws {
    let middle = Self.tone.count / 2
    let other = Self.tone.enumerated().map { $0 < middle ? $1 : -$1 }
    #expect(try recording([Self.tone, other]).mix == .channel(0))
  }

  @Test("music in stereo is the mean of its channels, bit for bit")
  func stereo() throws {
    let silence = [Float](repeating: 0, count: Self.tone.count)
    let noise = Self.noise(1)
    // A side signal of 2.25 times the power of what is common: a correlation of −0.38.
    let factor: Float = 1.5 * 0.25 / 0.204
    let wide: [Float] = zip(Self.tone, noise).map { $0 + factor * $1 }
    let wideOther: [Float] = zip(Self.tone, noise).map { $0 - factor * $1 }
    let pairs: [([Float], [Float])] = [
      (Self.tone, Self.tone), (Self.tone, silence), (silence, Self.tone),
      (Self.noise(2), Self.noise(3)), (Self.tone, Self.noise(4)), (wide, wideOther),
    ]
    for (left, right) in pairs {
      let recording = try recording([left, right])
      #expect(recording.mix == .mean)
      let means: [Float] = zip(left, right).map { 0.5 * ($0 + $1) }
      #expect(samples(recording) == means)
    }
  }

  @Test("what was kept tells how its channels became one")
  func kept() throws {
    let path = try write([Self.tone, Self.tone.map { -$0 }])
    let cache = SampleCache(folder: folder("cache"), decoder: nil)
    let first = try cache.recording(path: path)
    var decodes = false
    let again = try cache.recording(path: path) { decodes = decodes || $0.seconds > 0 }
    #expect(!decodes && again.mix == .channel(0) && again.digest == first.digest)
    #expect(again.sourceFrames == Self.tone.count && again.sourceRate == 11_000)
  }

  @Test("a quiet recording is brought up by a power of two, others keep their bits")
  func levels() throws {
    func level(_ samples: [Float]) throws -> RecordingLevel {
      try RecordingLevel(of: try recording([samples]))
    }
    let tone = Self.tone
    #expect(try level(tone).gain == 1)
    // 0.25 · 0.5^5 = 0.0078 lies below 0.01 = −40 dBFS, 0.25 · 0.5^4 = 0.0156 above.
    #expect(try level(tone.map { $0 / 16 }).gain == 1)
    let quiet = try recording([tone.map { $0 / 32 }])
    #expect(try RecordingLevel(of: quiet).gain == 64)
    let louder = LouderMusic(quiet, gain: 64)
    #expect(louder.samples(from: 0, count: quiet.count) == tone.map { 2 * $0 })
    #expect(try level([Float](repeating: 0, count: 11_000)).gain == 1)
    #expect(try level([Float](repeating: 0.00003, count: 11_000)).gain == 1)
    #expect(abs(RecordingLevel.decibels(0.01) + 40) < 1e-6)
    // A bang in half a minute does not count, in three seconds it does.
    var bang = [Float](repeating: 0.005, count: 30 * 11_000)
    bang[5000] = 0.9
    #expect(try level(bang).gain == 64)
    #expect(try level(Array(bang[..<33_000])).gain == 1)
  }
}
