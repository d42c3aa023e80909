import CommandLanguage
import Foundation
import Routing
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

  @Test("answers may be short, and a hint tells what a switch follows from but not its setting")
  func hints() throws {
    let test = try TestSession()
    test.submit("quiz 3 1 0 2; answer s")
    #expect(
      test.stableLines("quiz hint") == [
        "Hint: in loop 1, 0 takes the upper way, so it comes in at the upper input;\n"
          + "it must leave by the lower output.",
        "2 of 6: switch 2/3 of column 3, straight or cross?",
      ]
    )
    let lines = test.stableLines("let a = answer x s s x s")
    #expect(lines.last == "All 6 switches are set after 1 hint, and every element arrives.")
    test.submit("assert $a.correct; assert $a.hints == 1; assert $a.score == 5")
    #expect(test.stableLines("quiz score") == ["score 5 of 6: 0 wrong answers, 1 hint"])
    #expect(test.diagnostics.isEmpty)
    #expect(test.submit("quiz hint").failure?.contains("all switches") == true)
  }

  @Test("the hint at the first switch of a loop names what may take either way")
  func freeHint() throws {
    let test = try TestSession()
    test.submit("quiz 3 1 0 2")
    #expect(
      test.stableLines("quiz hint").first
        == "Hint: loop 1 begins with 0 and 1, which may take either way."
    )
  }

  @Test("switches are taken back one by one, and the other way of a loop may be tried")
  func undoing() throws {
    let test = try TestSession()
    test.submit("quiz 3 1 0 2; answer straight cross")
    let first = test.stableLines("quiz undo")
    #expect(first.first == "Open again: switch 2/3 of column 3.")
    #expect(first.last == "2 of 6: switch 2/3 of column 3, straight or cross?")
    #expect(
      test.stableLines("quiz undo").last == "1 of 6: switch 0/1 of column 1, straight or cross?"
    )
    #expect(test.submit("quiz undo").failure?.contains("no switch of the quiz is set") == true)
    // As it is answered in `choice`.
    test.submit("let a = answer x s x x s x; assert $a.correct; assert $a.score == 6")
    test.submit("quiz undo; let b = answer s; assert not $b.correct; assert $b.score == 5")
    test.submit("let c = answer x; assert $c.open == 0; assert $c.score == 5")
    #expect(test.diagnostics.count == 1)
  }

  @Test("what is asked of a quiz that has not begun, or with options, is refused")
  func refusing() throws {
    let test = try TestSession()
    for request in ["hint", "undo", "score"] {
      #expect(test.submit("quiz \(request)").failure?.contains("no quiz has begun") == true)
    }
    test.submit("quiz 3 1 0 2")
    #expect(
      test.submit("quiz hint n=8").failure?.contains("about the quiz that has begun") == true
    )
    #expect(test.submit("quiz hunt").failure?.contains("`hunt` is no permutation") == true)
  }

  @Test("`plot route` draws the quiz while it is open and the latest subject, without its solution")
  func picture() throws {
    let test = try TestSession()
    let open = test.submit("quiz 3 1 0 2; answer s; let p = plot route a.png")
    #expect(open.failure == nil)
    test.submit("assert $p.set == 1; assert $p.open == 5")
    // What is said, or came later, goes before.
    test.submit("let p = plot route b.png permutation=\"1 0\"; assert $p.elements == 2")
    test.submit("let p = plot route c.png; assert $p.elements == 2")
    test.submit("answer x; let p = plot route d.png; assert $p.set == 2")
    test.submit("let p = plot route e.png network=omega; assert $p.network == \"omega\"")
    #expect(test.diagnostics.isEmpty, "\(test.diagnostics)")
    test.submit("quiz 3 1 0 2")
    #expect(
      test.submit("plot route f.png animate=on").failure?.contains("cannot move") == true
    )
    #expect(test.files == ["a.png", "b.png", "c.png", "d.png", "e.png"])
  }

  @Test("a quiz in a picture shows elements up to open switches, from both ends")
  func drawing() throws {
    let permutation = try #require(Permutation([3, 1, 0, 2]))
    var quiz = RoutingQuiz(permutation, through: .recursive)
    _ = quiz.answer(crosses: false)
    let drawing = RouteDrawing(RouteBoard(quiz), theme: .light)
    let list = drawing.drawing
    // All elements are named on either side, and one switch is asked for.
    #expect(list.texts.count { $0.text == "?" } == 1)
    for element in 0..<4 { #expect(list.texts.count { $0.text == String(element) } == 2) }
    // Elements 0 and 1 pass the first switch, 2 and 3 stop in front of theirs.
    let ends = (0..<4).map { drawing.path(of: $0).last?.x ?? 0 }
    #expect(ends[0] == ends[1] && ends[2] == ends[3] && ends[0] > ends[2])
  }
}
