import Audio
import Foundation
import TestSupport
import Testing

@testable import Tasks

@Suite("Recordings with their notes beside them")
struct PerformanceSetTests {
  private static let labels = """
    start_time,end_time,instrument,note,start_beat,end_beat,note_value
    4410,22050,1,60,0,1,
    """

  private static func sound(_ number: Int) -> Data {
    WaveFile((0..<22_050).map { Float($0 % (50 + number)) / 100 }).bytes
  }

  /// Middle C of velocity 90 from 0.5 s to 1 s with the pedal down from 0.75 s on, at 120 quarter notes of 480 ticks.
  private static let midi = Data(
    Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0x01, 0xE0] + Array("MTrk".utf8)
      + [0, 0, 0, 21] + [0x83, 0x60, 0x90, 60, 90] + [0x81, 0x70, 0xB0, 64, 127]
      + [0x81, 0x70, 0x80, 60, 0] + [0, 0xFF, 0x2F, 0] + [0, 0]
  )

  private func folder(_ files: [(path: String, bytes: Data)]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for file in files {
      let path = folder(file.path)
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent,
        withIntermediateDirectories: true
      )
      try file.bytes.write(to: URL(fileURLWithPath: path))
    }
    return folder
  }

  @Test("pairs sounds with MIDI and tables, and tells by folders what validates and tests")
  func pairs() throws {
    let folder = try folder([
      ("2004/a.wav", Self.sound(1)), ("2004/a.midi", Self.midi),
      ("validation/b.wav", Self.sound(2)), ("validation/b.csv", Data(Self.labels.utf8)),
      ("music/test_data/7.wav", Self.sound(3)), ("music/test_labels/7.csv", Data(Self.labels.utf8)),
      ("alone.wav", Self.sound(4)), ("alone-too.mid", Self.midi),
    ])
    let set = try PerformanceSet(path: folder(""), cache: SampleCache(folder: nil))
    #expect(set.recordings.map(\.name) == ["2004/a", "music/test_data/7", "validation/b"])
    #expect(set.recordings.map(\.role) == [.train, .test, .validation])
    #expect(set.faults.isEmpty)
    let played = set.recordings[0].playing
    #expect(played.isPerformed && !set.recordings[2].playing.isPerformed)
    #expect(played.notes == [NoteEvent(onset: 0.5, offset: 1, pitch: 60, velocity: 90)])
    #expect(played.pedals.map(\.start) == [0.75])
    #expect(set.recordings[2].playing.notes.map(\.onset) == [0.1])
  }

  @Test("a link to a folder is followed")
  func link() throws {
    let folder = try folder([("real/a.wav", Self.sound(1)), ("real/a.mid", Self.midi)])
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"),
      withDestinationPath: folder("real")
    )
    let set = try PerformanceSet(path: folder("link"), cache: SampleCache(folder: nil))
    #expect(set.recordings.map(\.name) == ["a"])
  }

  @Test("pipes among the files are told of, not waited for")
  func namedPipes() throws {
    let folder = try folder([
      ("a.wav", Self.sound(1)), ("b.mid", Self.midi), ("c.wav", Self.sound(2)),
      ("c.mid", Self.midi),
    ])
    #expect(mkfifo(folder("a.mid"), 0o600) == 0 && mkfifo(folder("b.wav"), 0o600) == 0)
    let set = try PerformanceSet(path: folder(""), cache: SampleCache(folder: nil))
    #expect(set.recordings.map(\.name) == ["c"])
    #expect(
      set.faults.map(\.reason) == ["this is not a regular file", "this is not a regular file"]
    )
  }

  @Test("names files with faults, and goes on without them")
  func faults() throws {
    let folder = try folder([
      ("a.wav", Self.sound(1)), ("a.mid", Self.midi),
      ("b.wav", Data("no sound".utf8)), ("b.mid", Self.midi),
      ("c.wav", Self.sound(2)), ("c.mid", Self.midi.prefix(30)),
    ])
    let set = try PerformanceSet(path: folder(""), cache: SampleCache(folder: nil))
    #expect(set.recordings.map(\.name) == ["a"])
    #expect(set.faults.map { ($0.file as NSString).lastPathComponent } == ["b.wav", "c.mid"])
  }

  @Test("a folder without any, and none at all, are told with what to do")
  func missing() throws {
    let folder = try folder([("a.wav", Self.sound(1))])
    let cache = SampleCache(folder: nil)
    let empty = #expect(throws: DataFault.self) {
      try PerformanceSet(path: folder(""), cache: cache)
    }
    #expect(empty?.message.hasSuffix("there are no recordings with notes in it") == true)
    let none = #expect(throws: DataFault.self) {
      try PerformanceSet(path: folder("nowhere"), cache: cache)
    }
    #expect(none?.message.hasSuffix("there is no such folder") == true)
  }

  @Test("windows of recordings carry what is played at the same samples")
  func windows() throws {
    let folder = try folder([("valid/a.wav", Self.sound(1)), ("valid/a.mid", Self.midi)])
    let set = try PerformanceSet(path: folder(""), cache: SampleCache(folder: nil))
    var form = PerformanceForm()
    form.window = 8192
    form.path = "there"
    let data = PerformanceData(.recordings(set), form: form, batchSize: 1)
    let window = data.window(of: set.recordings[0], from: 1000)
    // Frame 0 is about sample 1128.
    let note = try #require(window.notes.first)
    #expect(abs(note.onset - (0.5 - 1128 / 11_000.0)) < 1e-9)
    #expect(
      abs(note.offset - (set.recordings[0].playing.sounding[0].offset - 1128 / 11_000.0)) < 1e-9
    )
    #expect(!data.hasExamples && data.hasHeldOutExamples)
  }
}
