import Audio
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import Sessions
@testable import Workbench

@Suite("transcribe: tempo and score")
struct TranscribeBeatsTests {
  private let test: TestSession

  init() throws {
    test = try TestSession()
    test.submit("data notes window=512 input=spectrogram batch=2")
    test.submit("model rse maps=4 blocks=1 norm=features schedule=50; train 1")
    var file = WaveFile(WaveFile.tone(440, seconds: 2, rate: 44_100))
    file.rate = 44_100
    try file.write(to: "song.wav", in: test.folder)
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: test.folder(name))))
  }

  @Test("tempo=auto moves no note, and a second run writes the same over the first")
  func auto() throws {
    test.submit("transcribe song.wav threshold=0.01 picture=off")
    let notes = try MIDIFile(parsing: bytes("song.mid")).notes
    let statement = "let r = transcribe song.wav threshold=0.01 picture=off tempo=auto"
    let lines = test.stableLines(statement)
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(
      lines.contains { $0.contains("quarter notes a minute") || $0.contains("too few notes") }
    )
    let first = try bytes("song.mid")
    let again = try MIDIFile(parsing: first).notes
    #expect(notes.count == again.count && !notes.isEmpty)
    for (a, b) in zip(notes, again) { #expect(abs(a.onset - b.onset) < 0.0022) }
    test.submit(statement)
    #expect(try bytes("song.mid") == first)
    #expect(!test.files.contains("song.musicxml"))
  }

  @Test("quantise= writes a score and a second MIDI file into the folder, and names them")
  func quantise() throws {
    test.submit(
      "let r = transcribe song.wav threshold=0.01 picture=off to=out tempo=90 quantise=1/16"
    )
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: test.folder("out")).sorted()
        == ["song.mid", "song.musicxml", "song.notes.csv", "song.quantised.mid"]
    )
    let text = String(decoding: try bytes("out/song.musicxml"), as: UTF8.self)
    #expect(text.contains("<work-title>song</work-title>"))
    #expect(text.contains("<per-minute>90</per-minute>"))
    let notes = try MIDIFile(parsing: bytes("out/song.quantised.mid")).notes
    #expect(!notes.isEmpty)
    // Sixteenths at 90 quarter notes a minute.
    for note in notes {
      let step = note.onset * 6
      #expect(abs(step - step.rounded()) < 0.01)
    }
    // It writes over its own scores, and over no others.
    #expect(test.submit("transcribe song.wav picture=off to=out quantise=1/8").failure == nil)
    _ = try test.folder.write("<score/>", to: "out/song.musicxml")
    let failure = test.submit("transcribe song.wav picture=off to=out quantise=1/8").failure
    #expect(failure?.contains("no transcription has made it") == true)
  }

  @Test("silence says that there is no beat, and has a score of rests")
  func silence() throws {
    try WaveFile([Float](repeating: 0, count: 44_100)).write(to: "song.wav", in: test.folder)
    let lines = test.stableLines("transcribe song.wav threshold=0.99 picture=off quantise=1/16")
    #expect(lines.contains { $0.contains("too few notes to hear a beat in; the tempo is 120") })
    #expect(
      String(decoding: try bytes("song.musicxml"), as: UTF8.self).contains(
        "<rest measure=\"yes\"/>"
      )
    )
  }

  @Test("what is no tempo or step is pointed at", arguments: ["fast", "3", "1001", "nan"])
  func faults(tempo: String) {
    let failure = test.submit("transcribe song.wav tempo=\(tempo)").failure
    #expect(failure?.contains("no tempo") == true)
    #expect(test.submit("transcribe song.wav quantise=1/7").failure?.contains("1/16") == true)
  }
}
