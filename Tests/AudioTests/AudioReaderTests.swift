import CSndfile
import Foundation
import TestSupport
import Testing

@testable import Audio

/// One after another: where a test writes a file by the library, it forgets its reasons for others.
@Suite("Reading sound files", .serialized)
struct AudioReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func samples(_ path: String, allowsTruncation: Bool = false) throws -> [Float] {
    let reader = try AudioReader(path: path, allowsTruncation: allowsTruncation, decoder: nil)
    var samples: [Float] = []
    while try reader.read({ samples += $0 }) {}
    return samples
  }

  private func fault(_ path: String) -> AudioError.Fault? {
    do {
      _ = try samples(path)
      return nil
    } catch { return (error as? AudioError)?.fault }
  }

  /// Writes interleaved samples by the library, in any format that it has.
  func write(
    _ samples: [Float],
    _ name: String,
    _ format: Int,
    rate: Int32 = 44_100,
    channels: Int32 = 1
  ) throws {
    var info = SF_INFO()
    info.samplerate = rate
    info.channels = channels
    info.format = Int32(format)
    let file = try #require(sf_open(folder(name), Int32(SFM_WRITE), &info))
    let frames = samples.count / Int(channels)
    #expect(sf_writef_float(file, samples, sf_count_t(frames)) == frames)
    sf_close(file)
  }

  func cut(_ name: String, by share: Double) throws -> String {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder(name)))
    try bytes.prefix(Int(share * Double(bytes.count)))
      .write(to: URL(fileURLWithPath: folder("cut")))
    return folder("cut")
  }

  @Test(
    "every format gives the samples that were written",
    arguments: [
      ("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1e-4),
      ("a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 0),
      ("a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 1e-6),
      ("a.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.1),
      ("a.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 1e-4),
    ]
  )
  func formats(name: String, format: Int, tolerance: Float) throws {
    let tone = WaveFile.tone(440, seconds: 2)
    try write(tone, name, format)
    expectClose(try samples(folder(name)), tone, absolute: tolerance, name)
  }

  @Test("channels are mixed to their mean", arguments: [2, 3, 6, 1024])
  func mixing(channels: Int) throws {
    let frames = 300
    var file = WaveFile(
      (0..<frames * channels).map { Float(($0 % channels) * 7 + $0 / channels % 50) / 32_767 }
    )
    file.channels = UInt16(channels)
    let mean = (0..<frames).map { frame in
      (0..<channels).reduce(0) { $0 + Float($1 * 7 + frame % 50) } / 32_768 / Float(channels)
    }
    expectClose(
      try samples(try file.write(to: "a.wav", in: folder)),
      mean,
      absolute: 1e-6,
      "\(channels) channels"
    )
  }

  @Test("what is no sound is told by its content, not by its name")
  func noSounds() throws {
    try folder.write("These are words, not sounds.\n", to: "text.wav")
    try folder.write("", to: "empty.wav")
    #expect(fault(folder("text.wav")) == .noSound(reason: "format not recognised"))
    #expect(fault(folder("empty.wav")) == .empty)
    #expect(fault(folder("none.wav")) == .file(.system(ENOENT)))
    #expect(fault(folder.path) == .file(.noFile))
    mkfifo(folder("pipe.wav"), 0o600)
    #expect(fault(folder("pipe.wav")) == .file(.noFile))
    #expect(fault(try WaveFile([]).write(to: "silent.wav", in: folder)) == .empty)
  }

  @Test(
    "a file that is cut off is refused, and read as far as it goes where that is allowed",
    arguments: [
      ("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16),
      ("a.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16),
      ("a.au", SF_FORMAT_AU | SF_FORMAT_PCM_16),
      ("a.w64", SF_FORMAT_W64 | SF_FORMAT_PCM_16),
      ("a.rf64", SF_FORMAT_RF64 | SF_FORMAT_PCM_16),
      ("a.caf", SF_FORMAT_CAF | SF_FORMAT_PCM_16),
      ("a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16),
      ("a.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS),
    ]
  )
  func truncation(name: String, format: Int) throws {
    let count = 2 * 44_100
    var random = SeededRandom(seed: 2)
    try write((0..<count).map { _ in Float.random(in: -0.5...0.5, using: &random) }, name, format)
    let path = try cut(name, by: 0.6)
    guard case .truncated(let frames, let promised, 44_100) = fault(path) else {
      Issue.record("\(name): \(String(describing: fault(path)))")
      return
    }
    #expect(abs(Double(frames) / Double(count) - 0.6) < 0.2, "\(name) holds \(frames)")
    if !name.hasSuffix("ogg") { #expect(abs(promised - count) < 100) }
    #expect(try samples(path, allowsTruncation: true).count == frames)
  }

  @Test("headers that cannot be true are refused with their number")
  func headers() throws {
    let tone = WaveFile.tone(440, seconds: 0.1)
    func fault(_ change: (inout WaveFile) -> Void) throws -> AudioError.Fault? {
      var file = WaveFile(tone)
      change(&file)
      return self.fault(try file.write(to: "a.wav", in: folder))
    }
    #expect(try fault { $0.rate = 0 } == .rate(0))
    #expect(try fault { $0.rate = 2_000_000_000 } == .rate(2_000_000_000))
    #expect(try fault { $0.rate = 50 } == .rate(50))
    #expect(try fault { $0.channels = 0 } == .channels(0))
    #expect(try fault { $0.channels = 2000 } == .channels(2000))
    let truncated = AudioError.Fault.truncated(frames: 4410, promised: 500_000_000, rate: 44_100)
    #expect(try fault { $0.claimedBytes = 1_000_000_000 } == truncated)
    for size: UInt32 in [0, 3, 0x7FFF_FFFF, 0xFFFF_FFF0] {
      guard case .noSound = try fault({ $0.formatSize = size }) else {
        Issue.record("a format of \(size) bytes is taken")
        continue
      }
    }
  }

  @Test(
    "a length that was unknown when the header was written is no fault",
    arguments: [0x7FFF_F000, 0xFFFF_FFFF]
  )
  func unknownLength(size: UInt32) throws {
    var file = WaveFile(WaveFile.tone(440, seconds: 0.1))
    file.claimedBytes = size
    #expect(try samples(try file.write(to: "a.wav", in: folder)).count == 4410)
  }

  @Test("damage at any place ends in samples or an error")
  func damage() throws {
    try write(
      WaveFile.tone(440, seconds: 0.05),
      "a.flac",
      SF_FORMAT_FLAC | SF_FORMAT_PCM_16
    )
    try write(
      WaveFile.tone(440, seconds: 0.05),
      "a.wav",
      SF_FORMAT_WAV | SF_FORMAT_FLOAT
    )
    var random = SeededRandom(seed: 5)
    for name in ["a.wav", "a.flac"] {
      let whole = try Data(contentsOf: URL(fileURLWithPath: folder(name)))
      for _ in 0..<150 {
        var bytes = whole
        for _ in 0..<4 {
          bytes[Int.random(in: 0..<120, using: &random)] = .random(in: 0...255, using: &random)
        }
        try bytes.write(to: URL(fileURLWithPath: folder("b")))
        let count = try? samples(folder("b"), allowsTruncation: true).count
        #expect(count ?? 0 < 10_000_000)
      }
    }
  }
}
