import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite("Loudness of notes")
struct NoteLoudnessTests {
  /// Tones of A4 at these times and amplitudes, half a second each.
  private func music(_ tones: [(time: Double, amplitude: Double)]) -> [Float] {
    var samples = [Float](repeating: 0, count: 11_000 * 12)
    for tone in tones {
      let first = Int(tone.time * 11_000)
      for index in 0..<5500 {
        let phase = 2 * Double.pi * 440 * Double(index) / 11_000
        samples[first + index] += Float(tone.amplitude * sin(phase))
      }
    }
    return samples
  }

  private func velocities(_ tones: [(time: Double, amplitude: Double)]) -> [Int] {
    let notes = tones.map { NoteEvent(onset: $0.time, offset: $0.time + 0.5, pitch: 69) }
    return NoteLoudness.velocities(of: notes, in: music(tones)) { _ in }.map(\.velocity)
  }

  @Test("half the velocity is a quarter of the amplitude; the loudest tenth has 100")
  func law() {
    let tones = (0..<10).map { (time: Double($0) + 0.5, amplitude: $0 == 9 ? 0.1 : 0.4) }
    let velocities = velocities(tones)
    #expect(velocities.dropLast().allSatisfy { abs($0 - 100) <= 1 })
    #expect(abs(velocities[9] - 50) <= 1)
  }

  @Test("it does not depend on the level of the recording")
  func level() {
    let (loud, soft) = (
      velocities([(1, 0.8), (2, 0.2), (3, 0.4)]), velocities([(1, 0.08), (2, 0.02), (3, 0.04)])
    )
    #expect(zip(loud, soft).allSatisfy { abs($0 - $1) <= 1 })
    #expect(loud[0] > loud[2] && loud[2] > loud[1])
  }

  @Test("notes beyond the music, and none, are possible")
  func ends() {
    let notes = [
      NoteEvent(onset: 20, offset: 21, pitch: 0), NoteEvent(onset: 0, offset: 1, pitch: 127),
    ]
    let found = NoteLoudness.velocities(of: notes, in: [Float](repeating: 0.1, count: 10)) { _ in }
    #expect(found.allSatisfy { (1...127).contains($0.velocity) })
    let none = NoteLoudness.velocities(of: [], in: [Float]()) { _ in }
    #expect(none.isEmpty)
  }
}

@Suite("Sonification")
struct SonificationTests {
  @Test("the recording is on the left and the notes on the right, as long as the recording")
  func channels() throws {
    let folder = try TemporaryFolder()
    var file = WaveFile(WaveFile.tone(440, seconds: 12, rate: 8000))
    file.rate = 8000
    let path = try file.write(to: "a.wav", in: folder)
    let notes = [
      NoteEvent(onset: 1, offset: 2, pitch: 60), NoteEvent(onset: 9.5, offset: 11, pitch: 64),
    ]
    var bytes: [UInt8] = []
    try Sonification.write(try AudioReader(path: path), frames: 96_000, notes: notes) {
      bytes += $0
    }
    try Data(bytes).write(to: URL(fileURLWithPath: folder("b.wav")))
    let count = 12 * Sonification.rate
    #expect(bytes.count == 44 + 4 * count)
    func sample(_ frame: Int, _ channel: Int) -> Double {
      let place = 44 + 4 * frame + 2 * channel
      return Double(Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8))
        / 32_767
    }
    func level(_ seconds: Range<Double>, _ channel: Int) -> Double {
      let frames = Int(seconds.lowerBound * 22_050)..<Int(seconds.upperBound * 22_050)
      return (frames.reduce(0) { $0 + pow(sample($1, channel), 2) } / Double(frames.count))
        .squareRoot()
    }
    #expect(abs(level(0.5..<11.5, 0) - 0.5 / 2.0.squareRoot()) < 0.01)
    #expect(level(0..<0.9, 1) == 0 && level(1..<2, 1) > 0.01)
    // The second note goes on over the end of a portion.
    #expect(level(9.6..<9.9, 1) > 0.01 && level(10.1..<10.9, 1) > 0.01)
    let reader = try AudioReader(path: folder("b.wav"))
    #expect(reader.channels == 2 && reader.rate == Sonification.rate)
  }
}
