import Audio
import CommandLanguage
import Files
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("transcribe")
struct TranscribeTests {
  private let test: TestSession

  init() throws {
    test = try TestSession()
    test.submit("data notes window=512 input=spectrogram batch=2")
    test.submit("model rse maps=4 blocks=1 norm=features schedule=50; train 1")
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
  }

  private func write(_ name: String, seconds: Double = 1, rate: Int = 44_100) throws {
    var file = WaveFile(WaveFile.tone(440, seconds: seconds, rate: rate))
    file.rate = UInt32(rate)
    try file.write(to: name, in: test.folder)
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: test.folder(name))))
  }

  @Test("writes MIDI, a table, a picture, probabilities and sound, which say the same")
  func outputs() throws {
    try write("song.wav", seconds: 2)
    let lines = test.stableLines(
      "let r = transcribe song.wav to=out threshold=0.01 sound=on probabilities=on"
    )
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(lines.count == 2 && lines[0].hasPrefix("song.wav  "))
    #expect(lines[1].hasPrefix("out/song.png  drawing "))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: test.folder("out")).sorted()
        == ["song.mid", "song.notes.csv", "song.npy", "song.png", "song.wav"]
    )
    let table = try NoteTable(parsing: bytes("out/song.notes.csv")).notes
    let file = try MIDIFile(parsing: bytes("out/song.mid"))
    #expect(!table.isEmpty && file.notes.count == table.count)
    for (a, b) in zip(file.notes, table) {
      #expect(a.pitch == b.pitch && a.velocity == b.velocity && abs(a.onset - b.onset) < 0.0011)
    }
    #expect(table.map(\.velocity).max() ?? 0 >= 100)
    let array = try NumpyArray(path: test.folder("out/song.npy"))
    #expect(array.shape == [2 * 11_000 / 128 + 1, 128] && array.type == .float32)
    #expect(array.floats(0..<array.count).allSatisfy { $0 >= 0 && $0 <= 1 })
    let sound = try AudioReader(path: test.folder("out/song.wav"))
    #expect(sound.channels == 2 && abs(sound.promisedSeconds - 2) < 1e-3)
    #expect(test.submit("assert $r.seconds == 2 and $r.notes > 0").failure == nil)
  }

  @Test("the page is told with its digest, is the same each time, and writes over its like only")
  func page() throws {
    try write("song.wav")
    let statement = "let r = transcribe song.wav threshold=0.01 picture=off page=on"
    let lines = test.stableLines(statement)
    #expect(lines.count == 2 && lines[1].hasPrefix("song.html  page "))
    let page = try bytes("song.html")
    #expect(test.submit(#"assert $r.files[2] == "song.html""#).failure == nil)
    #expect(test.stableLines(statement) == lines)
    #expect(try bytes("song.html") == page)
    _ = try test.folder.write("<html>mine</html>", to: "song.html")
    let failure = try #require(test.submit(statement).failure)
    #expect(failure.contains("`song.html` is there, and no transcription has made it"))
  }

  @Test("all files that are written are named")
  func namedFiles() throws {
    try write("song.wav")
    let lines = test.submit("transcribe song.wav to=out sound=on").output
    let wrote = lines.filter { $0.text.hasPrefix("wrote ") }
    #expect(wrote.map(\.text) == ["wrote out/song.mid, out/song.notes.csv, out/song.wav"])
    #expect(wrote.map(\.isVolatile) == [true])
    #expect(lines.contains { $0.text.hasPrefix("out/song.png  drawing ") })
  }

  @Test("channels in opposite phase are heard, with a remark")
  func oppositePhase() throws {
    let tone = WaveFile.tone(440, seconds: 1)
    try write("alone.wav")
    var file = WaveFile(tone.flatMap { [$0, -$0] })
    file.channels = 2
    try file.write(to: "song.wav", in: test.folder)
    let lines = test.stableLines("transcribe song.wav picture=off sound=on to=o threshold=0.01")
    #expect(lines[0].hasPrefix("song.wav: its channels are in opposite phase"))
    #expect(lines[0].contains("number 1") && lines.count == 2)
    test.submit("transcribe alone.wav picture=off sound=on to=o threshold=0.01")
    #expect(try bytes("o/song.notes.csv") == bytes("o/alone.notes.csv"))
    #expect(try bytes("o/song.wav") == bytes("o/alone.wav"))
  }

  @Test("a quiet recording is heard as if it were loud, with a remark")
  func quiet() throws {
    func write(_ name: String, _ factor: Float) throws {
      var file = WaveFile(WaveFile.tone(440, seconds: 2, amplitude: 0.4).map { factor * $0 })
      file.isFloat = true
      try file.write(to: name, in: test.folder)
    }
    try write("loud.wav", 1)
    try write("quiet.wav", 1 / 1024)
    let loud = test.stableLines("transcribe loud.wav picture=off sound=on to=o threshold=0.01")
    let quiet = test.stableLines("transcribe quiet.wav picture=off sound=on to=o threshold=0.01")
    #expect(loud.count == 1 && quiet.count == 2)
    // 20 log10(0.4 / 1024) = −68.2, with what the filter of the resampler leaves; 20 log10(1024) = 60.2.
    #expect(quiet[0] == "quiet.wav: it is quiet, 68 dB below full scale; it is heard 60 dB louder")
    #expect(try bytes("o/quiet.notes.csv") == bytes("o/loud.notes.csv"))
    #expect(try bytes("o/quiet.wav") == bytes("o/loud.wav"))
  }

  @Test("standard input is read to its end, from a pipe or a file")
  func standardInput() throws {
    try write("song.wav")
    let sound = try bytes("song.wav")
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let writer = Thread { [ends] in
      _ = sound.withUnsafeBytes { Glibc.write(ends[1], $0.baseAddress, $0.count) }
      close(ends[1])
    }
    writer.start()
    let file = try StandardRecording.open(ends[0]) { _ in }
    let piped = try SampleCache(folder: nil).recording(descriptor: file.descriptor, name: "stdin")
    close(ends[0])
    let direct = try SampleCache(folder: nil).recording(path: test.folder("song.wav"))
    #expect(piped.digest == direct.digest && piped.count == 11_000)
    let descriptor = open(test.folder("song.wav"), O_RDONLY)
    let redirected = try StandardRecording.open(descriptor) { _ in }
    #expect(try redirected.digest {} == direct.source)
    close(descriptor)
  }

  @Test("a pipe that has a name is read to its end, and one that nobody writes into is told of")
  func namedPipe() throws {
    try write("song.wav")
    let sound = try bytes("song.wav")
    let path = test.folder("pipe.wav")
    #expect(mkfifo(path, 0o600) == 0)
    let vain = test.submit("transcribe pipe.wav picture=off")
    #expect(vain.failure?.contains("nothing comes through the pipe `pipe.wav`") == true)
    let writer = Thread {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      _ = sound.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
    }
    writer.start()
    guard let file = try StandardRecording.open(pipe: path, name: "pipe.wav", progress: { _ in })
    else {
      Issue.record("the pipe is none")
      return
    }
    let piped = try SampleCache(folder: nil).recording(descriptor: file.descriptor, name: "pipe")
    let direct = try SampleCache(folder: nil).recording(path: test.folder("song.wav"))
    #expect(piped.digest == direct.digest && piped.count == 11_000)
    if let none = try StandardRecording.open(
      pipe: test.folder("song.wav"),
      name: "song",
      progress: { _ in }
    ) {
      Issue.record("\(none.name) is a file")
    }
  }

  @Test("standard input that is empty, a terminal, or waited for in vain is told of")
  func noStandardInput() throws {
    struct Stop: Error {}
    func failure(_ descriptor: Int32) throws -> String {
      do {
        let file = try StandardRecording.open(descriptor) { _ in }
        return file.name
      } catch let error as Diagnostic { return error.message }
    }
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(throws: Stop.self) {
      var turns = 0
      _ = try StandardRecording.open(ends[0]) { _ in
        turns += 1
        if turns > 2 { throw Stop() }
      }
    }
    close(ends[1])
    #expect(try failure(ends[0]) == "standard input is empty")
    close(ends[0])
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    #expect(try failure(terminal) == "standard input is the terminal")
    close(terminal)
    _ = try test.folder.write("", to: "empty")
    let empty = open(test.folder("empty"), O_RDONLY)
    #expect(try failure(empty) == "standard input is empty")
    close(empty)
  }

  @Test("the tempo moves no note")
  func tempo() throws {
    try write("song.wav")
    test.submit("transcribe song.wav threshold=0.01 picture=off")
    let notes = try MIDIFile(parsing: bytes("song.mid")).notes
    test.submit("transcribe song.wav threshold=0.01 picture=off tempo=73")
    let again = try MIDIFile(parsing: bytes("song.mid")).notes
    #expect(notes.count == again.count && !notes.isEmpty)
    for (a, b) in zip(notes, again) { #expect(abs(a.onset - b.onset) < 0.0022) }
  }

  @Test("silence and a single sample give files without notes", arguments: [0, 44_099])
  func silence(count: Int) throws {
    try WaveFile([Float](repeating: 0, count: count + 1)).write(to: "song.wav", in: test.folder)
    test.submit("transcribe song.wav threshold=0.99")
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(try MIDIFile(parsing: bytes("song.mid")).notes.isEmpty)
    #expect(test.files.contains("song.png"))
  }

  @Test("a reference is compared, and its scores are told")
  func reference() throws {
    try write("song.wav")
    _ = try test.folder.write("onset,offset,name\n0,1,A4\n", to: "played.csv")
    let lines = test.stableLines("let r = transcribe song.wav reference=played.csv threshold=0.99")
    #expect(lines[0].hasSuffix("F1 0.0000"))
    #expect(test.submit("assert $r.missed == 1 and $r.right == 0 and $r.f1 == 0").failure == nil)
  }

  @Test("faults of some recordings are told at the end, the others are done")
  func batch() throws {
    try write("a.wav")
    try write("c.wav", rate: 8000)
    _ = try test.folder.write("no sound", to: "b.wav")
    let failure = test.submit("transcribe a.wav b.wav none.wav c.wav picture=off").failure
    #expect(failure?.contains("2 of 4 recordings not transcribed") == true)
    #expect(failure?.contains("b.wav: ") == true && failure?.contains("none.wav") == true)
    #expect(test.files.contains("a.mid") && test.files.contains("c.mid"))
    #expect(!test.files.contains("b.mid"))
  }

  @Test("recordings of the same name in two folders do not write over each other")
  func names() throws {
    for folder in ["x", "y"] {
      try FileManager.default.createDirectory(
        atPath: test.folder(folder),
        withIntermediateDirectories: true
      )
      try write("\(folder)/song.wav", seconds: 0.2)
    }
    test.submit("transcribe x/song.wav y/song.wav picture=off to=out")
    #expect(test.diagnostics.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: test.folder("out")).sorted()
        == ["song.wav-2.mid", "song.wav-2.notes.csv", "song.wav.mid", "song.wav.notes.csv"]
    )
  }

  @Test("nothing is written over but what a transcription has written")
  func protected() throws {
    try write("song.wav", seconds: 0.2)
    try write("other.wav", seconds: 0.2)
    let truth = "onset,offset,name\n0,1,A4\n"
    _ = try test.folder.write(truth, to: "song.notes.csv")
    let sound = try bytes("other.wav")
    for (statement, message) in [
      ("transcribe song.wav reference=song.notes.csv", "it is read here"),
      ("transcribe song.wav", "no transcription has made it"),
      ("transcribe song.wav other.wav to=. sound=on", "2 of 2"),
    ] {
      #expect(test.submit(statement).failure?.contains(message) == true)
    }
    #expect(try bytes("song.notes.csv") == Array(truth.utf8) && bytes("other.wav") == sound)
    #expect(!test.files.contains("song.mid") && !test.files.contains("other.mid"))
    for _ in 0..<2 {
      #expect(test.submit("transcribe song.wav to=o sound=on probabilities=on").failure == nil)
    }
    for ending in ["mid", "notes.csv", "png", "wav", "npy"] {
      _ = try test.folder.write("mine", to: "o/song.\(ending)")
      let statement = "transcribe song.wav to=o sound=on probabilities=on"
      #expect(test.submit(statement).failure?.contains("song.\(ending)` is there") == true)
      try FileManager.default.removeItem(atPath: test.folder("o/song.\(ending)"))
    }
  }

  @Test("samples that are far too large are told of")
  func large() throws {
    var file = WaveFile([Float](repeating: 1e30, count: 44_100))
    file.isFloat = true
    try file.write(to: "song.wav", in: test.folder)
    #expect(test.submit("transcribe song.wav").failure?.contains("too large to be heard") == true)
  }

  @Test("a folder of the name of a recording that ships does not hide it")
  func folder() throws {
    test.submit("transcribe minuet to=minuet picture=off")
    test.submit("transcribe minuet to=minuet picture=off reference=minuet")
    #expect(test.diagnostics.isEmpty)
  }

  @Test("the range of a picture is written with names or numbers, quoted or not")
  func ranges() throws {
    try write("song.wav")
    let lines = ["C2..C6", "36..84", "\"36..84\""].map { range in
      test.stableLines("transcribe song.wav threshold=0.99 range=\(range)")
    }
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(lines[0].count == 2 && lines[0] == lines[1] && lines[1] == lines[2])
    #expect(lines[0] != test.stableLines("transcribe song.wav threshold=0.99 range=30..84"))
  }

  @Test("long pieces take several pictures")
  func pages() throws {
    try write("song.wav", seconds: 250, rate: 4000)
    test.submit("transcribe song.wav range=C2..C6 threshold=0.99")
    #expect(test.diagnostics.isEmpty)
    #expect(test.files.contains("song.page1.png") && test.files.contains("song.page2.png"))
  }

  @Test(
    "what cannot be is refused with a remedy",
    arguments: [
      ("transcribe", "recordings are missing"), ("transcribe none.flac", "no file `none.flac`"),
      ("transcribe nothing", "no file `nothing`"),
      ("transcribe song.wav range=C6..C2", "no range of pitches"),
      ("transcribe song.wav range=H2", "no range of pitches"),
      ("transcribe song.wav threshold=0.3 release=0.4", "lower than it begins at"),
      ("transcribe song.wav sound=on", "`song.wav` would be written over"),
      ("transcribe song.wav to=song.wav", "`song.wav` is a file"),
      ("transcribe \"-\" \"-\"", "standard input is named twice"),
      ("transcribe song.wav song.wav reference=a.csv", "a reference is of one recording"),
      ("transcribe song.wav reference=none.csv", "none.csv"),
      ("transcribe song.wav of=other", "other"),
    ]
  )
  func refused(statement: String, message: String) throws {
    try write("song.wav", seconds: 0.1)
    let before = test.files
    #expect(test.submit(statement).failure?.contains(message) == true)
    #expect(test.files == before)
  }

  @Test("a network of the form of the released one transcribes too")
  func released() throws {
    try write("song.wav", seconds: 0.5)
    test.submit("data notes window=8192 input=fourier multiplier=2 batch=1")
    test.submit("model rse maps=192 blocks=2 convolutions=2 as=released; train 1")
    #expect(test.stableLines("show model").contains { $0.contains("3,204,000 parameters") })
    test.submit("transcribe song.wav picture=off probabilities=on")
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(try NumpyArray(path: test.folder("song.npy")).shape == [43, 128])
  }

  @Test("words of a system shell become a statement")
  func words() throws {
    try write("my song=1.wav", seconds: 0.1)
    #expect(
      Session.transcription(of: ["a b.wav", "to=my notes", "treshold=0.4", "x 1=1.wav"])
        == #"transcribe "a b.wav" to="my notes" treshold=0.4 "x 1=1.wav""#
    )
    let path = test.folder("my song=1.wav")
    test.submit(Session.transcription(of: [path, "picture=off"]))
    #expect(test.diagnostics.isEmpty && test.files.contains("my song=1.mid"))
  }

  @Test("render plays notes into a file that can be heard again")
  func render() throws {
    _ = try test.folder.write("onset,offset,name\n0,1,C4\n1,2,E4\n", to: "played.csv")
    let lines = test.stableLines("render played.csv played.wav rate=16000")
    #expect(lines == ["played.wav  2 notes in 4 s"])
    let sound = try AudioReader(path: test.folder("played.wav"))
    #expect(sound.rate == 16_000 && sound.channels == 1 && sound.promisedSeconds == 4)
    var loudest: Float = 0
    while try sound.read({ loudest = max(loudest, $0.map(abs).max() ?? 0) }) {}
    #expect(loudest > 0.05)
    test.submit("transcribe played.wav picture=off")
    #expect(test.files.contains("played.mid") && test.diagnostics.isEmpty)
    _ = try test.folder.write("onset,offset,name\n0,0.5,C4\n", to: "one.csv")
    #expect(test.stableLines("render one.csv one.wav") == ["one.wav  1 note in 2.5 s"])
    _ = try test.folder.write("onset,offset,name\n0,1e6,C4\n", to: "long.csv")
    #expect(test.submit("render long.csv a.wav").failure?.contains("too many samples") == true)
    _ = try test.folder.write("onset,offset,name\n0,1,C9223372036854775807\n", to: "odd.csv")
    #expect(
      test.submit("render odd.csv a.wav").failure?.contains("odd.csv: no line is a note: line 2")
        == true
    )
    #expect(test.submit("render none.mid a.wav").failure?.contains("none.mid") == true)
  }
}
