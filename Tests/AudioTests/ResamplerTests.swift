import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite("Changing the rate of samples")
struct ResamplerTests {
  private func resampled(_ samples: [Float], from rate: Int, block: Int = 65_536) -> [Float] {
    let resampler = Resampler(from: rate, to: 11_000)
    var output: [Float] = []
    for start in stride(from: 0, to: samples.count, by: block) {
      samples[start..<min(start + block, samples.count)].withUnsafeBufferPointer {
        resampler.process($0) { output += $0 }
      }
    }
    resampler.finish { output += $0 }
    return output
  }

  /// The level of the middle of what is left of a tone, in dB of the tone.
  private func level(_ frequency: Double, rate: Int) -> Double {
    let output = resampled(
      WaveFile.tone(frequency, seconds: 1, rate: rate, amplitude: 0.9),
      from: rate
    )
    let middle = output[3000..<8000]
    let power = middle.reduce(0) { $0 + Double($1) * Double($1) } / Double(middle.count)
    return 10 * log10(power / (0.9 * 0.9 / 2) + 1e-30)
  }

  @Test(
    "tones beyond half the new rate are at least 100 dB down",
    arguments: [44_100, 48_000]
  )
  func stopBand(rate: Int) {
    for frequency in stride(from: 5_530, to: Double(rate) / 2 - 50, by: 911) {
      let level = level(frequency, rate: rate)
      #expect(level < -100, "\(frequency) Hz at \(level) dB")
    }
  }

  @Test("tones of the notes of a piano keep their level", arguments: [27.5, 440, 2000, 4186, 4600])
  func passBand(frequency: Double) {
    #expect(abs(level(frequency, rate: 44_100)) < 0.1, "\(level(frequency, rate: 44_100)) dB")
  }

  @Test(
    "sample k lies at the time k / 11000, from the first to the last",
    arguments: [8_000, 11_000, 22_050, 44_100, 48_000, 96_000, 44_101]
  )
  func alignment(rate: Int) {
    let frequency = 300.0
    let output = resampled(WaveFile.tone(frequency, seconds: 3, rate: rate), from: rate)
    var largest = 0.0
    for k in 500..<output.count - 500 {
      let expected = 0.5 * sin(2 * .pi * frequency * Double(k) / 11_000)
      largest = max(largest, abs(Double(output[k]) - expected))
    }
    // A shift by one sample would differ by 0.086.
    #expect(largest < 2e-4, "differs by \(largest)")
  }

  @Test("an impulse stays at its time", arguments: [0, 441, 44_100, 88_200 - 441])
  func impulse(place: Int) throws {
    var samples = [Float](repeating: 0, count: 88_200)
    samples[place] = 1
    let output = resampled(samples, from: 44_100)
    let peak = try #require(output.indices.max { abs(output[$0]) < abs(output[$1]) })
    #expect(peak == place * 110 / 441)
  }

  @Test(
    "there are as many samples as the time asks for",
    arguments: [(1, 1), (440, 110), (441, 110), (442, 111), (44_100, 11_000), (100_003, 24_945)]
  )
  func count(frames: Int, expected: Int) {
    let samples = [Float](repeating: 0.1, count: frames)
    #expect(resampled(samples, from: 44_100).count == expected)
  }

  @Test("the size of the blocks changes no bit")
  func blocks() {
    var random = SeededRandom(seed: 3)
    let noise = (0..<50_000).map { _ in Float.random(in: -1...1, using: &random) }
    let whole = resampled(noise, from: 44_100)
    for block in [1, 777, 16_384] {
      #expect(resampled(noise, from: 44_100, block: block) == whole)
    }
  }
}
