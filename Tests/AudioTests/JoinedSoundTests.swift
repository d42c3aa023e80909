import CSndfile
import Foundation
import TestSupport
import Testing

@testable import Audio

// One after another with the other tests of the suite, which write files by the library too.
extension AudioReaderTests {
  /// What libmpg123 begins its lines with; the tests beside this one write lines too.
  private static let complaints = ["Warning: ", "Note: ", "libmpg123"]
  private static let mp3 = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder(name)))
  }

  private func join(_ parts: [Data]) throws -> String {
    try parts.reduce(Data(), +).write(to: URL(fileURLWithPath: folder("joined")))
    return folder("joined")
  }

  /// Reads a file to its end.
  private func read(_ path: String) throws -> AudioReader {
    let reader = try AudioReader(path: path, allowsTruncation: true, decoder: nil)
    while try reader.read({ _ in }) {}
    return reader
  }

  /// An MP3 without the first frame, which says how long it is.
  private func withoutLength(_ file: Data) throws -> Data {
    let header = try #require(MPEGHeader(Array(file)[...]))
    let first = file[..<header.length]
    #expect(first.range(of: Data("Xing".utf8)) ?? first.range(of: Data("Info".utf8)) != nil)
    return Data(file[header.length...])
  }

  @Test(
    "of files that were joined all are heard",
    arguments: [
      ("a.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS), ("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16),
      ("a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16), ("a.mp3", mp3),
      ("a.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16),
    ]
  )
  func joined(name: String, format: Int) throws {
    try write(WaveFile.tone(440, seconds: 1), name, format)
    try write(WaveFile.tone(550, seconds: 2), "b", format)
    let alone = try samples(folder(name)) + samples(folder("b"))
    let joined = try join([bytes(name), bytes("b")])
    #expect(try samples(joined) == alone)
    let reader = try read(joined)
    #expect(reader.framesRead == 3 * 44_100 && !reader.isTruncated && reader.unreadParts.count == 0)
  }

  @Test(
    "what was joined is heard at the rate of the first, whatever its own, its channels and its form",
    arguments: ["wav", "flac", "ogg", "mp3", "au"],
    ["wav", "ogg", "flac", "mp3", "au"]
  )
  func otherRate(first: String, second: String) throws {
    // A stream of FLAC does not say where it ends, and frames of MPEG audio are marked too weakly to be sought in it.
    guard !(first == "flac" && ["mp3", "au"].contains(second)) else { return }
    let formats = [
      "wav": SF_FORMAT_WAV | SF_FORMAT_PCM_16, "flac": SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
      "ogg": SF_FORMAT_OGG | SF_FORMAT_VORBIS, "mp3": Self.mp3,
      "au": SF_FORMAT_AU | SF_FORMAT_PCM_16,
    ]
    try write(WaveFile.tone(440, seconds: 1), "a", try #require(formats[first]))
    let tone = WaveFile.tone(550, seconds: 1, rate: 22_050)
    try write(
      tone.flatMap { [$0, $0] },
      "b",
      try #require(formats[second]),
      rate: 22_050,
      channels: 2
    )
    let path = try join([bytes("a"), bytes("b")])
    let reader = try read(path)
    #expect(reader.framesRead == 2 * 44_100 && reader.rate == 44_100, "\(first), \(second)")
    #expect(!reader.isTruncated && reader.unreadParts.count == 0 && reader.damage.count == 0)
    let found = try samples(path)
    // Upward crossings in half a second.
    for (start, crossings) in [(11_025, 220), (55_125, 275)] where found.count >= start + 22_050 {
      let count = (start..<start + 22_050).count { found[$0] < 0 && found[$0 + 1] >= 0 }
      #expect(abs(count - crossings) <= 1, "\(first), \(second)")
    }
  }

  @Test("what was joined and cannot be read is counted, with its place")
  func unread() throws {
    try write(WaveFile.tone(440, seconds: 1), "a", SF_FORMAT_WAV | SF_FORMAT_PCM_16)
    let foreign = Data([0, 0, 0, 32]) + Data("ftypM4A and so on, up to 32".utf8) + Data(count: 1)
    let wave = try bytes("a")
    let reader = try read(try join([wave, foreign, wave]))
    #expect(reader.framesRead == 2 * 44_100)
    #expect(reader.unreadParts == SoundPlaces(count: 1, first: 44_100))
  }

  @Test("an MP3 that does not say how long it is, is whole")
  func noLength() throws {
    try write(WaveFile.tone(440, seconds: 3), "a.mp3", Self.mp3)
    let file = try withoutLength(try bytes("a.mp3"))
    let reader = try read(try join([file]))
    #expect(!reader.isTruncated && abs(reader.framesRead - 3 * 44_100) < 3 * 1152)
    // One that says so and one that does not.
    let both = try read(try join([try bytes("a.mp3"), file]))
    #expect(!both.isTruncated && abs(both.framesRead - 6 * 44_100) < 3 * 1152)
  }

  @Test("an MP3 that is cut off lacks what it promises, and the library says nothing")
  func cutMP3() throws {
    try write(WaveFile.tone(440, seconds: 4), "a.mp3", Self.mp3)
    let path = try cut("a.mp3", by: 0.5)
    let told = try CapturedErrors.text {
      let reader = try read(path)
      #expect(reader.isTruncated)
      #expect(abs(reader.framesRead - 2 * 44_100) < 8 * 1152)
      #expect(reader.framesRead + reader.missingFrames == 4 * 44_100)
    }
    #expect(Self.complaints.allSatisfy { !told.contains($0) }, "\(told)")
  }

  @Test("an MP3 with a hole goes on behind it, and tags behind it are no sound")
  func hole() throws {
    try write(WaveFile.tone(440, seconds: 4), "a.mp3", Self.mp3)
    let file = try bytes("a.mp3")
    let middle = file.count / 2
    let tag = Data("APETAGEX".utf8) + Data(repeating: 0x55, count: 5000)
    let path = try join([file[..<middle], Data(repeating: 0, count: 3000), file[middle...], tag])
    let told = try CapturedErrors.text {
      let reader = try read(path)
      #expect(abs(reader.framesRead - 4 * 44_100) < 8 * 1152)
    }
    #expect(Self.complaints.allSatisfy { !told.contains($0) }, "\(told)")
  }

  @Test("what is marked as MPEG audio and is none leaves the library silent")
  func doubtful() throws {
    let noise = (0..<4000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
    var wave = WaveFile(WaveFile.tone(440, seconds: 0.1)).bytes
    // The code of MPEG audio of layer 3.
    wave[20] = 0x55
    let starts = [
      Data([0xFF, 0xFB, 0x90, 0x44]) + Data(noise), Data("ID3".utf8) + Data(noise), wave,
    ]
    let told = try CapturedErrors.text {
      for start in starts {
        let path = try join([start])
        #expect(throws: AudioError.self) { try read(path) }
      }
    }
    #expect(Self.complaints.allSatisfy { !told.contains($0) }, "\(told)")
  }

  @Test("a WAV file whose header promises three gigabytes is cut off")
  func cutOfThreeGigabytes() throws {
    var file = WaveFile(WaveFile.tone(440, seconds: 0.1))
    file.claimedBytes = 3_000_000_000
    let reader = try read(try file.write(to: "a.wav", in: folder))
    #expect(reader.isTruncated && reader.framesRead == 4410)
    #expect(reader.framesRead + reader.missingFrames == 1_500_000_000)
  }
}

/// What is written to standard error meanwhile; it is written there afterwards, since other tests write too.
enum CapturedErrors {
  static func text(_ body: () throws -> Void) throws -> String {
    let folder = try TemporaryFolder()
    let descriptor = open(folder("errors"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    let kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
    fflush(nil)
    dup2(descriptor, STDERR_FILENO)
    let result = Result(catching: body)
    fflush(nil)
    dup2(kept, STDERR_FILENO)
    close(kept)
    close(descriptor)
    let text = try folder.text(of: "errors")
    FileHandle.standardError.write(Data(text.utf8))
    try result.get()
    return text
  }
}
