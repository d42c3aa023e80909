import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Data of one's own")
struct OwnDataTests {
  private static let pairs = (0..<300).map { index in
    let word = String(index * 7 + 50, radix: 4)
    return "\(word)\t\(String(word.reversed()))\n"
  }.joined()

  private func session(_ text: String = pairs) throws -> TestSession {
    let test = try TestSession()
    _ = try test.folder.write(text, to: "pairs.tsv")
    return test
  }

  @Test("a file of pairs trains, is tested on what was held out, and answers")
  func whole() throws {
    let test = try session()
    #expect(
      test.stableLines("data file=pairs.tsv held-out=0.2") == [
        "240 examples to train on, 60 held out, symbols are characters"
      ]
    )
    #expect(
      test.submit("model rse maps=8; train 4 validate=every 2; test; test lengths=64").failure
        == nil
    )
    let lines = test.stableLines("try 302")
    #expect(lines.first?.hasPrefix("network  ") == true)
    #expect(test.submit("show data; show batch count=1; show model").failure == nil)
    #expect(test.diagnostics.isEmpty)
  }

  @Test("saved and loaded it goes on bit for bit; without its file it can only be asked")
  func saved() throws {
    let test = try session()
    test.submit("seed 5; data file=pairs.tsv; model rse maps=4; train 3; save m.safetensors")
    let whole = test.stableLines("train 3").last
    #expect(whole?.contains("weights") == true)
    #expect(test.submit("load m.safetensors").failure == nil)
    #expect(test.stableLines("train 3").last == whole)

    try FileManager.default.removeItem(atPath: test.folder("pairs.tsv"))
    let output = test.submit("load m.safetensors").output.map(\.text)
    #expect(output.contains { $0.contains("can be asked, but not trained") })
    #expect(test.submit("try 123").failure == nil)
    #expect(test.submit("train 1").failure?.contains("files of the data are missing") == true)
    #expect(test.submit("test").failure?.contains("file of the data is missing") == true)
    #expect(test.submit("show batch").failure?.contains("no examples") == true)
    _ = try test.folder.write("12\t21\n33\t1\n", to: "pairs.tsv")
    #expect(
      test.submit("load m.safetensors").output.contains { $0.text.contains("is not what it was") }
    )
  }

  @Test("a test file is what is tested, its pairs in both are remarked on, and checkpoints keep it")
  func testFile() throws {
    let test = try session()
    // 302 in base 4 is 50, the first word of the other file; 333 is 63, which is not 50 + 7 k.
    _ = try test.folder.write("302\t203\n333\t333\n30\t3\n", to: "test.tsv")
    let lines = test.stableLines("seed 5; data file=pairs.tsv test=test.tsv")
    #expect(lines[0] == "300 examples to train on, 3 held out, symbols are characters")
    #expect(lines[1] == "1 of the 3 pairs of `test.tsv` is in `pairs.tsv`, too")
    #expect(test.submit("model rse maps=4; train 3 validate=every 1").failure == nil)
    test.submit("test predictions=a.tsv")
    let text = try String(contentsOfFile: test.folder("a.tsv"), encoding: .utf8)
    let questions = text.split(separator: "\n").dropFirst().map { $0.split(separator: "\t")[1] }
    #expect(Set(questions) == ["302", "333", "30"])
    test.submit("save m.safetensors")
    let whole = test.stableLines("train 3").last
    #expect(test.submit("load m.safetensors").failure == nil)
    #expect(test.stableLines("train 3").last == whole)
    #expect(test.submit("let d = show data; assert $d.test == \"test.tsv\"").failure == nil)
    #expect(test.stableLines("test") == test.stableLines("test"))
    #expect(
      test.submit("test predictions=test.tsv").failure?.contains("holds the examples") == true
    )
    _ = try test.folder.write("302\t203\n", to: "test.tsv")
    #expect(
      test.submit("load m.safetensors").output.contains {
        $0.text.contains("`test.tsv` is not what it was")
      }
    )
  }

  @Test("the alphabets and the kind of symbols are those of both files")
  func bothFiles() throws {
    let test = try session()
    _ = try test.folder.write("0x\tx0\n", to: "test.tsv")
    #expect(test.submit("data file=pairs.tsv test=test.tsv").failure == nil)
    #expect(test.submit("model rse maps=4; try x").failure == nil)
    _ = try test.folder.write("the cat\tle chat\n", to: "test.tsv")
    let lines = test.stableLines("data file=pairs.tsv test=test.tsv")
    #expect(lines[0] == "300 examples to train on, 1 held out, symbols are words")
  }

  @Test("all examples can be held out, or none")
  func extremes() throws {
    let test = try session()
    test.submit("data file=pairs.tsv held-out=1; model rse maps=4")
    for statement in ["train 1", "show batch", "compare steps=1"] {
      let failure = test.submit(statement).failure
      #expect(failure?.contains("all are held out") == true, "\(failure ?? "")")
    }
    #expect(test.submit("let t = test; assert $t.count[4] + $t.count[8] == 300").failure == nil)
    #expect(test.submit("save m.safetensors; load m.safetensors; test count=4").failure == nil)
    #expect(test.submit("train 1").failure?.contains("all are held out") == true)

    test.submit("data file=pairs.tsv held-out=0; model rse maps=4")
    #expect(test.submit("train 1").failure == nil)
    for statement in ["test", "test lengths=8", "show wrong"] {
      let failure = test.submit(statement).failure
      #expect(failure?.contains("none is held out") == true, "\(failure ?? "")")
    }
    #expect(test.submit("train 1 validate=every 1").failure?.contains("is held out") == true)
  }

  @Test(
    "what is wrong is said with its place",
    arguments: [
      ("data", "neither a task nor a file"), ("data badd file=pairs.tsv", "not about the task"),
      ("data file=none.tsv", "no file"), ("data file=bad.tsv", "bad.tsv:1:4"),
      ("data file=pairs.tsv inputs=0,1,2 outputs=0,1,2,3", "not in the alphabet"),
      ("data file=pairs.tsv lengths=4", "no input for length 4"),
      ("data file=pairs.tsv inputs=a,a", "twice"),
      ("data file=pairs.tsv test=bad.tsv", "bad.tsv:1:4"),
      ("data file=pairs.tsv test=none.tsv", "no file"),
      ("data file=pairs.tsv test=pairs.tsv held-out=0.1", "leave out one"),
      ("data file=pairs.tsv held-out=1.5", "from 0 to 1"),
    ]
  )
  func wrong(statement: String, message: String) throws {
    let test = try session((0..<30).map { "\($0 + 12_340)\t1\n" }.joined())
    _ = try test.folder.write("abc\nd\n", to: "bad.tsv")
    let failure = try #require(test.submit(statement).failure)
    #expect(failure.contains(message), "\(failure)")
  }

  @Test(
    "an error points to the option that it is about",
    arguments: [
      ("data file=none.tsv", "none.tsv"), ("data file=pairs.tsv inputs=a,a", "a,a"),
      ("data file=pairs.tsv inputs=0,1 outputs=ab,c", "ab,c"),
      ("data file=pairs.tsv lengths=8,8", "8,8"), ("data file=pairs.tsv count=3", "3"),
    ]
  )
  func places(statement: String, marked: String) throws {
    let test = try session()
    #expect(test.submit(statement).failure != nil)
    let diagnostic = try #require(test.diagnostics.last)
    #expect(diagnostic.range.map { diagnostic.source?.text(in: $0) } == marked)
  }

  @Test("without anything held out there is no validation, and no test")
  func nothingHeldOut() throws {
    let test = try session()
    test.submit("data file=pairs.tsv held-out=0; model rse maps=2")
    #expect(test.submit("train 2 validate=every 1").failure?.contains("held out") == true)
    #expect(test.submit("test").failure?.contains("held out") == true)
    #expect(test.submit("train 2; try 302").failure == nil)
  }

  @Test("a model is not trained on a file with other symbols")
  func otherSymbols() throws {
    let test = try session()
    _ = try test.folder.write(Self.pairs.replacingOccurrences(of: "3", with: "x"), to: "other.tsv")
    test.submit("data file=pairs.tsv; model rse maps=4; train 1")
    #expect(test.submit("data file=other.tsv; train 1").failure?.contains("trained on") == true)
    #expect(test.submit("data file=pairs.tsv; train 1").failure == nil)
  }
}
