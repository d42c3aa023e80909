import Audio
import Foundation
import TestSupport
import Testing

@testable import Tasks

@Suite("MusicNet from a folder or an archive")
struct MusicNetSetTests {
  private struct Stop: Error {}

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var cache: SampleCache { SampleCache(folder: folder("cache"), decoder: nil) }

  private static let labels = "start_time,end_time,instrument,note\n4410,8820,1,60\n"

  private static func sound(_ seconds: Double = 0.5, _ id: Int = 0) -> Data {
    WaveFile(WaveFile.tone(200 + Double(id) / 10, seconds: seconds)).bytes
  }

  /// The files of recordings: two for training, one each for validation and test, one in the test folder that
  /// the original trains with.
  private static var files: [(path: String, bytes: Data)] {
    let train = [1727, 2303, 2131, 10].flatMap { id in
      [
        (path: "train_data/\(id).wav", bytes: sound(0.5, id)),
        (path: "train_labels/\(id).csv", bytes: Data(labels.utf8)),
      ]
    }
    let test = [
      (path: "test_data/2628.wav", bytes: sound(0.5, 2628)),
      (path: "test_labels/2628.csv", bytes: Data(labels.utf8)),
    ]
    return train + test
  }

  private func write(_ files: [(path: String, bytes: Data)], to top: String = "set") throws
    -> String
  {
    for file in files {
      let url = URL(fileURLWithPath: folder("\(top)/\(file.path)"))
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try file.bytes.write(to: url)
    }
    return folder(top)
  }

  private func roles(_ set: MusicNetSet) -> [String] {
    set.recordings.map { "\($0.id) \($0.role)" }
  }

