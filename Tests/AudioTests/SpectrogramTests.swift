import Foundation
import Tensors
import TestSupport
import Testing

@testable import Audio

@Suite("Spectrograms")
struct SpectrogramTests {
  private static let spectrogram = Spectrogram(window: 1024)

  /// The frames of one window, [8, 344].
  private func frames(_ samples: [Float], shift: Int = 0) -> [[Float]] {
    let values = Self.spectrogram.frames(of: samples, starts: [0], shifts: [shift])
    return stride(from: 0, to: values.count, by: Spectrogram.features).map {
      Array(values[$0..<$0 + Spectrogram.features])
    }
  }

  private func tone(_ pitch: Double, amplitude: Double = 0.5) -> [Float] {
    let step = 2 * Double.pi * Pitch.frequency(pitch) / Double(Recording.rate)
    return (0..<Self.spectrogram.span).map { Float(amplitude * sin(step * Double($0))) }
  }

  /// The place of a pitch among the values of the long and of the short transforms.
  private func places(_ pitch: Int) -> (long: Int, short: Int) {
    ((pitch - 21) * 3 + 1, 276 + pitch - 45)
  }

  @Test("a tone is loudest at its pitch, as loud as its amplitude", arguments: [33, 57, 69, 100])
  func tones(pitch: Int) throws {
    let places = places(pitch)
    for frame in frames(tone(Double(pitch))) {
      let (long, short) = (frame[..<276], frame[276...])
      let loudest = try #require(long.indices.max { long[$0] < long[$1] })
      // Low pitches lie closer together than the bins.
      #expect(abs(loudest - places.long) <= (pitch < 57 ? 1 : 0))
      if pitch >= 57 { #expect(short.indices.max { short[$0] < short[$1] } == places.short) }
      let amplitude = (exp(4 * frame[places.long]) - 1) / 5000
      #expect(amplitude > 0.4 && amplitude < 0.75, "\(amplitude)")
    }
  }

  @Test("a shift moves what is heard by as many semitones", arguments: [-12, -3, 5, 12])
  func shifts(semitones: Int) {
    let (plain, moved) = (frames(tone(69)), frames(tone(69), shift: semitones))
    for (a, b) in zip(plain, moved) {
      let (from, to) = (places(69), places(69 + semitones))
      #expect(abs(a[from.long] - b[to.long]) < 1e-6 && abs(a[from.short] - b[to.short]) < 1e-6)
    }
  }

  @Test("frame i lies about sample 128 (i + 1)")
  func times() {
    var samples = [Float](repeating: 0, count: Self.spectrogram.span)
    samples[Spectrogram.margin + 128 * 4] = 1
    let loudness = frames(samples).map { $0[276...].reduce(0, +) }
    #expect(loudness.indices.max { loudness[$0] < loudness[$1] } == 3)
    #expect(abs(loudness[2] - loudness[4]) < 1e-3 * loudness[3])
    #expect(frames(samples.map { _ in 0 }).allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test("values are those of the formula, computed directly")
  func formula() {
    var random = RandomSource(seed: 4).stream(.testData)
    let samples = (0..<Self.spectrogram.span).map { _ in Float(0.1 * random.normal()) }
    let frame = frames(samples)[5]
    let middle = Spectrogram.margin + 128 * 6
    for pitch in [30, 60, 90] {
      let center = Pitch.frequency(Double(pitch)) / 11_000 * 4096
      let half = max(1, center * (exp2(1.0 / 36) - 1))
      var power = 0.0
      for bin in Int(center - half)...Int(center + half) + 1 {
        let weight = 1 - abs(Double(bin) - center) / half
        guard weight > 0 else { continue }
        var (re, im) = (0.0, 0.0)
        for index in 0..<4096 {
          let angle = 2 * Double.pi * Double(index) / 4096
          let value = Double(samples[middle - 2048 + index]) * (0.5 - 0.5 * cos(angle))
          re += value * cos(angle * Double(bin))
          im -= value * sin(angle * Double(bin))
        }
        power += weight * (re * re + im * im)
      }
      let expected = 0.25 * log1p(5000 * power.squareRoot() * 4 / 4096)
      #expect(abs(Double(frame[places(pitch).long]) - expected) < 1e-4)
    }
  }

  @Test("windows of a signal are as if alone")
  func windows() {
    var random = RandomSource(seed: 5).stream(.testData)
    let span = Self.spectrogram.span
    let samples = (0..<span + 700).map { _ in Float(random.normal()) }
    let both = Self.spectrogram.frames(of: samples, starts: [0, 700], shifts: [0, 2])
    let second = Self.spectrogram.frames(of: Array(samples[700...]), starts: [0], shifts: [2])
    #expect(Array(both[(8 * Spectrogram.features)...]) == second)
  }
}
