import Audio
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Commands on music")
struct MusicCommandTests {
  private static let setup =
    "data notes window=256 batch=2; model rse maps=4 blocks=1 convolutions=2 schedule=50"

  @Test("training in parts, over a file, and looking between, gives the same weights")
  func reproducible() throws {
    let whole = try TestSession()
    let lines = whole.stableLines("\(Self.setup); train 6 validate=every 3 count=8")
    #expect(lines.contains { $0.contains("average precision") })
    let parts = try TestSession()
    parts.submit("\(Self.setup); train 2; test count=4; plot roll seconds=0.5 a.png; train 1")
    parts.submit("save a.safetensors")
    let again = try TestSession()
    let file = parts.folder("a.safetensors")
    #expect(again.submit("load \(file)").failure == nil)
    let last = again.stableLines("train 3").last
    #expect(last?.suffix(20) == lines.last?.suffix(20))
    #expect(again.stableLines("show data").contains("window: 256"))
    #expect(parts.diagnostics.isEmpty && again.diagnostics.isEmpty)
  }

  @Test("spectrograms are learned, saved and loaded; the model has no convolutions")
  func spectrograms() throws {
    let test = try TestSession()
    test.submit("data notes window=512 input=spectrogram batch=2 transpose=2")
    let lines = test.stableLines("model rse maps=4 blocks=1 norm=features schedule=50; show model")
    #expect(lines.contains { $0.contains("3 switch layers at length 4") })
    #expect(lines.contains { $0.contains("spectrograms of 344 values a place and 128 notes") })
    test.submit("train 3; save a.safetensors; train 2")
    let last = try #require(test.stableLines("train 1").last)
    let again = try TestSession()
    again.submit("load \(test.folder("a.safetensors")); train 2")
    #expect(again.stableLines("train 1").last == last)
    #expect(again.stableLines("show data").contains("transpose: 2"))
    again.submit("data notes window=512 input=raw")
    #expect(again.submit("train 1").failure?.contains("hears input=spectrogram") == true)
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
  }

  @Test("a test tells each recording and all")
  func tested() throws {
    let test = try TestSession()
    test.submit(Self.setup)
    let lines = test.stableLines("let r = test count=16")
    #expect(lines.first?.hasPrefix("recording  frames  average precision") == true)
    #expect(lines.last?.hasPrefix("notes          16") == true)
    #expect(test.submit("assert $r.frames == 16 and $r.average_precision >= 0").failure == nil)
  }

  @Test("the roll counts notes that are right, missed and extra")
  func roll() throws {
    let test = try TestSession()
    test.submit(Self.setup)
    #expect(test.submit("let p = plot roll seconds=2 a.png").failure == nil)
    #expect(test.submit("assert $p.right + $p.missed > 0").failure == nil)
    #expect(test.files.contains("a.png"))
  }

  @Test("the model of missing recordings is there, but not trained")
  func missing() throws {
    let test = try TestSession()
    for part in ["train_data", "train_labels"] {
      try FileManager.default.createDirectory(
        atPath: test.folder("set/\(part)"),
        withIntermediateDirectories: true
      )
    }
    _ = try WaveFile(WaveFile.tone(440, seconds: 2)).write(
      to: "set/train_data/1.wav",
      in: test.folder
    )
    try test.folder.write(
      "start_time,end_time,instrument,note,start_beat,end_beat,note_value\n44100,88200,1,69,0,1,Half\n",
      to: "set/train_labels/1.csv"
    )
    test.submit("data musicnet path=set window=256 batch=2; model rse maps=4 blocks=1; train 2")
    #expect(test.session.filesRead.map(\.path) == ["set"])
    test.submit("save a.safetensors")
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics.map(\.message))")
    #expect(test.submit("test").failure?.contains("no recording to test on") == true)
    try FileManager.default.removeItem(atPath: test.folder("set"))
    #expect(test.submit("load a.safetensors").failure == nil)
    #expect(test.submit("train 1").failure != nil)
  }

  @Test(
    "what does not go together is refused with a remedy",
    arguments: [
      ("data notes path=x", "made up"), ("data notes alphabet=4", "not about music"),
      ("data musicnet", "the place of the recordings"), ("data musicnet path=nowhere", "nowhere"),
      ("data badd split=original", "about music"), ("data notes multiplier=2", "Fourier"),
      ("data notes transpose=2", "about spectrograms"),
      ("data notes input=fourier window=16384", "from 256 to 8192"),
      ("data notes input=spectrogram window=256", "from 512 to 65536"),
      ("\(setup); test lengths=8", "about tasks of symbols"),
      ("\(setup); try 1", "about tasks of symbols"),
      ("\(setup); compare rse steps=1 lengths=8", "about tasks of symbols"),
      ("\(setup); plot cost a.png", "about tasks of symbols"),
      ("\(setup); plot memory a.png", "about tasks of symbols"),
      ("\(setup); train 1; data badd; train 1", "audio and 128 notes"),
      ("\(setup); plot roll recording=7", "no held-out recording"),
      ("data badd; model rse maps=2; plot roll", "about music"),
    ]
  )
  func refused(statement: String, reason: String) throws {
    let test = try TestSession()
    let failure = try #require(test.submit(statement).failure)
    #expect(failure.contains(reason), "\(failure)")
    #expect(test.diagnostics.last?.remedy != nil)
  }
}
