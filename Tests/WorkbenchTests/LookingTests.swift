import Foundation
import TestSupport
import Testing

@testable import Sessions
@testable import Tasks
@testable import Training
@testable import Workbench

@Suite("Looking at answers")
struct LookingTests {
  /// The cells of a file that has no quotation marks.
  private func rows(_ test: TestSession, _ file: String) throws -> [[String]] {
    let text = try String(contentsOfFile: test.folder(file), encoding: .utf8)
    #expect(text.hasSuffix("\n"))
    return text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("a test writes a row for each example, which says what `try` says")
  func predictions() throws {
    let test = try TestSession()
    let lines = test.stableLines(
      "seed 4; data badd lengths=8; model rse maps=8; test lengths=8,16 count=20 predictions=a.tsv"
    )
    #expect(lines.last == "a.tsv  40 examples")
    let rows = try rows(test, "a.tsv")
    #expect(rows[0] == ["length", "input", "target", "answer", "right"])
    #expect(rows.count == 41)
    #expect(rows[1...20].allSatisfy { $0[0] == "8" } && rows[21...].allSatisfy { $0[0] == "16" })
    // What people add up.
    for row in rows.dropFirst() {
      let numbers = row[1].split(separator: " + ").compactMap { Int($0, radix: 2) }
      #expect(String(numbers[0] + numbers[1], radix: 2) == row[2])
      #expect((row[2] == row[3]) == (row[4] == "1"))
    }
    let first = rows[1]
    #expect(
      test.stableLines("try \(first[1])").first?.hasPrefix("network  \(first[3])") == true
    )
    let right = rows[1...20].count { $0[4] == "1" }
    #expect(lines.contains { $0.hasPrefix("     8") && $0.hasSuffix("\(right) of 20") })
  }

  @Test("a file of answers is written whole or not at all, and never over the examples")
  func refusals() throws {
    let test = try TestSession()
    _ = try test.folder.write((0..<40).map { "\($0)\t\($0)\n" }.joined(), to: "p.tsv")
    test.submit("data file=p.tsv held-out=0.5; model rse maps=4")
    for (statement, message) in [
      ("test predictions=p.tsv", "holds the examples"),
      ("test predictions=none/a.tsv", "cannot write `none/a.tsv`"),
      ("test predictions=a.csv", ".tsv"),
      (
        "data notes window=256; model rse maps=4 blocks=1; test count=1 predictions=a.tsv",
        "about symbols and passages"
      ),
    ] {
      let failure = try #require(test.submit(statement).failure)
      #expect(failure.contains(message), "\(failure)")
    }
    #expect(test.files == ["p.tsv"])
  }

  @Test("wrong answers are listed, and how many there are")
  func wrong() throws {
    let test = try TestSession()
    test.submit("seed 4; data badd lengths=8,16; model rse maps=8")
    let lines = test.stableLines("let w = show wrong count=16 show=3")
    let counts = test.stableLines(
      "let t = test count=16\nlet n = $t.wrong[8] + $t.wrong[16]\nprint $n\nprint $w.wrong"
    )
    #expect(counts.suffix(2).first == counts.last)
    #expect(lines.first?.hasPrefix("length 8: ") == true)
    #expect(lines.filter { $0.hasPrefix("  question") }.count == 3)
    #expect(lines.last == "\(counts.last ?? "") of 32 examples wrong, 3 shown")
    #expect(test.submit("assert $w.count == 32 and $w.examples[2].length >= 8").failure == nil)
  }

  @Test("a model that is always right has no wrong answers")
  func noneWrong() throws {
    let test = try TestSession()
    _ = try test.folder.write((1...40).map { "\($0 + 1000)\taaaa\n" }.joined(), to: "p.tsv")
    test.submit("data file=p.tsv held-out=0.5; model rse maps=8; train 60")
    #expect(
      test.stableLines("show wrong") == [
        "length 4: none of 20 wrong", "none of 20 examples is wrong",
      ]
    )
  }

  @Test("wrong answers of other data than symbols are refused with what to do")
  func otherData() throws {
    let test = try TestSession()
    let failure = test.submit("data notes window=256; model rse maps=4 blocks=1; show wrong")
      .failure
    #expect(failure?.contains("`show wrong` is about tasks of symbols") == true)
  }

  private func lines(
    _ task: String,
    _ question: String,
    answer: [Int32],
    length: Int
  ) throws -> [String] {
    let task = try #require(TaskCatalog.task(named: task))
    let input = try task.input(asking: question)
    let example = TestedExample(
      Example(input: input, target: task.target(of: input)),
      answer: answer + [Int32](repeating: 0, count: length - answer.count)
    )
    return WrongAnswer(example: example, task: task).lines
  }

  @Test("marks stand below the wrong symbols, numbers as people write them")
  func marks() throws {
    // 3 + 1 = 100 in base 2; the answer is 1101: digits from the lowest on 1 0 1 1.
    #expect(
      try lines("badd", "11 + 1", answer: [2, 1, 2, 2], length: 8) == [
        "question  11 + 01", "right     _100", "network   1101", "          ^  ^",
      ]
    )
    #expect(
      try lines("sort", "11 2", answer: [2, 0, 3], length: 4) == [
        "question  11 2", "right     2 11 _", "network   2 _  3", "            ^^ ^",
      ]
    )
    #expect(
      try lines("div", "2 / 1", answer: [1, 2, 5, 4, 3], length: 8) == [
        "question  2 / 1", "right     2 remainder 0", "network   2 remainder 1",
        "symbols   0 1 | r0 r0", "          0 1 | r1 r0", "                ^^",
      ]
    )
    #expect(
      try lines("search", "3:8 ? 3", answer: [0], length: 4) == [
        "question  3:8 ? 3", "right     8", "network   _", "          ^",
      ]
    )
  }

  @Test("of a long answer the stretch is shown where it goes wrong")
  func stretch() throws {
    let input = (0..<100).map { _ in "1" }.joined(separator: " ")
    var answer = [Int32](repeating: 1, count: 100)
    answer[50] = 7
    let lines = try lines("id", input, answer: answer, length: 128)
    // Eight symbols before the wrong one, and 32 symbols with blanks between take 63 columns.
    let ones = String(repeating: "1 ", count: 32).dropLast()
    #expect(lines[1] == "right     …\(ones)…")
    #expect(lines[2].dropFirst(11).dropFirst(16).first == "7")
    #expect(lines[3] == String(repeating: " ", count: 11 + 16) + "^")
  }
}