  @Test("a folder gives its recordings in the order of their numbers, by split")
  func folders() throws {
    let path = try write(Self.files)
    let set = try MusicNetSet(path: path, cache: cache)
    #expect(set.faults.isEmpty && set.notices.isEmpty)
    #expect(roles(set) == ["10 train", "1727 train", "2131 validation", "2303 test", "2628 train"])
    let published = try MusicNetSet(path: path, split: .published, cache: cache)
    #expect(
      roles(published) == ["10 train", "1727 train", "2131 validation", "2303 train", "2628 test"]
    )
    #expect(published.recordings(for: .test).map(\.id) == ["2628"])
    let recording = set.recordings[0]
    #expect(recording.recording.count == 5500)
    #expect(recording.notes == [NoteEvent(onset: 0.1, offset: 0.2, pitch: 60, program: 0)])
    let flags = recording.roll.flags(at: [0.15, 0.3])
    #expect(flags.indices.filter { flags[$0] == 1 } == [60])
    let above = try MusicNetSet(path: folder.path, cache: cache)
    #expect(roles(above) == roles(set))
  }

  @Test(
    "an archive gives the same as its folder, and is read once",
    arguments: ["musicnet.tar.gz", "musicnet.tar", "musicnet.zip"]
  )
  func archives(name: String) throws {
    let expected = try MusicNetSet(path: try write(Self.files), cache: SampleCache(folder: nil))
    // Labels before and after their audio, below some folders, beside other files.
    var files = Self.files.reversed().map { (path: "./a/musicnet/\($0.path)", bytes: $0.bytes) }
    files.append((path: "musicnet/README", bytes: Data("read me".utf8)))
    files.append((path: "musicnet/train_data/._10.wav", bytes: Data([0, 1, 2])))
    let path = try TestArchive.write(files, to: name, in: folder)
    let set = try MusicNetSet(path: path, cache: cache)
    #expect(roles(set) == roles(expected) && set.faults.isEmpty)
    #expect(
      zip(set.recordings, expected.recordings).allSatisfy {
        $0.recording.digest == $1.recording.digest && $0.notes == $1.notes
      }
    )
    // With other bytes, but length and time as they were, it is seen that nobody reads it again.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var status = stat()
    #expect(stat(path, &status) == 0)
    try Data(count: bytes.count).write(to: URL(fileURLWithPath: path))
    utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0)
    let again = try MusicNetSet(path: path, cache: cache)
    #expect(roles(again) == roles(expected))
    try bytes.write(to: URL(fileURLWithPath: path))
    let kept = folder("cache/\(set.recordings[1].recording.source).samples")
    try FileManager.default.removeItem(atPath: kept)
    #expect(try roles(MusicNetSet(path: path, cache: cache)) == roles(expected))
    #expect(FileManager.default.fileExists(atPath: kept))
    #expect(try roles(MusicNetSet(path: path, cache: SampleCache(folder: nil))) == roles(expected))
  }

  /// Files with one fault each, and what is said of them.
  private static var wrongFiles: [(path: String, bytes: Data)] {
    let late = "start_time,end_time,instrument,note\n4410,882000,1,60\n"
    return files + [
      (path: "train_data/1.wav", bytes: Data("no sound at all".utf8)),
      (path: "train_labels/1.csv", bytes: Data(labels.utf8)),
      (path: "train_data/2.wav", bytes: sound(0.5, 2)),
      (path: "train_labels/3.csv", bytes: Data(labels.utf8)),
      (path: "train_data/4.wav", bytes: sound(0.5, 4)),
      (path: "train_labels/4.csv", bytes: Data(late.utf8)),
      (path: "test_data/10.wav", bytes: sound(0.5, 11)),
    ]
  }

  @Test("files with faults are told of, and the others go on", arguments: [false, true])
  func faults(isArchive: Bool) throws {
    let path =
      isArchive
      ? try TestArchive.write(Self.wrongFiles, to: "set.tgz", in: folder)
      : try write(Self.wrongFiles)
    let expected = [
      "train_data/10.wav: recording 10 is there twice, also as \(path)/test_data/10.wav",
      "train_data/1.wav: this is not a sound file that can be read (format not recognised)",
      "train_data/2.wav: there are no labels for it",
      "train_labels/3.csv: there is no audio for these labels",
      "train_labels/4.csv: no line is a note: line 2 skipped: it ends after the audio, which has 0.50 s: do they belong together?",
    ].map { "\(path)/\($0)" }
    for _ in 0..<2 {
      let set = try MusicNetSet(path: path, cache: cache)
      #expect(set.faults.map(\.message).sorted() == expected.sorted())
      #expect(roles(set) == ["1727 train", "2131 validation", "2303 test", "2628 train"])
    }
  }

  @Test("sounds that deviate are read as any others, with remarks", arguments: [false, true])
  func deviations(isArchive: Bool) throws {
    // A recorder that lost its power, two files that were joined, a damaged one, and half of one.
    var unknown = WaveFile(WaveFile.tone(300, seconds: 0.5))
    unknown.claimedBytes = 0
    var broken = WaveFile(WaveFile.tone(300, seconds: 0.5))
    broken.isFloat = true
    broken.samples[11_025] = .nan
    var cut = WaveFile(WaveFile.tone(300, seconds: 0.5))
    cut.claimedBytes = 88_200
    let sounds = [unknown.bytes, Self.sound(0.25) + Self.sound(0.25), broken.bytes, cut.bytes]
    // Of three more notes the first is heard whole, the second in part and the third not at all.
    let more = Self.labels + "17640,20000,1,61\n17640,30870,1,62\n35280,39690,1,63\n"
    let files = zip(1..., sounds).flatMap { id, bytes in
      [
        (path: "train_data/\(id).wav", bytes: bytes),
        (
          path: "train_labels/\(id).csv",
          bytes: Data((id == sounds.count ? more : Self.labels).utf8)
        ),
      ]
    }
    let path =
      isArchive ? try TestArchive.write(files, to: "set.tar", in: folder) : try write(files)
    for _ in 0..<2 {
      let set = try MusicNetSet(path: path, cache: cache)
      #expect(set.faults.isEmpty && set.recordings.map(\.id) == ["1", "2", "3", "4"])
      #expect(set.recordings.allSatisfy { $0.recording.count == 5500 })
      #expect(
        set.recordings.map(\.recording.remarks)
          == [
            [], [], ["damaged at 0.2 s; what is lost is silent, the rest is heard"],
            ["cut off, 0.5 s of it are missing; what is there is heard"],
          ]
      )
      let notes = set.recordings[3].notes
      #expect(notes.map(\.pitch) == [60, 61, 62])
      #expect(notes.map(\.offset) == [0.2, 20_000.0 / 44_100, 0.5])
    }
  }

  @Test("an archive that is cut off gives what was complete")
  func cutArchive() throws {
    let path = try TestArchive.write(Self.files, to: "whole.tar", in: folder)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.prefix(bytes.count * 6 / 10).write(to: URL(fileURLWithPath: folder("cut.tar")))
    let set = try MusicNetSet(path: folder("cut.tar"), cache: cache)
    #expect(
      set.recordings.map(\.id) == ["1727", "2303"]
        || set.recordings.map(\.id) == ["1727", "2131", "2303"]
    )
    #expect(set.faults.contains { $0.message.contains("the archive cannot be read") })
  }

  @Test("reading a set can be ended, and goes on the next time", arguments: [false, true])
  func interruption(isArchive: Bool) throws {
    let files = (1...4).flatMap { id in
      [
        (path: "train_data/\(id).wav", bytes: Self.sound(1, id)),
        (path: "train_labels/\(id).csv", bytes: Data(Self.labels.utf8)),
      ]
    }
    let path =
      isArchive
      ? try TestArchive.write(files, to: "set.tar", in: folder) : try write(files)
    #expect(throws: Stop.self) {
      var calls = 0
      _ = try MusicNetSet(path: path, cache: cache) { _ in
        calls += 1
        if calls == 4 { throw Stop() }
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("cache"))
    #expect(!names.contains { $0.hasSuffix(".tmp") } && names.count < 4)
    #expect(try MusicNetSet(path: path, cache: cache).recordings.count == 4)
  }

  @Test("what holds no set is refused with what to do")
  func refusals() throws {
    func message(_ path: String) -> String {
      do {
        _ = try MusicNetSet(path: path, cache: cache)
        return "taken"
      } catch { return error.localizedDescription }
    }
    try folder.write("PK", to: "musicnet.npz")
    try folder.write("words", to: "notes.txt")
    try folder.write("words", to: "bad.tar.gz")
    try folder.write("", to: "empty.zip")
    #expect(
      message(folder("nothing")).hasSuffix("there is no such file or folder; correct the path")
    )
    #expect(message(folder.path).contains("the archive cannot be read"))
    let pickles = message(folder("musicnet.npz"))
    #expect(pickles.contains("its arrays are pickles, which can run code"))
    #expect(pickles.contains("5120004") && pickles.contains("844764911fa0d5b97c97da944a057590"))
    #expect(message(folder("notes.txt")).contains("this is neither a folder nor an archive"))
    #expect(message(folder("bad.tar.gz")).contains("the archive cannot be read"))
    #expect(message(folder("empty.zip")).contains("there is no sound in it"))
    let empty = try TestArchive.write([(path: "a.txt", bytes: Data([1]))], to: "e.zip", in: folder)
    #expect(message(empty).contains("there are no recordings in it"))
  }
}
