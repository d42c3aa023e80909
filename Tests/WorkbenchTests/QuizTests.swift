import CommandLanguage
import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import MusicWorkbench
@testable import PassageWorkbench
@testable import RoutingWorkbench
@testable import Sessions
@testable import Workbench

@Suite("Quizzes") struct QuizTests {
  @Test("a quiz asks, explains what is wrong, and ends")
  func dialogue() throws {
    let test = try TestSession()
    #expect(
      test.stableLines("quiz 3 1 0 2").last == "1 of 6: switch 0/1 of column 1, straight or cross?"
    )
    let first = test.stableLines("answer straight")
    #expect(
      first.first
        == "Right: loop 1 begins, so that either is. 0 takes the upper way, 1 the lower."
    )
    #expect(first.last == "2 of 6: switch 2/3 of column 3, straight or cross?")
    #expect(
      test.stableLines("answer straight") == [
        "No: in loop 1, 0 takes the upper way, so it comes in at the upper input;\n"
          + "it must leave by the lower output: it crosses.",
        "2 of 6: switch 2/3 of column 3, straight or cross?",
      ]
    )
    test.submit("assert not $_.correct; assert $_.mistakes == 1; assert $_.set == 1")
    let third = test.stableLines("answer cross cross")
    #expect(
      third[1]
        == "No: in loop 1, 0 takes the upper way, and 3 leaves by the same switch of column 3;\n"
        + "so 3 takes the lower way, from the lower input here: it stays straight."
    )
    // Looking at something else does not disturb it, and `quiz` alone asks again.
    test.submit("route reverse quiet=on")
    #expect(
      test.stableLines("quiz").last == "3 of 6: switch 2/3 of column 1, straight or cross?"
    )
    let last = test.stableLines("let a = answer straight straight cross straight")
    #expect(
      last.last == "All 6 switches are set after 2 wrong answers, and every element arrives."
    )
    test.submit("assert $a.correct; assert $a.open == 0; assert $a.mistakes == 2")
    #expect(test.diagnostics.isEmpty)
    #expect(test.submit("answer cross").failure?.contains("all switches") == true)
    #expect(test.stableLines("quiz").first == "0→7 1→6 2→5 3→4 4→3 5→2 6→1 7→0")
  }

  @Test("the other choice at the start of a loop is right as well")
  func choice() throws {
    let test = try TestSession()
    test.submit("quiz 3 1 0 2; let a = answer cross straight cross cross straight cross")
    test.submit("assert $a.correct; assert $a.open == 0")
    #expect(test.diagnostics.isEmpty)
  }

  @Test("the board follows elements from both ends")
  func board() throws {
    let test = try TestSession()
    let lines = test.stableLines("quiz 3 1 0 2; answer straight cross").suffix(11)
    let expected = """
       column 1      column 2      column 3
      0 ─┬──┬─ 0    0 ─┬  ┬─        ─┬  ┬─ 2
      1 ─┴──┴─ 1      ─┴  ┴─ 0      ─┴  ┴─ 1
      2 ─┬??┬─      1 ─┬  ┬─      0 ─┬╲╱┬─ 3
      3 ─┴??┴─        ─┴  ┴─ 3    3 ─┴╱╲┴─ 0
      """
    #expect(lines.prefix(5).joined(separator: "\n") == expected)
  }
}
