import Foundation
import TestSupport
import Testing

/// Names of files as shells and people write them.
@Suite("Names and places")
struct NameTests {
  private static let notes = "onset,offset,pitch\n0,1,60\n1,2,64\n"

  /// Runs a script of the system's shell, in which `$RSE` is the program.
  private func shell(_ script: String, in place: ShellPlace) throws {
    place.environment["RSE"] = ShellPlace.program
    let process = try place.launch(program: "/bin/bash", ["-c", script]).start(
      streams: [.closed, .path("/dev/null"), .path("/dev/null")],
      newSession: true
    )
    var patience = Patience(for: process)
    while process.ending == nil, !patience.isOver() { usleep(10_000) }
    #expect(process.ending == .status(0))
  }

  @Test("~ is the folder that HOME names")
  func home() throws {
    let place = try ShellPlace()
    let other = try TemporaryFolder()
    place.environment["HOME"] = other.path
    let script = "data badd lengths=8; model rse maps=2; save ~/a.safetensors; load ~/a.safetensors"
    let run = try PipedRun(["-c", script], in: place)
    #expect(run.ending == .status(0), "\(run.errors)")
    #expect(try other.names().filter { $0.hasSuffix("safetensors") } == ["a.safetensors"])
  }

  @Test("in a folder that is gone relative names are refused, and whole ones work")
  func goneFolder() throws {
    let place = try ShellPlace()
    let script = """
      mkdir gone; cd gone; rmdir ../gone
      "$RSE" -c 'data badd lengths=8; model rse maps=2; save zz.safetensors' 2> "$HOME/errors"
      "$RSE" -c 'data badd lengths=8; model rse maps=2; save ~/whole.safetensors'
      """
    try shell(script, in: place)
    let home = place.environment["HOME"] ?? ""
    let errors = try String(contentsOfFile: home + "/errors", encoding: .utf8)
    #expect(errors.contains("the working folder, from which `zz.safetensors` starts, is gone"))
    #expect(!FileManager.default.fileExists(atPath: "/zz.safetensors"))
    #expect(FileManager.default.fileExists(atPath: home + "/whole.safetensors"))
  }

  @Test("what comes through pipes is read once; one without a writer is not waited for")
  func pipes() throws {
    let place = try ShellPlace()
    try place.write(Self.notes, to: "a.csv")
    let script = """
      mkfifo empty
      exec 5< <(sleep 0.2; cat a.csv)
      "$RSE" -c 'score a.csv /dev/fd/5' > first
      cat a.csv | "$RSE" -c 'score /dev/stdin a.csv' > second
      "$RSE" run <(echo 1+1) > third
      "$RSE" -c 'score a.csv empty' 2> fourth
      "$RSE" run empty 2> fifth
      true
      """
    try shell(script, in: place)
    for name in ["first", "second"] {
      #expect(try place.text(of: name).hasPrefix("2 notes played, 2 transcribed, 2 right\n"))
    }
    #expect(try place.text(of: "third") == "2\n")
    for name in ["fourth", "fifth"] {
      #expect(try place.text(of: name).contains("nothing comes through this pipe"))
    }
  }

  @Test("names that are not UTF-8 are told as what they are, and cost nothing else")
  func namesOfBytes() throws {
    let place = try ShellPlace()
    let script = """
      mkdir texts
      echo 'a b a' > texts/test.txt
      echo 'c d c' > "$(printf 'texts/train\\351.txt')"
      "$RSE" -c 'data lambada path=texts' > first
      "$RSE" transcribe "$(printf 'caf\\351.wav')" 2> second
      true
      """
    try shell(script, in: place)
    let lines = try place.text(of: "first").split(separator: "\n")
    #expect(
      lines.first
        == "texts/train\u{FFFD}.txt: its name is not UTF-8, and it is left out; rename it, for example by `mv`"
    )
    #expect(lines.contains { $0.contains("1 to test") })
    #expect(
      try place.text(of: "second").contains("`caf\u{FFFD}.wav` is not UTF-8; rename the file")
    )
  }

  @Test("names may begin with a dash, and patterns stand for files")
  func patterns() throws {
    let place = try ShellPlace()
    let tone = WaveFile(WaveFile.tone(440, seconds: 1))
    let folder = try TemporaryFolder()
    for name in ["-dash.wav", "one.wav"] {
      let path = try tone.write(to: name, in: folder)
      try FileManager.default.copyItem(atPath: path, toPath: place.folder + "/" + name)
    }
    let options = ["picture=off", "sound=off"]
    let dash = try PipedRun(["transcribe", "-dash.wav"] + options, in: place)
    #expect(dash.ending == .status(0), "\(dash.errors)")
    #expect(dash.outputLines.first?.contains("-dash.wav  ") == true)
    let all = try PipedRun(["-c", "transcribe *.wav picture=off sound=off"], in: place)
    #expect(all.ending == .status(0), "\(all.errors)")
    #expect(all.output.contains("-dash.wav  ") && all.output.contains("\none.wav  "))
    let none = try PipedRun(["-c", "transcribe *.flac"], in: place)
    #expect(none.errors.contains("no file fits `*.flac`"))
    let missing = try PipedRun(["transcribe", "-gone.wav"], in: place)
    #expect(missing.ending == .status(1) && missing.errors.contains("-gone.wav"))
  }
}
