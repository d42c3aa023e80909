import Foundation
import TestSupport
import Testing

@testable import Audio

/// A program that stands for FFmpeg: a script of the shell.
@Suite("Sounds that an outside program decodes")
struct ExternalDecoderTests {
  private struct Stop: Error {}

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A script, and a file that libsndfile does not open.
  private func decoder(_ script: String) throws -> ExternalDecoder {
    ExternalDecoder(path: try folder.writeProgram(script, to: "ffmpeg"))
  }

  private func foreign(_ name: String = "a.m4a") throws -> String {
    try folder.write("\u{0}\u{0}\u{0} ftypM4A and so on", to: name)
  }

  private func samples(_ path: String, _ decoder: ExternalDecoder?) throws -> (
    AudioReader, [Float]
  ) {
    let reader = try AudioReader(path: path, allowsTruncation: true, decoder: decoder)
    var samples: [Float] = []
    while try reader.read({ samples += $0 }) {}
    return (reader, samples)
  }

  @Test("what it writes is read, while it does not know its length", arguments: [true, false])
  func stream(isFloat: Bool) throws {
    let tone = WaveFile.tone(440, seconds: 4, rate: 48_000)
    var file = WaveFile(tone.flatMap { [$0, $0] })
    (file.rate, file.channels, file.isFloat, file.claimedBytes) = (48_000, 2, isFloat, 0xFFFF_FFFF)
    try file.write(to: "sound.wav", in: folder)
    let script =
      "echo \"$@\" > \(folder("words")); cat > \(folder("input")); cat \(folder("sound.wav"))"
    let (reader, found) = try samples(try foreign(), try decoder(script))
    #expect(reader.rate == 48_000 && reader.channels == 2 && !reader.isTruncated)
    expectClose(found, tone, absolute: isFloat ? 0 : 1e-4, "")
    #expect(try folder.text(of: "input") == folder.text(of: "a.m4a"))
    #expect(try folder.text(of: "words").contains("-f wav -c:a pcm_f32le pipe:1"))
  }

  @Test("a file that libsndfile opens is not given to it")
  func known() throws {
    let path = try WaveFile(WaveFile.tone(440, seconds: 0.1)).write(to: "a.wav", in: folder)
    let script = "touch \(folder("called"))"
    #expect(try samples(path, try decoder(script)).1.count == 4410)
    #expect(try !folder.names().contains("called"))
  }

  @Test("why it fails is the last line that it says")
  func failure() throws {
    let script = """
      echo "[mov @ 0x55a02ee60c80] first" >&2
      echo "[mov @ 0x55a02ee60c80] file:/dev/fd/0: moov atom not found" >&2
      exit 1
      """
    let expected = AudioError(
      file: "a",
      .noSound(reason: "ffmpeg: moov atom not found")
    )
    let path = try foreign()
    let decoder = try decoder(script)
    #expect(throws: expected) { try AudioReader(path: path, name: "a", decoder: decoder) }
    let words = try folder.write("words", to: "words.xyz")
    let both = AudioError(
      file: "a",
      .noSound(reason: "format not recognised; ffmpeg: moov atom not found")
    )
    #expect(throws: both) { try AudioReader(path: words, name: "a", decoder: decoder) }
  }

  @Test("what it says beside the sound is a remark, and where it gives up the sound is cut off")
  func remark() throws {
    try WaveFile(WaveFile.tone(440, seconds: 1)).write(to: "sound.wav", in: folder)
    let said = "cat \(folder("sound.wav")); echo '[mov] partial file' >&2"
    let whole = try samples(try foreign(), try decoder(said))
    #expect(whole.0.remark == "ffmpeg: partial file" && !whole.0.isTruncated)
    let often = "\(said); echo '    Last message repeated 3 times' >&2"
    #expect(try samples(try foreign(), try decoder(often)).0.remark == "ffmpeg: partial file")
    let cut = try samples(try foreign(), try decoder("\(said); exit 1"))
    #expect(cut.0.isTruncated && cut.1.count == 44_100)
  }

