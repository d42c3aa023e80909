import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Passages of text")
struct LambadaCommandTests {
  private static let passages = (0..<12).map { index in
    let name = ["anna", "ben", "cleo", "dora"][index % 4]
    return "the house of \(name) stood by the lake , and every spring \(name) painted the house"
  }

  private func session() throws -> TestSession {
    let test = try TestSession()
    try FileManager.default.createDirectory(
      atPath: test.folder("p"),
      withIntermediateDirectories: true
    )
    let text = Self.passages.joined(separator: "\n") + "\n"
    try test.folder.write(text + "no answer in this one\n\n", to: "p/train.txt")
    try test.folder.write(text, to: "p/valid.txt")
    let long = [String](repeating: "long", count: 40).joined(separator: " ")
    try test.folder.write(text + "nobody knows\n" + long + "\n", to: "p/test.txt")
    let vectors = ["house", "anna", "lake", "zebra"].enumerated().map { "\($1) \($0) 1 -\($0)" }
    try test.folder.write(vectors.joined(separator: "\n") + "\n", to: "v.vec")
    return test
  }

  @Test("passages train, validate, are tested beside baselines, asked and drawn")
  func whole() throws {
    let test = try session()
    #expect(
      test.stableLines("data lambada path=p lengths=32 batch=4") == [
        "passages: 12 to train, 12 to validate, 13 to test",
        "left out to train: 1 whose answer is not in them",
        "left out to train: 1 line of fewer than two words",
        "left out to test: 1 of more than 32 words, which count as wrong",
        "15 words are known",
      ]
    )
    #expect(test.submit("model rse maps=8; train 4 validate=every 2").failure == nil)
    let lines = test.submit("let r = test").output.map(\.text)
    #expect(lines.count == 8, "\(lines)")
    #expect(lines.contains("14 passages, the answer of 12 is in them"))
    #expect(lines.contains { $0.hasPrefix("its latest repeated word") && $0.contains("0.0000") })
    #expect(lines.contains { $0.hasPrefix("its most frequent word") && $0.contains("0.0000") })
    let checks = [
      "assert $r.passages == 14 and $r.answerable == 12 and $r.right <= 12",
      "assert $r.baselines[mostFrequent] == 0",
      "assert $r.accuracy == $r.right / 14 and $r.answerable_accuracy == $r.right / 12",
      "test count=3", "show data; show model; show batch count=1",
      "let t = try \"The house of Eve stood by the lake, and Eve painted the ___\"",
      "assert $t.answer != \"\"",
      "plot scores number=2 scores.png",
      "plot scores passage=\"anna saw ben , and ben saw ___\" s.png theme=dark",
    ]
    for check in checks { #expect(test.submit(check).failure == nil, "\(check)") }
    let asked = test.submit("try the house of Eve and the ___").output.map(\.text)
    #expect(asked.contains("unknown words: eve"))
    #expect(asked.first?.hasSuffix("___") == true)
    #expect(test.files.contains("scores.png"))
  }

  @Test("a test writes a row for each passage that is read")
  func predictions() throws {
    let test = try session()
    test.submit("data lambada path=p lengths=32 batch=4; model rse maps=8")
    let lines = test.stableLines("let r = test predictions=a.tsv")
    #expect(lines.last == "a.tsv  13 passages")
    let rows = try String(contentsOfFile: test.folder("a.tsv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    #expect(rows[0] == ["passage", "length", "input", "target", "answer", "right"])
    #expect(rows.count == 14)
    #expect(
      rows[1].dropLast(2) == [
        "1", "32",
        "the house of anna stood by the lake , and every spring anna painted the ___", "house",
      ]
    )
    #expect(rows[13].dropLast(2) == ["13", "32", "nobody ___", "knows"])
    let right = rows.dropFirst().count { $0[5] == "1" }
    #expect(rows.dropFirst().allSatisfy { ($0[3] == $0[4]) == ($0[5] == "1") })
    #expect(test.submit("assert $r.right == \(right)").failure == nil)
  }

  @Test(
    "saved and loaded it goes on bit for bit, with a table as with vectors",
    arguments: ["", " vectors=v.vec"]
  )
  func saved(option: String) throws {
    let test = try session()
    test.submit("seed 5; data lambada path=p lengths=32 batch=4\(option); model rse maps=4")
    #expect(test.submit("train 3; save m.safetensors").failure == nil)
    let whole = test.stableLines("train 3").last
    #expect(whole?.contains("weights") == true)
    #expect(test.submit("load m.safetensors").failure == nil)
    #expect(test.stableLines("train 3").last == whole)
    // Data that are chosen again keep the words that the model knows.
    #expect(test.submit("load m.safetensors").failure == nil)
    let output = test.stableLines("data lambada path=p lengths=32 batch=4")
    #expect(output.first?.hasPrefix("the words are those of the model") == true)
    #expect(test.stableLines("train 3").last == whole)

    let answer = test.stableLines("load m.safetensors; try anna had a house , and the ___")
    try FileManager.default.removeItem(atPath: test.folder("p"))
    let loaded = test.submit("load m.safetensors").output.map(\.text)
    #expect(loaded.contains { $0.contains("can be asked, but not trained") })
    #expect(answer.count > 5)
    #expect(
      Array(answer.dropFirst(answer.count - 7))
        == test.stableLines("try anna had a house , and the ___")
    )
    #expect(test.submit("train 1").failure != nil)
    #expect(test.submit("test").failure?.contains("no passage to test") == true)
  }

