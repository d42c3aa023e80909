import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite("MP3")
struct MP3EncoderTests {
  @Test(
    "is read back as long as it was, as loud, and of its bit rate",
    arguments: [44_100, 22_050]
  )
  func roundTrip(rate: Int) throws {
    let folder = try TemporaryFolder()
    let kilobits = rate == 44_100 ? 64 : 32
    let samples = WaveFile.tone(440, seconds: 4, rate: rate)
    let bytes = try #require(MP3Encoder(rate: rate, kilobits: kilobits).bytes(samples))
    #expect(abs(Double(bytes.count) - 4 * Double(kilobits) * 125) < 1500)
    try Data(bytes).write(to: URL(fileURLWithPath: folder("a.mp3")))
    let reader = try AudioReader(path: folder("a.mp3"), allowsTruncation: true)
    #expect(reader.rate == rate && reader.channels == 1)
    var read: [Float] = []
    while try reader.read({ read += $0 }) {}
    // The frames that the tag tells of, less the silence that it tells of.
    #expect(read.count >= samples.count)
    let middle = samples.count / 4..<samples.count / 2
    let level = (middle.reduce(0) { $0 + Double(read[$1] * read[$1]) } / Double(middle.count))
      .squareRoot()
    // LAME makes sounds softer by a twentieth, so that few are clipped.
    #expect(abs(level - 0.95 * 0.5 / 2.0.squareRoot()) < 0.003)
  }

  @Test("is decoded to the samples that libsndfile decodes", arguments: [44_100, 48_000, 22_050])
  func decoding(rate: Int) throws {
    let folder = try TemporaryFolder()
    let low = WaveFile.tone(220, seconds: 2, rate: rate)
    let samples = zip(low, WaveFile.tone(1760, seconds: 2, rate: rate)).map { ($0 + $1) / 2 }
    let kilobits = rate > 32_000 ? 96 : 48
    let bytes = try #require(MP3Encoder(rate: rate, kilobits: kilobits).bytes(samples))
    try Data(bytes).write(to: URL(fileURLWithPath: folder("a.mp3")))
    let reader = try AudioReader(path: folder("a.mp3"), allowsTruncation: true)
    var read: [Float] = []
    while try reader.read({ read += $0 }) {}

    let file = open(folder("a.mp3"), O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let library = try LibrarySound(file, part: .whole(bytes.count), name: "a.mp3")
    #expect(library.rate == rate && library.channels == 1)
    var expected: [Float] = []
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096)
    defer { block.deallocate() }
    while let count = library.read(block.count, into: block) { expected += block[..<count] }
    #expect(expected.count >= samples.count && read.count >= samples.count)
    let count = min(read.count, expected.count)
    #expect(read[..<count] == expected[..<count])
    #expect(abs(read.count - expected.count) <= 1152)
  }

  @Test("the same samples give the same bytes")
  func determinism() {
    let samples = WaveFile.tone(330, seconds: 1)
    let encoder = MP3Encoder(rate: 44_100, kilobits: 64)
    #expect(encoder.bytes(samples) == encoder.bytes(samples))
  }
}
