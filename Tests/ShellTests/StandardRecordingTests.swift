import Foundation
import TestSupport
import Testing

@Suite("Recordings from standard input and from FFmpeg")
struct StandardRecordingTests {
  /// Silence as WAV, whose bytes are all those of ASCII.
  private static let silence: String = {
    var file = WaveFile([Float](repeating: 0, count: 900))
    file.rate = 4110
    return String(decoding: file.bytes, as: UTF8.self)
  }()

  @Test("what is piped in is transcribed; its files are called stdin")
  func piped() throws {
    let place = try ShellPlace()
    let run = try PipedRun(["transcribe", "-", "to=out"], in: place, input: Self.silence)
    #expect(run.ending == .status(0) && run.errors.isEmpty, "\(run.errors)")
    #expect(run.outputLines.first == "stdin  0 notes in 0.2 s")
    #expect(run.outputLines.contains("wrote out/stdin.mid, out/stdin.notes.csv"))
    #expect(try place.text(of: "out/stdin.notes.csv").hasPrefix("onset,offset,"))
  }

  @Test("nothing in the pipe is told")
  func empty() throws {
    let run = try PipedRun(["transcribe", "-"], in: try ShellPlace())
    #expect(run.ending == .status(1) && run.errors.contains("standard input is empty"))
  }

  @Test("a form that needs FFmpeg is read by the one in PATH, or told of where there is none")
  func decoder() throws {
    let place = try ShellPlace()
    try place.write("....ftypM4A and so on", to: "song.m4a")
    try place.write(Self.silence, to: "decoded")
    let programs = try TemporaryFolder()
    _ = try programs.writeProgram("cat \(place.folder)/decoded", to: "ffmpeg")
    place.environment["PATH"] = "\(programs.path):/usr/bin:/bin"
    let found = try PipedRun(["transcribe", "song.m4a", "picture=off"], in: place)
    #expect(found.ending == .status(0) && found.errors.isEmpty, "\(found.errors)")
    #expect(found.outputLines.first == "song.m4a  0 notes in 0.2 s")
    let piped = try PipedRun(
      ["transcribe", "-", "picture=off"],
      in: place,
      input: "....ftypM4A and so on"
    )
    #expect(piped.outputLines.first == "stdin  0 notes in 0.2 s")
    place.environment["PATH"] = "/nowhere"
    let missing = try PipedRun(["transcribe", "song.m4a"], in: place)
    #expect(missing.ending == .status(1))
    #expect(missing.errors.contains("needs ffmpeg"))
    #expect(missing.errors.contains("apt-get install ffmpeg"))
  }
}