  @Test(
    "what is no WAV is refused",
    arguments: ["echo words that are no sound", "true", "head -c 3000000 /dev/zero"]
  )
  func noWave(script: String) throws {
    let decoder = try decoder(script)
    let path = try foreign()
    #expect(throws: AudioError.self) { try AudioReader(path: path, decoder: decoder) }
  }

  @Test("it ends with all that it started when the reading ends", arguments: ["header", "sound"])
  func interruption(place: String) throws {
    try WaveFile(WaveFile.tone(440, seconds: 1)).write(to: "sound.wav", in: folder)
    let sound = place == "sound" ? "cat \(folder("sound.wav"));" : ""
    let script = "echo $$ > \(folder("pid")); \(sound) sleep 1000 & wait"
    let cache = SampleCache(folder: nil, decoder: try decoder(script))
    let path = try foreign()
    var turns = 0
    #expect(throws: Stop.self) {
      try cache.recording(path: path) { _ in
        turns += 1
        let isWritten = (try? folder.text(of: "pid"))?.isEmpty == false
        if isWritten, turns > 5 { throw Stop() }
      }
    }
    let text = try folder.text(of: "pid").trimmingCharacters(in: .whitespacesAndNewlines)
    let group = try #require(pid_t(text))
    // The group had the script as its leader; what was killed in it may still be waited for by its new parent.
    #expect(kill(group, 0) == -1 && errno == ESRCH)
  }

  @Test("without it the message names what is missing and how to get it")
  func missing() throws {
    let path = try foreign("a.m4a")
    #expect(throws: AudioError(file: path, .needsDecoder(.mp4))) {
      try AudioReader(path: path, decoder: nil)
    }
    let error = AudioError(file: "a.m4a", .needsDecoder(.mp4))
    #expect(error.message.contains("needs ffmpeg"))
    #expect(error.remedy.contains("apt-get install ffmpeg"))
  }

  @Test("common forms are told by what they begin with")
  func forms() throws {
    let heads: [(ForeignFormat?, [UInt8])] = [
      (.mp4, [0, 0, 0, 32] + Array("ftypisom".utf8)), (.matroska, [0x1A, 0x45, 0xDF, 0xA3, 1]),
      (.windowsMedia, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),
      (.amr, Array("#!AMR-WB\n".utf8)), (.aac, [0xFF, 0xF1, 0x50, 0x80]), (.aac, [0xFF, 0xF9]),
      (.oggFLAC, Array("OggS".utf8) + [UInt8](repeating: 0, count: 24) + Array("\u{7F}FLAC".utf8)),
      (nil, [0xFF, 0xFB, 0x90, 0]), (nil, Array("RIFF....WAVE".utf8)), (nil, []),
    ]
    for (form, head) in heads {
      try Data(head).write(to: URL(fileURLWithPath: folder("a")))
      let descriptor = open(folder("a"), O_RDONLY)
      #expect(ForeignFormat(of: descriptor) == form)
      close(descriptor)
    }
  }

  @Test("FFmpeg itself decodes, where it is installed")
  func real() throws {
    guard let decoder = ExternalDecoder.installed else { return }
    var file = WaveFile(WaveFile.tone(440, seconds: 1, rate: 8000))
    file.rate = 8000
    try file.write(to: "a.wav", in: folder)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: decoder.path)
    process.arguments = [
      "-nostdin", "-v", "error", "-i", folder("a.wav"), "-c:a", "pcm_s16le", folder("a.mka"),
    ]
    try process.run()
    process.waitUntilExit()
    let (reader, found) = try samples(folder("a.mka"), decoder)
    #expect(reader.rate == 8000 && reader.remark == nil)
    expectClose(found, WaveFile.tone(440, seconds: 1, rate: 8000), absolute: 1e-4, "")
  }
}
