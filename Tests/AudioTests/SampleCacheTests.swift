import Files
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Audio

@Suite("Samples that are kept")
struct SampleCacheTests {
  private struct Stop: Error {}

  private let folder: TemporaryFolder
  private let cacheFolder: String

  init() throws {
    folder = try TemporaryFolder()
    cacheFolder = folder("cache/rse")
  }

  private func song(_ seconds: Double = 2, _ frequency: Double = 440) throws -> String {
    try WaveFile(WaveFile.tone(frequency, seconds: seconds)).write(to: "song.wav", in: folder)
  }

  private func samples(_ recording: Recording) -> [Float] {
    recording.withSamples(0..<recording.count) { Array($0) }
  }

  private var keptFiles: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: cacheFolder).sorted()
    }
  }

  /// Whether a file was decoded: only then are there seconds of sound to report.
  private func recording(_ path: String, _ cache: SampleCache) throws -> (Recording, Bool) {
    var decodes = false
    let recording = try cache.recording(path: path) { decodes = decodes || $0.seconds > 0 }
    return (recording, decodes)
  }

  @Test("a recording has the samples of its file at 11 kHz, kept or not")
  func content() throws {
    let path = try song()
    let (first, decodes) = try recording(path, SampleCache(folder: cacheFolder))
    #expect(decodes && first.count == 22_000 && first.seconds == 2 && first.missingSeconds == 0)
    let expected = WaveFile.tone(440, seconds: 2, rate: 11_000)
    expectClose(
      Array(samples(first)[100..<21_900]),
      Array(expected[100..<21_900]),
      absolute: 1e-3,
      ""
    )

    let (second, decodesAgain) = try recording(path, SampleCache(folder: cacheFolder))
    #expect(!decodesAgain && samples(second) == samples(first))
    let (third, _) = try recording(path, SampleCache(folder: nil))
    #expect(samples(third) == samples(first) && third.digest == first.digest)
    #expect(try keptFiles == ["\(first.source).samples"])
  }

  @Test("a copy under another name is found, a changed file is not")
  func keys() throws {
    let path = try song()
    let cache = SampleCache(folder: cacheFolder)
    _ = try recording(path, cache)
    try FileManager.default.copyItem(atPath: path, toPath: folder("copy.wav"))
    #expect(try !recording(folder("copy.wav"), cache).1)
    let other = try song(2, 441)
    #expect(try recording(other, cache).1)
    #expect(try keptFiles.count == 2)
  }

  @Test("digests of files are remembered until the files change")
  func index() throws {
    let path = try song()
    let cache = SampleCache(folder: cacheFolder)
    let (first, _) = try recording(path, cache)
    cache.folder.save()
    let lines = try String(contentsOfFile: cacheFolder + "/digests", encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.count == 2 && lines.contains { $0.hasPrefix("\(first.source) ") })
    // Nobody reads the file for its digest while length and time are the same.
    var status = stat()
    #expect(stat(path, &status) == 0)
    _ = try song(2, 450)
    #expect(try SampleCache(folder: cacheFolder).recording(path: path).source != first.source)
    utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0)
    #expect(try SampleCache(folder: cacheFolder).recording(path: path).source == first.source)
    _ = try song()
    try "nonsense\n\u{0}\n1 2 3 4\n".write(
      toFile: cacheFolder + "/digests",
      atomically: true,
      encoding: .utf8
    )
    #expect(try !recording(path, SampleCache(folder: cacheFolder)).1)
  }

  @Test(
    "damaged samples are made anew",
    arguments: ["shorter", "longer", "flipped", "empty", "trailer", "folder"]
  )
  func damage(kind: String) throws {
    let path = try song()
    let (first, _) = try recording(path, SampleCache(folder: cacheFolder))
    let whole = samples(first)
    let kept = cacheFolder + "/\(first.source).samples"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
    switch kind {
    case "shorter": bytes.removeLast(100)
    case "longer": bytes.append(1)
    case "flipped": bytes[4000] ^= 1
    case "empty": bytes = Data()
    case "trailer": bytes[bytes.count - 50] ^= 1
    default: break
    }
    try FileManager.default.removeItem(atPath: kept)
    if kind == "folder" {
      try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: false)
    } else {
      try bytes.write(to: URL(fileURLWithPath: kept))
    }
    let cache = SampleCache(folder: cacheFolder)
    let (again, decodes) = try recording(path, cache)
    #expect(decodes && samples(again) == whole)
    #expect(cache.folder.takeNotices().isEmpty == (kind != "folder"))
    // The mapping of the first one outlives its file.
    #expect(samples(first) == whole)
  }

  @Test("without a folder that can be written samples last as long as they are used")
  func noFolder() throws {
    let path = try song()
    try folder.write("a file", to: "file")
    let cache = SampleCache(folder: folder("file") + "/cache")
    let notices = cache.folder.takeNotices()
    #expect(notices.count == 1 && notices[0].hasPrefix("samples are not kept for the next time"))
    #expect(cache.folder.takeNotices().isEmpty)
    #expect(try cache.recording(path: path).count == 22_000)
    cache.folder.save()
    #expect(try folder.names() == ["file", "song.wav"])
  }

  @Test("reading ends when progress throws, and leaves nothing behind")
  func interruption() throws {
    let path = try song(20)
    let cache = SampleCache(folder: cacheFolder)
    #expect(throws: Stop.self) {
      try cache.recording(path: path) { if $0.seconds > 5 { throw Stop() } }
    }
    #expect(try keptFiles.isEmpty)
    #expect(try cache.recording(path: path).count == 220_000)
  }

  @Test("a file that is cut off is used as far as it goes, kept or not")
  func truncation() throws {
    var file = WaveFile(WaveFile.tone(440, seconds: 1))
    file.claimedBytes = 2 * 88_200
    let path = try file.write(to: "cut.wav", in: folder)
    let cache = SampleCache(folder: cacheFolder)
    for _ in 0..<2 {
      let recording = try cache.recording(path: path)
      #expect(recording.count == 11_000 && recording.missingSeconds == 1)
    }
  }

  @Test("files that are no sound leave nothing in the cache")
  func noSound() throws {
    let path = try folder.write("words", to: "words.wav")
    let cache = SampleCache(folder: cacheFolder)
    #expect(throws: AudioError.self) { try cache.recording(path: path) }
    #expect(throws: AudioError(file: "x", .file(.noFile))) {
      try cache.recording(path: folder.path, name: "x")
    }
    #expect(try keptFiles.isEmpty)
  }

  @Test(
    "samples beyond both ends are zeros",
    arguments: [(-5, 10), (-20, 10), (21_995, 10), (30_000, 10), (-5, 30_000), (7, 0)]
  )
  func ends(start: Int, count: Int) throws {
    let recording = try SampleCache(folder: nil).recording(path: try song())
    let whole = samples(recording)
    var buffer = [Float](repeating: 9, count: count)
    buffer.withUnsafeMutableBufferPointer { recording.copy(from: start, into: $0) }
    let expected = (start..<start + count).map { whole.indices.contains($0) ? whole[$0] : 0 }
    #expect(buffer == expected)
  }

  @Test("threads read many files")
  func threads() throws {
    let path = try song()
    let cache = SampleCache(folder: cacheFolder)
    let counts = Mutex<[Int]>([])
    try ReadingThreads.run(threads: 3, poll: {}) { threads in
      for _ in 0..<10 {
        try threads.submit(poll: {}) {
          let count = try? cache.recording(path: path) { _ in try threads.check() }.count
          counts.withLock { $0.append(count ?? 0) }
        }
      }
    }
    #expect(counts.withLock { $0 } == [Int](repeating: 22_000, count: 10))
  }
}
