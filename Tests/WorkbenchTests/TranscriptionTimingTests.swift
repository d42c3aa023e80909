import Audio
import Sessions
import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Times of notes that are transcribed")
struct TranscriptionTimingTests {
  /// Notes of many pitches, lengths and velocities, one after another and over each other.
  private static let notes: [NoteEvent] = {
    var random = SeededRandom(seed: 4)
    var onset = 0.5
    return (0..<40).map { _ in
      onset += [0.25, 0.4, 0.61, 0.8][Int.random(in: 0..<4, using: &random)]
      return NoteEvent(
        onset: onset,
        offset: onset + [0.3, 0.5, 0.8][Int.random(in: 0..<3, using: &random)],
        pitch: Int.random(in: 40..<90, using: &random),
        velocity: Int.random(in: 40...110, using: &random)
      )
    }
  }()

  @Test(
    "are those at which they sound, at any loudness: `render`, then `transcribe`",
    arguments: [0.0, -20, -40]
  )
  func onsets(peak: Double) throws {
    let folder = try TemporaryFolder()
    let samples = Synthesiser(rate: 44_100).render(Self.notes)
    let factor = Float(pow(10, peak / 20)) / (samples.map(abs).max() ?? 1)
    var file = WaveFile(samples.map { $0 * factor })
    file.isFloat = true
    try file.write(to: "a.wav", in: folder)
    let session = Session(folder: folder.path)
    let outcome = session.submit("transcribe a.wav picture=off sound=off", name: "test")
    #expect(outcome.ending == .completed)
    let table = try NoteTable(
      parsing: Array(Data(contentsOf: URL(fileURLWithPath: folder("a.notes.csv")))),
      seconds: 60
    )
    var (onsets, ends): ([Double], [Double]) = ([], [])
    for note in Self.notes {
      let near = table.notes.filter { $0.pitch == note.pitch && abs($0.onset - note.onset) < 0.05 }
      guard let found = near.min(by: { abs($0.onset - note.onset) < abs($1.onset - note.onset) })
      else { continue }
      onsets.append(found.onset - note.onset)
      ends.append(abs(found.offset - note.offset))
    }
    #expect(onsets.count >= 38)
    let mean = onsets.reduce(0, +) / Double(onsets.count)
    let deviation = onsets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(onsets.count)
    #expect(abs(mean) < 0.002, "\(mean)")
    #expect(deviation.squareRoot() < 0.005)
    #expect(ends.sorted()[ends.count / 2] <= 0.05)
  }

  @Test("of five notes are right to 2 ms in the mean")
  func five() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "onset,offset,pitch\n0.5,1,60\n1.5,2,64\n2.5,3,67\n3.5,4,72\n4.5,5,55\n",
      to: "five.csv"
    )
    let session = Session(folder: folder.path)
    let outcome = session.submit(
      "render five.csv five.wav; transcribe five.wav picture=off sound=off",
      name: "test"
    )
    #expect(outcome.ending == .completed)
    let table = try NoteTable(
      parsing: Array(Data(contentsOf: URL(fileURLWithPath: folder("five.notes.csv")))),
      seconds: 60
    )
    let differences = try [60, 64, 67, 72, 55].enumerated().map { index, pitch in
      let onset = 0.5 + Double(index)
      let note = table.notes.first { $0.pitch == pitch && abs($0.onset - onset) < 0.05 }
      return try #require(note).onset - onset
    }
    #expect(abs(differences.reduce(0, +) / 5) < 0.002, "\(differences)")
  }
}
