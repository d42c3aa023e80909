import Foundation
import Tensors
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import Sessions
@testable import Workbench

/// Files that deviate from their form are read as far as they go, with remarks; `set strict=on` refuses them.
@Suite struct DeviatingFileTests {
  @Test("a table with a line that is no note is scored with a remark, or refused")
  func tables() throws {
    let test = try TestSession()
    try test.folder.write("onset,offset,pitch\n0,1,60\n1,2,64\n", to: "played.csv")
    try test.folder.write("Onset;Offset;Name\n0,0;1,0;C4\nx;2;E4\n1;2;F♭4\n", to: "heard.csv")
    let lines = test.stableLines("score played.csv heard.csv")
    #expect(
      lines.prefix(2) == [
        "heard.csv: line 3 skipped: its onset is no time from 0",
        "2 notes played, 2 transcribed, 2 right",
      ]
    )
    let failure = test.submit("set strict=on; score played.csv heard.csv").failure
    #expect(failure?.contains("heard.csv: line 3 skipped") == true)
    #expect(test.submit("score played.csv played.csv").failure == nil)
    #expect(test.submit("set strict=off; score played.csv heard.csv").failure == nil)
    let strict = Session(
      folder: test.folder.path,
      host: { () -> SessionHost in
        var host = SessionHost()
        host.isStrict = true
        return host
      }()
    )
    #expect(strict.submit("score played.csv heard.csv", name: "test").failure != nil)
  }

  @Test("a recording that is cut off is learned from with a remark, or refused")
  func recordings() throws {
    let test = try TestSession()
    for folder in ["set/train_data", "set/train_labels"] {
      try FileManager.default.createDirectory(
        atPath: test.folder(folder),
        withIntermediateDirectories: true
      )
    }
    var sound = WaveFile(WaveFile.tone(440, seconds: 2))
    sound.claimedBytes = 4 * 88_200
    _ = try sound.write(to: "set/train_data/1.wav", in: test.folder)
    try test.folder.write(
      "start_time,end_time,instrument,note\n4410,88200,1,69\n132300,140000,1,69\n",
      to: "set/train_labels/1.csv"
    )
    let choice = "data musicnet path=set window=256 batch=2"
    let result = test.submit("\(choice); model rse maps=4 blocks=1; train 1")
    #expect(result.failure == nil)
    let remark = "1.wav: cut off, 2.0 s of it are missing; what is there is heard"
    #expect(result.output.contains { $0.text.hasSuffix(remark) })
    #expect(test.submit("set strict=on; \(choice)").failure?.contains("1.wav: cut off") == true)
  }

  @Test("pairs, vectors, vocabularies and passages tell what was skipped, in a replay the same")
  func texts() throws {
    let test = try TestSession()
    try test.folder.write("ab\tba\nno tab\ncd\tdc\n", to: "pairs.tsv")
    #expect(
      test.stableLines("data file=pairs.tsv held-out=0").first
        == "pairs.tsv: line 2 skipped: there is no tab between input and target"
    )
    try FileManager.default.createDirectory(
      atPath: test.folder("p"),
      withIntermediateDirectories: true
    )
    try test.folder.write(
      "\"Anna,\" said Ben, \"saw Anna.\"\r\nBen ran; so Ben.\r\n",
      to: "p/test.txt"
    )
    try test.folder.write("2 2\nanna 1 2\nben 1\nben 2 1\n", to: "v.vec")
    try test.folder.write("anna\nben\nanna", to: "words.txt")
    for _ in 0..<2 {
      #expect(
        test.stableLines("data lambada path=p vectors=v.vec").prefix(3) == [
          "p/test.txt: not divided into words; divided as it is read",
          "v.vec: line 3 skipped: there are not 2 finite numbers at its end",
          "v.vec: line 1 promises 2 words, the file holds 3",
        ]
      )
    }
    let shown = test.stableLines("show data")
    #expect(shown.contains { $0.hasPrefix("text") && $0.contains("p/test.txt") })
    #expect(
      test.stableLines("data lambada path=p vocabulary=words.txt").contains(
        "words.txt: line 3 skipped: the word was there before"
      )
    )
    #expect(test.submit("set strict=on; data lambada path=p vectors=v.vec").failure != nil)
  }

  @Test("numbers that another program has changed are loaded where that is meant, and told")
  func changedWeights() throws {
    let test = try TestSession()
    test.submit("data badd lengths=8 batch=4; model rse maps=4; train 2; save m.safetensors")
    var file = try TensorFile(
      parsing: Data(contentsOf: URL(fileURLWithPath: test.folder("m.safetensors")))
    )
    let name = try #require(file.entries.keys.first { $0 == "last.bias" })
    let bias = try file.tensor(name)
    file.addHalf(Tensor(bias.elements.map { _ in 0.5 }, bias.shape), named: name)
    try file.encoded().write(to: URL(fileURLWithPath: test.folder("changed.safetensors")))
    let refused = test.submit("load changed.safetensors").failure
    #expect(refused?.contains("another program has changed them") == true)
    #expect(test.diagnostics.last?.remedy?.contains("changed=on") == true)
    let lines = test.stableLines("load changed.safetensors changed=on")
    #expect(lines.first == "changed.safetensors: its numbers were changed after `save` wrote them")
    #expect(test.submit("train 1; save again.safetensors; load again.safetensors").failure == nil)
    file.metadata["content"] = nil
    try file.encoded().write(to: URL(fileURLWithPath: test.folder("bare.safetensors")))
    #expect(
      test.stableLines("load bare.safetensors").first?.contains("names no digest") == true
    )
    #expect(test.submit("set strict=on; load bare.safetensors").failure != nil)
  }
}
