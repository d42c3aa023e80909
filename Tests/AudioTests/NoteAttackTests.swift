import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite("Attacks of notes")
struct NoteAttackTests {
  /// Tones that set in at once and fade, each with three harmonics.
  private func music(
    _ tones: [(time: Double, pitch: Int, amplitude: Double)],
    seconds: Double = 12
  ) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(11_000 * seconds))
    for tone in tones {
      let first = Int(tone.time * 11_000)
      let step = 2 * Double.pi * Pitch.frequency(Double(tone.pitch)) / 11_000
      for index in 0..<min(5500, samples.count - first) {
        let phase = step * Double(index)
        let sound = sin(phase) + sin(2 * phase) / 2 + sin(3 * phase) / 3
        let fading = exp(-Double(index) / 3000) * (1 - Double(index) / 5500)
        samples[first + index] += Float(tone.amplitude * sound * fading)
      }
    }
    return samples
  }

  private func placed(_ notes: [NoteEvent], in music: [Float]) -> [NoteEvent] {
    NoteAttacks(of: music) { _ in }.placed(notes)
  }

  private func velocities(_ amplitudes: [Double]) -> [Int] {
    let tones = amplitudes.enumerated().map { (time: Double($0) + 0.5, pitch: 69, amplitude: $1) }
    let notes = tones.map { NoteEvent(onset: $0.time, offset: $0.time + 0.4, pitch: 69) }
    return placed(notes, in: music(tones)).map(\.velocity)
  }

  @Test("onsets are moved to where the pitch sets in", arguments: [-0.08, -0.03, 0, 0.05, 0.08])
  func onsets(error: Double) throws {
    let music = music([(2, 60, 0.3), (3.1, 72, 0.2), (3.1, 50, 0.2)])
    let notes = [(2, 60), (3.1, 72), (3.1, 50)].map {
      NoteEvent(onset: $0.0 + error, offset: $0.0 + 0.3, pitch: $0.1)
    }
    let found = placed(notes, in: music)
    #expect(found.map(\.pitch) == [60, 50, 72] || found.map(\.pitch) == [60, 72, 50])
    for note in found {
      #expect(abs(note.onset - (note.pitch == 60 ? 2 : 3.1)) < 0.04, "\(note)")
    }
  }

  @Test("a note that is struck again becomes two, a sustained one stays one")
  func strokes() throws {
    let music = music([(2, 60, 0.3), (2.3, 60, 0.3), (2.6, 60, 0.3), (5, 64, 0.3)])
    let found = placed(
      [
        NoteEvent(onset: 2, offset: 2.9, pitch: 60, confidence: 0.5),
        NoteEvent(onset: 5, offset: 5.4, pitch: 64),
      ],
      in: music
    )
    try #require(found.map(\.pitch) == [60, 60, 60, 64], "\(found)")
    #expect(found[1].confidence == 0.5)
    for (note, time) in zip(found, [2, 2.3, 2.6, 5]) { #expect(abs(note.onset - time) < 0.04) }
    #expect(found[0].offset == found[1].onset)
    #expect(abs(found[2].offset - 2.9) < 0.006 && abs(found[3].offset - 5.4) < 0.006)
  }

  @Test(
    "notes of one pitch never overlap, none is doubled, and none is too short",
    arguments: 0..<20
  )
  func voices(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var tones: [(time: Double, pitch: Int, amplitude: Double)] = []
    var notes: [NoteEvent] = []
    for pitch in [48, 60, 61] {
      var time = 0.2
      while time < 9 {
        tones.append((time, pitch, Double.random(in: 0.05...0.4, using: &random)))
        // Found notes begin anywhere about the true onsets, and some are in pieces.
        let onset = max(
          notes.last { $0.pitch == pitch }?.offset ?? 0,
          time + .random(in: -0.09...0.09, using: &random)
        )
        let offset = onset + .random(in: 0.02...0.3, using: &random)
        notes.append(NoteEvent(onset: onset, offset: offset, pitch: pitch))
        time += .random(in: 0.08...0.5, using: &random)
      }
    }
    let found = NoteAttacks(of: music(tones)) { _ in }.placed(notes, leastFrames: 3)
    #expect(!found.isEmpty)
    for voice in Dictionary(grouping: found, by: \.pitch).values {
      for (a, b) in zip(voice, voice.dropFirst()) {
        #expect(a.offset <= b.onset + 1e-9 && a.onset < b.onset, "\(a) \(b)")
      }
    }
    #expect(found.allSatisfy { $0.offset - $0.onset > 2.4 * 128 / 11_000 })
  }

  @Test("half the velocity is a quarter of the amplitude; the loudest tenth has 100")
  func law() {
    let velocities = velocities((0..<10).map { $0 == 9 ? 0.1 : 0.4 })
    #expect(velocities.dropLast().allSatisfy { abs($0 - 100) <= 3 })
    #expect(abs(velocities[9] - 50) <= 2)
  }

  @Test("velocities do not depend on the level of the recording")
  func level() {
    let (loud, soft) = (velocities([0.4, 0.1, 0.2]), velocities([0.04, 0.01, 0.02]))
    #expect(zip(loud, soft).allSatisfy { abs($0 - $1) <= 1 })
    #expect(loud[0] > loud[2] && loud[2] > loud[1])
  }

  @Test("notes beyond the music, silence, and none, are possible")
  func ends() {
    let notes = [
      NoteEvent(onset: 0, offset: 1, pitch: 127), NoteEvent(onset: 20, offset: 21, pitch: 0),
    ]
    for count in [0, 1, 127, 128, 140_000] {
      let found = placed(notes, in: [Float](repeating: 0, count: count))
      #expect(found.count == 2 && found.allSatisfy { (1...127).contains($0.velocity) })
      #expect(found.allSatisfy { $0.offset > $0.onset && $0.onset >= 0 })
    }
    #expect(placed([], in: []).isEmpty)
  }
}