  @Test("other words need a new model, and words can be kept in a file")
  func vocabulary() throws {
    let test = try session()
    test.submit("data lambada path=p lengths=32 vocabulary=words.txt words=8; model rse maps=4")
    #expect(test.submit("train 1").failure == nil)
    #expect(test.files.contains("words.txt"))
    #expect(
      test.submit("data lambada path=p lengths=32 words=9; train 1").failure?
        .contains("is trained on") == true
    )
    #expect(
      test.submit("data lambada path=p lengths=32 vocabulary=words.txt; train 1").failure == nil
    )
  }

  @Test(
    "what is wrong is said",
    arguments: [
      ("data lambada", "the place of the passages is missing"),
      ("data lambada path=none", "no such file or folder"),
      ("data lambada path=v.vec", "is a file"),
      ("data lambada path=p vectors=none.vec", "none.vec"),
      ("data lambada path=p vectors=bad.vec", "bad.vec: there is no vector"),
      (
        "data lambada path=q",
        "q/train.txt: no line can be read: 2 lines skipped"
      ),
      ("data lambada path=p vectors=v.vec vocabulary=w", "`vectors=` says"),
      ("data lambada path=p window=1024", "not about passages"),
      ("data badd vectors=v.vec", "about passages of text"),
      ("data lambada path=p lengths=4; model rse maps=2; train 1", "train"),
      ("data lambada path=p; model transformer maps=4; train 1; try ___", "no word before the gap"),
      ("data lambada path=p; model rse maps=2; test lengths=8", "about tasks of symbols"),
      ("data badd; model rse maps=2; plot scores", "scores are about passages"),
      ("data lambada path=p; model rse maps=2; try a ___ b", "words behind the gap"),
      ("data lambada path=p; model rse maps=2; try a ___ b ___", "more than one gap"),
      ("data lambada path=p lengths=8; model rse maps=2; train 1", "12 are too long"),
      ("data lambada path=p vocabulary=empty.txt", "no word in"),
      ("data lambada path=p; model rse maps=2; plot scores number=99 f.png", "test passages"),
    ]
  )
  func wrong(statement: String, message: String) throws {
    let test = try session()
    try test.folder.write("a word\nb\n", to: "bad.vec")
    try test.folder.write("", to: "empty.txt")
    try FileManager.default.createDirectory(
      atPath: test.folder("q"),
      withIntermediateDirectories: true
    )
    try Data([0xFF, 0x0A, 0xFE, 0x20, 0x61]).write(
      to: URL(fileURLWithPath: test.folder("q/train.txt"))
    )
    let failure = try #require(test.submit(statement).failure)
    #expect(failure.contains(message), "\(failure)")
  }

  @Test(
    "an error points to the option that named the file",
    arguments: [
      ("data lambada path=none", "none"), ("data lambada path=p vectors=none.vec", "none.vec"),
      // The name of the vectors is a part of that of the folder.
      ("data lambada path=p/missing vectors=p", "p/missing"),
      ("data lambada path=p vocabulary=p", "p"),
      ("data lambada path=p lengths=8,8", "8,8"), ("data lambada path=p gain=3", "3"),
    ]
  )
  func places(statement: String, marked: String) throws {
    let test = try session()
    #expect(test.submit(statement).failure != nil)
    let diagnostic = try #require(test.diagnostics.last)
    let range = try #require(diagnostic.range)
    #expect(diagnostic.source?.text(in: range) == marked)
    #expect(range.upper == statement.utf8.count || statement.contains("p/missing"))
  }
}
