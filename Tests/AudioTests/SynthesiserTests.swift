import Foundation
import Tensors
import TestSupport
import Testing

@testable import Audio

/// One General MIDI program of each timbre.
let programs = [0, 6, 24, 19, 40, 41, 42, 43, 56, 60, 68, 70, 71, 73]

@Suite("Synthesiser")
struct SynthesiserTests {
  /// A note of an instrument in the middle of its range.
  func note(_ program: Int, onset: Double = 0, seconds: Double = 0.8) -> NoteEvent {
    let range = Timbre.of(program: program).range
    let pitch = (range.lowerBound + range.upperBound) / 2
    return NoteEvent(onset: onset, offset: onset + seconds, pitch: pitch, program: program)
  }

  @Test("a note begins at the first sample at or after its onset", arguments: programs)
  func onset(program: Int) throws {
    for (rate, onset) in [(11_000.0, 0.25), (11_000, 0.300_04), (44_100, 0.123_456)] {
      let samples = Synthesiser(rate: rate).render([note(program, onset: onset)], seconds: 0.6)
      let sounding = try #require(samples.firstIndex { $0 != 0 })
      let first = Int((onset * rate).rounded(.up))
      #expect((first...first + 1).contains(sounding), "rate \(rate), onset \(onset)")
      #expect(samples.contains { abs($0) > 0.01 })
    }
  }

  @Test("the fundamental has the frequency of the note", arguments: programs)
  func pitch(program: Int) {
    let (rate, count) = (11_000.0, 4096)
    let note = note(program)
    let samples = Synthesiser(rate: rate).render([note], seconds: 0.7)
    let stretch = samples[1500..<1500 + count]
    func power(_ frequency: Double) -> Double {
      var (re, im) = (0.0, 0.0)
      for (index, sample) in stretch.enumerated() {
        let angle = 2 * Double.pi * frequency * Double(index) / rate
        let weight = 1 - cos(2 * Double.pi * (Double(index) + 0.5) / Double(count))
        re += weight * Double(sample) * cos(angle)
        im += weight * Double(sample) * sin(angle)
      }
      return re * re + im * im
    }
    let cents = stride(from: -150.0, through: 150, by: 10).map { $0 }
    let powers = cents.map { power(Pitch.frequency(Double(note.pitch) + $0 / 100)) }
    let best = zip(powers, cents).max { $0.0 < $1.0 }?.1 ?? .nan
    #expect(abs(best) <= 10, "\(best) cents off")
  }

  @Test("the same notes give the same samples, in any order of notes")
  func determinism() {
    let piece = RandomPiece(source: RandomSource(seed: 3), seconds: 3)
    let synthesiser = Synthesiser(rate: 11_000, conditions: piece.conditions)
    let samples = synthesiser.render(piece.notes, pedals: piece.pedals, seconds: 3)
    let again = synthesiser.render(piece.notes.reversed(), pedals: piece.pedals, seconds: 3)
    #expect(samples == again)
    let other = Synthesiser(
      rate: 11_000,
      conditions: piece.conditions,
      source: RandomSource(seed: 1)
    )
    #expect(samples != other.render(piece.notes, pedals: piece.pedals, seconds: 3))
  }

  @Test("all instruments and all pitches give numbers within full scale", arguments: programs)
  func levels(program: Int) {
    let notes = stride(from: 0, to: 128, by: 9).map {
      NoteEvent(onset: 0.1, offset: 0.4, pitch: $0, velocity: 127, program: program)
    }
    for rate in [8000.0, 44_100] {
      let samples = Synthesiser(rate: rate).render(notes, seconds: 0.6)
      #expect(samples.allSatisfy { abs($0) <= 0.9801 } && samples.contains { abs($0) > 0.1 })
    }
  }

  @Test("strange notes and empty lists do no harm")
  func strange() {
    let plain = Synthesiser(rate: 11_000)
    #expect(plain.render([]).isEmpty)
    #expect(plain.render([], seconds: 0.01) == [Float](repeating: 0, count: 110))
    let notes = [
      NoteEvent(onset: -1, offset: 0.05, pitch: 60), NoteEvent(onset: 5, offset: 6, pitch: 60),
      NoteEvent(onset: 0.01, offset: 0.01, pitch: 60),
      NoteEvent(onset: 0.02, offset: 0.020_000_1, pitch: 127),
      NoteEvent(onset: 0, offset: 1, pitch: 0, velocity: 0),
    ]
    let samples = plain.render(notes, seconds: 0.1)
    #expect(samples.count == 1100 && samples.allSatisfy(\.isFinite))
  }

  @Test("nothing is heard above 0.45 of the rate")
  func aliasing() {
    let rate = 8000.0
    let spectrum = Spectrum(window: 8192)
    let note = NoteEvent(onset: 0, offset: 2, pitch: 84, velocity: 127, program: 6)
    let samples = Synthesiser(rate: rate).render([note], seconds: 2)
    let weighted = (0..<8192).map { index -> Float in
      samples[4000 + index] * Float(1 - cos(2 * Double.pi * (Double(index) + 0.5) / 8192))
    }
    let bins = spectrum.coefficients(weighted)
    func power(_ range: Range<Int>) -> Float {
      range.reduce(0) { $0 + bins[2 * $1] * bins[2 * $1] + bins[2 * $1 + 1] * bins[2 * $1 + 1] }
    }
    #expect(power(3700..<4096) < 1e-6 * power(0..<4096))
  }

  @Test("a pedal keeps a piano sounding, but not a violin", arguments: [(0, true), (40, false)])
  func pedal(program: Int, isHeld: Bool) {
    let notes = [note(program, seconds: 0.3)]
    let plain = Synthesiser(rate: 11_000)
    func late(_ samples: [Float]) -> Float { samples[7000...].reduce(0) { $0 + $1 * $1 } }
    let without = late(plain.render(notes, seconds: 1))
    let with = late(plain.render(notes, pedals: [0.1...0.9], seconds: 1))
    #expect(isHeld ? with > 30 * without : with == without)
  }

  @Test("conditions change loudness and add noise")
  func conditions() {
    var conditions = RecordingConditions()
    conditions.loudness = -30
    conditions.hiss = -40
    let samples = Synthesiser(rate: 11_000, conditions: conditions)
      .render([note(42, onset: 0.5)], seconds: 1)
    let level = (samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)).squareRoot()
    #expect(abs(20 * log10(level) + 30) < 0.5)
    let noise = (samples[..<5000].reduce(0) { $0 + $1 * $1 } / 5000).squareRoot()
    #expect(abs(20 * log10(noise / level) + 40) < 3)
  }
}
