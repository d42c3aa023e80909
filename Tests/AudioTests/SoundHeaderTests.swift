import CSndfile
import Foundation
import TestSupport
import Testing

@testable import Audio

/// Headers as recorders, pipes and careless programs leave them; all bytes are written by hand.
@Suite("Sounds with deviating headers")
struct SoundHeaderTests {
  private let folder: TemporaryFolder
  private static let tone = WaveFile.tone(440, seconds: 0.5)
  /// Little-endian samples of 16 bits.
  private static let samples = Data(WaveFile(tone).bytes[44...])
  private static var count: UInt32 { UInt32(samples.count) }

  init() throws { folder = try TemporaryFolder() }

  private static func little(_ number: UInt32) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
  }

  private static func big(_ number: UInt32) -> Data {
    withUnsafeBytes(of: number.bigEndian) { Data($0) }
  }

  /// Mono, 44,100 Hz, 16 bits.
  private static let format =
    Data("fmt ".utf8) + little(16) + Data([1, 0, 1, 0]) + little(44_100) + little(88_200)
    + Data([2, 0, 16, 0])

  /// A WAV file with the sizes of the whole and of the sound.
  private static func wave(_ whole: UInt32, _ sound: UInt32, before chunks: Data = Data()) -> Data {
    Data("RIFF".utf8) + little(whole) + Data("WAVE".utf8) + format + chunks + Data("data".utf8)
      + little(sound) + samples
  }

  private func read(_ bytes: Data, _ name: String = "a") throws -> (
    reader: AudioReader, samples: [Float]
  ) {
    try bytes.write(to: URL(fileURLWithPath: folder(name)))
    let reader = try AudioReader(path: folder(name), allowsTruncation: true, decoder: nil)
    var samples: [Float] = []
    while try reader.read({ samples += $0 }) {}
    return (reader, samples)
  }

  private func expectWhole(_ bytes: Data, _ comment: Comment) throws {
    let (reader, samples) = try read(bytes)
    #expect(!reader.isTruncated && reader.damage.count == 0, comment)
    expectClose(samples, Self.tone, absolute: 1e-4, "\(comment)")
  }

  @Test(
    "a WAV file whose sizes were written before they were known is whole",
    arguments: [
      (36, 0), (0, 0), (0xFFFF_FFFF, 0xFFFF_FFFF), (0x7FFF_FFFF, 0x7FFF_FFFF),
      (0x8000_0000, 0x8000_0000), (0x7FFF_F024, 0x7FFF_F000), (0x7FFF_FF24, 0x7FFF_FF00),
      (0xFFFF_FFFF, 0xFFFF_FFDB), (0x7FFF_FFFF, 0x7FFF_FFDB), (36, 0xFFFF_FFFF),
      (0x8000_0022, 0x7FFF_FFFE), (0, 44_100),
    ] as [(UInt32, UInt32)]
  )
  func unknownSizes(whole: UInt32, sound: UInt32) throws {
    try expectWhole(Self.wave(whole, sound), "\(whole), \(sound)")
  }

  @Test(
    "any other size is meant, near as it may be to one that is not",
    arguments: [0x7FFF_0000, 0x8000_8000, 0xFFFF_8000, 0xFFFF_0000, 3_000_000_000] as [UInt32]
  )
  func knownSizes(size: UInt32) throws {
    let (reader, samples) = try read(Self.wave(size &+ 36, size))
    #expect(samples.count == Self.tone.count)
    #expect(reader.framesRead + reader.missingFrames == Int(size) / 2)
  }

  @Test("chunks of odd length are passed over with and without the byte behind them")
  func oddChunks() throws {
    let text = Data("INFOISFT".utf8) + Self.little(3) + Data("abc".utf8)
    let list = Data("LIST".utf8) + Self.little(UInt32(text.count)) + text
    let size = 36 + Self.count + UInt32(list.count)
    try expectWhole(Self.wave(size, Self.count, before: list), "no byte")
    try expectWhole(Self.wave(size + 1, Self.count, before: list + Data([0])), "a byte")
    let two = list + list
    try expectWhole(Self.wave(size, Self.count, before: two), "two without a byte")
  }

  @Test("half a frame that is missing is none", arguments: [1, 2])
  func halfFrame(bytes: UInt32) throws {
    let (reader, _) = try read(Self.wave(36 + Self.count + bytes, Self.count + bytes))
    #expect(reader.missingFrames == Int(bytes) / 2)
  }

  @Test(
    "RF64 is read with the sizes that it has elsewhere, and without any",
    arguments: [true, false]
  )
  func wide(isKnown: Bool) throws {
    let size = isKnown ? Self.count : 0
    let sizes = Self.little(size + 72) + Self.little(0) + Self.little(size) + Data(count: 16)
    let file =
      Data("RF64".utf8) + Self.little(.max) + Data("WAVEds64".utf8) + Self.little(28) + sizes
      + Self.format + Data("data".utf8) + Self.little(.max) + Self.samples
    try expectWhole(file, "RF64")
  }

  @Test(
    "AIFF and AU are whole where sizes were not known",
    arguments: [0, 8, 0xFFFF_FFFF, 0x7FFF_FFFF] as [UInt32]
  )
  func bigEndian(size: UInt32) throws {
    var samples = Data()
    for (low, high) in stride(from: 0, to: Self.samples.count, by: 2).map({
      (Self.samples[Self.samples.startIndex + $0], Self.samples[Self.samples.startIndex + $0 + 1])
    }) { samples += [high, low] }
    // 44,100 as a number of 80 bits.
    let rate = Data([0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0])
    let common =
      Data("COMM".utf8) + Self.big(18) + Data([0, 1]) + Self.big(0) + Data([0, 16]) + rate
    let aiff =
      Data("FORM".utf8) + Self.big(size) + Data("AIFF".utf8) + common + Data("SSND".utf8)
      + Self.big(size) + Data(count: 8) + samples
    try expectWhole(aiff, "AIFF")
    guard size != 8 else { return }
    let sun =
      Data(".snd".utf8) + Self.big(24) + Self.big(size) + Self.big(3) + Self.big(44_100)
      + Self.big(1) + samples
    try expectWhole(sun, "AU")
  }

  /// A CAF file of `samples`, the lowest byte first, with a size of the sound and chunks behind it.
  private static func coreAudio(_ size: Int64, behind chunks: Data = Data()) -> Data {
    func wide(_ number: Int64) -> Data { withUnsafeBytes(of: number.bigEndian) { Data($0) } }
    let rate = withUnsafeBytes(of: (44_100.0).bitPattern.bigEndian) { Data($0) }
    let description =
      rate + Data("lpcm".utf8) + big(2) + big(2) + big(1) + big(1) + big(16)
    return Data("caff".utf8) + Data([0, 1, 0, 0]) + Data("desc".utf8) + wide(32) + description
      + Data("data".utf8) + wide(size) + big(0) + samples + chunks
  }

  @Test(
    "a CAF file whose size was written before it was known is whole, also before another",
    arguments: [0, -1, 4]
  )
  func coreAudio(size: Int64) throws {
    try expectWhole(Self.coreAudio(size), "CAF \(size)")
    let joined = try read(Self.coreAudio(size) + Self.coreAudio(4 + Int64(Self.count)))
    #expect(joined.samples.count == 2 * 22_050 && !joined.reader.isTruncated)
  }

  @Test("a CAF file is whole with chunks behind it, and cut off where it promises more")
  func coreAudioEnd() throws {
    let size = 4 + Int64(Self.count)
    let free = Data("free".utf8) + Data(count: 7) + Data([100]) + Data(count: 100)
    try expectWhole(Self.coreAudio(size, behind: free), "CAF with more chunks")
    try expectWhole(Self.coreAudio(size, behind: Data(count: 5001)), "CAF with other bytes")
    let cut = try read(Self.coreAudio(size + 88_200))
    #expect(cut.samples.count == 22_050 && cut.reader.isTruncated)
    #expect(cut.reader.missingFrames == 44_100)
  }

  @Test("bytes before the sound are passed over", arguments: ["zeros", "text", "ID3"])
  func front(kind: String) throws {
    let front =
      switch kind {
      case "zeros": Data(count: 1000)
      case "text": Data(String(repeating: "HTTP/1.1 200 OK\r\nRange: OfRF\r\n", count: 40).utf8)
      default: Data("ID3".utf8) + Data([3, 0, 0, 0, 0, 2, 0]) + Data(count: 256)
      }
    try expectWhole(front + Self.wave(36 + Self.count, Self.count), "\(kind)")
    try expectWhole(front + Self.coreAudio(4 + Int64(Self.count)), "\(kind), CAF")
    for name in ["sg_noxing.mp3", "sj.ogg"] {
      let bytes = try Self.file(name)
      let alone = try read(bytes)
      let found = try read(front + bytes)
      #expect(found.samples == alone.samples && !found.samples.isEmpty, "\(kind), \(name)")
      #expect(!found.reader.isTruncated && found.reader.damage.count == 0)
    }
  }

  @Test("tags and other bytes behind the sound are none of it")
  func behind() throws {
    let numbers = Self.little(2000) + Self.little(32) + Self.little(0) + Self.little(0)
    let ape = Data("APETAGEX".utf8) + numbers + Data(count: 8 + 32)
    let tags = [Data("TAG".utf8) + Data(count: 125), ape, Data(count: 5001)]
    for name in ["sg_noxing.mp3", "sj.ogg"] {
      let bytes = try Self.file(name)
      let alone = try read(bytes)
      for tag in tags {
        let found = try read(bytes + tag)
        #expect(found.samples == alone.samples, "\(name)")
        #expect(!found.reader.isTruncated && found.reader.damage.count == 0)
      }
    }
    for tag in tags { try expectWhole(Self.wave(36 + Self.count, Self.count) + tag, "WAV") }
  }

  /// A file that another program made.
  static func file(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(
      contentsOf: folder.appendingPathComponent("Sounds").appendingPathComponent(name)
    )
  }

  @Test("MP3 as lame leaves it is whole, with both parts where two are joined, or told as cut off")
  func lame() throws {
    // 41 frames of 576 samples.
    let plain = try read(try Self.file("sg_noxing.mp3"))
    #expect(plain.samples.count == 41 * 576 && !plain.reader.isTruncated)
    let joined = try read(try Self.file("si_joined.mp3"))
    #expect(joined.samples.count == 2 * 22_050 && !joined.reader.isTruncated)
    let told = try CapturedErrors.text {
      let half = try read(try Self.file("sl_half.mp3"))
      #expect(half.reader.isTruncated)
      #expect(half.samples.count + half.reader.missingFrames == 22_050)
    }
    #expect(!told.contains("Warning: ") && !told.contains("Note: "), "\(told)")
    let ogg = try Self.file("sj.ogg")
    let chained = try read(ogg + ogg)
    #expect(try read(ogg).samples.count == 11_025 && chained.samples.count == 22_050)
    let wave = try read(try Self.file("sa_cut_of_3GB.wav"))
    #expect(wave.samples.count == 4000 && wave.reader.isTruncated)
  }
}
