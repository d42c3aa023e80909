import CSndfile
import Foundation
import TestSupport
import Testing

@testable import Audio

// One after another with the other tests of the suite, which write files by the library too.
extension AudioReaderTests {
  private static let seconds = 10

  /// Noise that no codec takes for silence.
  private static let noise: [Float] = {
    var random = SeededRandom(seed: 11)
    return (0..<seconds * 44_100).map { _ in Float.random(in: -0.4...0.4, using: &random) }
  }()

  private func heard(_ path: String) throws -> (reader: AudioReader, samples: [Float]) {
    let reader = try AudioReader(path: path, allowsTruncation: true, decoder: nil)
    var samples: [Float] = []
    while try reader.read({ samples += $0 }) {}
    return (reader, samples)
  }

  /// Writes over 40 bytes at some shares of a file, or takes them out.
  private func damage(_ name: String, at shares: [Double], removing: Bool = false) throws -> String
  {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder(name)))
    var random = SeededRandom(seed: 12)
    for share in shares.sorted().reversed() {
      let start = Int(share * Double(bytes.count))
      let junk = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
      bytes.replaceSubrange(start..<start + 40, with: removing ? Data() : Data(junk))
    }
    try bytes.write(to: URL(fileURLWithPath: folder("damaged")))
    return folder("damaged")
  }

  /// Two files of equal length, but for so many samples, where what differs is near some times, and the rest the same.
  private func expectSame(
    _ found: [Float],
    _ whole: [Float],
    exceptNear times: [Double],
    reach: Double,
    lacking: Int = 0,
    _ comment: Comment
  ) {
    #expect(found.count == whole.count - lacking, comment)
    let rate = Double(whole.count) / Double(Self.seconds)
    for (index, pair) in zip(found, whole).enumerated() where abs(pair.0 - pair.1) > 1e-4 {
      let time = Double(index) / rate
      guard times.contains(where: { abs($0 - time) < reach }) else {
        Issue.record("they differ at \(time) s: \(pair), \(comment)")
        return
      }
    }
  }

  @Test("FLAC is heard behind damage, and silent for as long as what is lost", arguments: [0, 1])
  func damagedFLAC(removing: Int) throws {
    try write(Self.noise, "a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    let whole = try samples(folder("a.flac"))
    let path = try damage("a.flac", at: [0.3, 0.5, 0.7], removing: removing == 1)
    let (reader, found) = try heard(path)
    #expect(reader.damage.count == 3 && !reader.isTruncated)
    #expect(abs(Double(reader.damage.first) / 44_100 - 3) < 0.2)
    expectSame(found, whole, exceptNear: [3, 5, 7], reach: 0.2, "FLAC")
  }

  @Test(
    "Ogg is heard behind damage at the time at which it was",
    arguments: [("a.ogg", SF_FORMAT_VORBIS, 1.0), ("a.opus", SF_FORMAT_OPUS, 1.3)],
    [false, true]
  )
  func damagedOgg(form: (name: String, codec: Int, reach: Double), removing: Bool) throws {
    var noise = Self.noise
    var rate: Int32 = 44_100
    if form.codec == SF_FORMAT_OPUS {
      rate = 48_000
      noise += Self.noise[..<(Self.seconds * 3900)]
    }
    try write(noise, form.name, SF_FORMAT_OGG | form.codec, rate: rate)
    let whole = try samples(folder(form.name))
    let path = try damage(form.name, at: [0.3, 0.7], removing: removing)
    let (reader, found) = try heard(path)
    #expect(reader.damage.count == 2 && !reader.isTruncated)
    // Opus is ahead of its sound by 6.5 ms, which are not heard where a stretch ends.
    let lead = form.codec == SF_FORMAT_OPUS ? 312 : 0
    expectSame(
      found,
      whole,
      exceptNear: [3, 7],
      reach: form.reach,
      lacking: lead,
      "\(form.name)"
    )
  }

  @Test("MPEG audio is heard behind damage at the time at which it was", arguments: [false, true])
  func damagedMPEG(removing: Bool) throws {
    try write(Self.noise, "a.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
    let whole = try samples(folder("a.mp3"))
    // Long enough to hold a header of a frame.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder("a.mp3")))
    var cut = bytes
    let middle = bytes.count / 2
    let range = middle..<middle + 2000
    cut.replaceSubrange(range, with: removing ? Data() : Data(repeating: 0x55, count: range.count))
    try cut.write(to: URL(fileURLWithPath: folder("damaged")))
    let told = try CapturedErrors.text {
      let (reader, found) = try heard(folder("damaged"))
      #expect(reader.damage.count == 1 && !reader.isTruncated)
      #expect(abs(Double(reader.damage.first) / 44_100 - 5) < 0.2)
      expectSame(found, whole, exceptNear: [5], reach: 0.5, "MP3")
    }
    #expect(!told.contains("mpg123") && !told.contains("Note: ") && !told.contains("Warning: "))
  }

  @Test(
    "samples that are no finite numbers are silent, and told",
    arguments: [Float.nan, .infinity]
  )
  func unbounded(value: Float) throws {
    var file = WaveFile(WaveFile.tone(440, seconds: 3))
    file.isFloat = true
    for frame in [88_200, 88_201, 100_000] { file.samples[frame] = value }
    let (reader, found) = try heard(try file.write(to: "a.wav", in: folder))
    for frame in [88_200, 88_201, 100_000] { file.samples[frame] = 0 }
    #expect(found == file.samples)
    #expect(reader.damage == SoundPlaces(count: 2, first: 88_200))
  }

  @Test("remarks say how often and where first, once for each kind, also of samples that were kept")
  func remarks() throws {
    try write(Self.noise, "a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    let path = try damage("a.flac", at: [0.25, 0.5])
    for _ in 0..<2 {
      let cache = SampleCache(folder: folder("cache"), decoder: nil)
      let recording = try cache.recording(path: path)
      #expect(recording.remarks.count == 1)
      #expect(
        recording.remarks.first?.hasPrefix("damaged at 2 places, first at 2.") == true,
        "\(recording.remarks)"
      )
    }
  }
}
