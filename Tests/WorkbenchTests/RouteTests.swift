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

@Suite("Routes in a session") struct RouteCommandTests {
  @Test("a page for four elements, with the loops in words")
  func four() throws {
    let test = try TestSession()
    #expect(test.stableLines("route \"3 1 0 2\"") == test.stableLines("route 3 1 0 2"))
    let lines = test.stableLines("route 3 1 0 2 steps=on")
    let expected = """
      0→3 1→1 2→0 3→2
       column 1      column 2      column 3
      0 ─┬──┬─ 0    0 ─┬╲╱┬─ 2    2 ─┬──┬─ 2
      1 ─┴──┴─ 1    2 ─┴╱╲┴─ 0    1 ─┴──┴─ 1
      2 ─┬──┬─ 2    1 ─┬──┬─ 1    0 ─┬╲╱┬─ 3
      3 ─┴──┴─ 3    3 ─┴──┴─ 3    3 ─┴╱╲┴─ 0

      shuffle left behind column 1: places 0→0 1→2 2→1 3→3
      so upper outputs lead to the upper half, lower ones to the lower half
      shuffle right, the way back, behind column 2

      The two elements of a switch must part, one the upper way and one the lower way, and
      so must the two that leave by one switch. Each element settles the next, round a loop.

      Columns 1 and 3
        loop 1
          0 takes the upper way. It might as well take the other.
          0 and 3 leave by 2/3 of column 3, so 3 takes the lower way.
          3 and 2 enter by 2/3 of column 1, so 2 takes the upper way.
          2 and 1 leave by 0/1 of column 3, so 1 takes the lower way.
          1 and 0 enter by 0/1 of column 1: the loop is closed.
          column 1: straight
          column 3: 2/3 crosses

      Column 2, the middle: what is in front and behind leaves no choice
        0/1: 0 must leave by the lower output: crosses
        2/3: 1 must leave by the upper output: straight

      4 elements, 3 columns, 6 switches: 2 cross, 1 loop
      """
    #expect(lines == expected.components(separatedBy: "\n"))
  }

  @Test("a page for eight elements, found by hand")
  func eight() throws {
    let test = try TestSession()
    let lines = test.stableLines("route 5 2 7 0 6 1 3 4")
    let expected = """
      0→5 1→2 2→7 3→0 4→6 5→1 6→3 7→4
       column 1      column 2      column 3      column 4      column 5
      0 ─┬──┬─ 0    0 ─┬──┬─ 0    0 ─┬╲╱┬─ 5    5 ─┬──┬─ 5    5 ─┬╲╱┬─ 3
      1 ─┴──┴─ 1    2 ─┴──┴─ 2    5 ─┴╱╲┴─ 0    6 ─┴──┴─ 6    3 ─┴╱╲┴─ 5
      2 ─┬──┬─ 2    5 ─┬──┬─ 5    1 ─┬──┬─ 1    0 ─┬──┬─ 0    6 ─┬╲╱┬─ 1
      3 ─┴──┴─ 3    6 ─┴──┴─ 6    4 ─┴──┴─ 4    2 ─┴──┴─ 2    1 ─┴╱╲┴─ 6
      4 ─┬╲╱┬─ 5    1 ─┬──┬─ 1    2 ─┬╲╱┬─ 6    1 ─┬╲╱┬─ 3    0 ─┬╲╱┬─ 7
      5 ─┴╱╲┴─ 4    3 ─┴──┴─ 3    6 ─┴╱╲┴─ 2    3 ─┴╱╲┴─ 1    7 ─┴╱╲┴─ 0
      6 ─┬──┬─ 6    4 ─┬──┬─ 4    3 ─┬──┬─ 3    4 ─┬╲╱┬─ 7    2 ─┬╲╱┬─ 4
      7 ─┴──┴─ 7    7 ─┴──┴─ 7    7 ─┴──┴─ 7    7 ─┴╱╲┴─ 4    4 ─┴╱╲┴─ 2

      shuffle left behind columns 1 and 2: places 0→0 1→4 2→1 3→5 …
      so upper outputs lead to the upper half, lower ones to the lower half
      shuffle right, the way back, behind columns 3 and 4

      8 elements, 5 columns, 20 switches: 9 cross, 6 loops
      """
    #expect(lines == expected.components(separatedBy: "\n"))
  }

  @Test("a page for eight elements in Waksman's network")
  func waksman() throws {
    let test = try TestSession()
    let lines = test.stableLines("route 5 3 0 4 6 2 7 1 network=waksman")
    let expected = """
      0→5 1→3 2→0 3→4 4→6 5→2 6→7 7→1
       column 1      column 2      column 3      column 4      column 5
      0 ─┬──┬─ 0    0 ─┬╲╱┬─ 2    2 ─┬──┬─ 2    2 ────── 2    2 ────── 2
      1 ─┴──┴─ 1    2 ─┴╱╲┴─ 0    6 ─┴──┴─ 6    5 ────── 5    7 ────── 7
      2 ─┬──┬─ 2    5 ─┬╲╱┬─ 6    0 ─┬╲╱┬─ 5    6 ─┬╲╱┬─ 0    5 ─┬──┬─ 5
      3 ─┴──┴─ 3    6 ─┴╱╲┴─ 5    5 ─┴╱╲┴─ 0    0 ─┴╱╲┴─ 6    1 ─┴──┴─ 1
      4 ─┬╲╱┬─ 5    1 ─┬╲╱┬─ 3    3 ─┬╲╱┬─ 7    7 ────── 7    0 ─┬╲╱┬─ 3
      5 ─┴╱╲┴─ 4    3 ─┴╱╲┴─ 1    7 ─┴╱╲┴─ 3    1 ────── 1    3 ─┴╱╲┴─ 0
      6 ─┬──┬─ 6    4 ─┬╲╱┬─ 7    1 ─┬──┬─ 1    3 ─┬──┬─ 3    6 ─┬╲╱┬─ 4
      7 ─┴──┴─ 7    7 ─┴╱╲┴─ 4    4 ─┴──┴─ 4    4 ─┴──┴─ 4    4 ─┴╱╲┴─ 6

      behind column 1 upper outputs lead to the upper half, lower ones to the lower half
      and so on in each half; behind the middle all the way back
      wires without a switch always go straight

      8 elements, 5 columns, 17 switches: 10 cross, 3 loops
      """
    #expect(lines == expected.components(separatedBy: "\n"))
  }

  @Test("conflicts are shown, and the record tells of them")
  func blocked() throws {
    let test = try TestSession()
    let lines = test.stableLines("let r = route (1 2) n=4 network=omega")
    let expected = """
      0→0 1→2 2→1 3→3
       column 1      column 2     out
      0 ─┬!!┬─ !      ─┬  ┬─
      1 ─┴!!┴─        ─┴  ┴─
      2 ─┬!!┬─        ─┬  ┬─
      3 ─┴!!┴─ !      ─┴  ┴─

      shuffle right behind each column: places 0→0 1→2 2→1 3→3

      column 1, switch 0/1: 0 (to 0) and 1 (to 2) both need the upper output
      column 1, switch 2/3: 2 (to 1) and 3 (to 3) both need the lower output
      4 elements, 2 columns, 4 switches: blocked in column 1 at 2 switches
      an omega network makes 16 of the 24 permutations of 4 elements
      """
    #expect(lines == expected.components(separatedBy: "\n"))
    test.submit("assert $r.blocked; assert $r.column == 1; assert $r.conflicts == 2")
    test.submit("assert not $r.arrived; assert $r.targets[1] == 2; assert $r.switches == 4")
    #expect(test.diagnostics.isEmpty)
  }

  @Test(
    "every line of every form fits 80 columns",
    arguments: ["benes", "recursive", "waksman", "omega"]
  )
  func width(form: String) throws {
    let test = try TestSession()
    for count in [2, 4, 8, 16] {
      let steps = form == "omega" ? "" : " steps=on"
      let lines = test.stableLines("route random n=\(count) network=\(form)\(steps)")
      #expect(lines.dropFirst().allSatisfy { $0.count <= 86 }, "\(lines)")
      #expect(lines.filter { $0.contains("┬") || $0.contains("┴") }.allSatisfy { $0.count <= 80 })
      if form != "omega" { #expect(test.submit("assert $_.arrived").failure == nil) }
    }
  }

  @Test("quiet=on prints the summary, also of many elements, decided by the seed")
  func quiet() throws {
    let test = try TestSession()
    let lines = test.stableLines("let a = route random n=4096 seed=3 quiet=on")
    #expect(lines.count == 1 && lines[0].hasPrefix("4,096 elements, 23 columns, 47,104 switches"))
    test.submit("seed 3; let b = route random n=1024 quiet=true; seed 4")
    test.submit(
      "let c = route random n=1024 seed=3 quiet=true; let d = route random n=1024 quiet=on"
    )
    test.submit(
      "assert $b.targets == $c.targets; assert $b.targets != $d.targets; assert $a.arrived"
    )
    test.submit("let p = 3,1,0,2; let e = route $p quiet=on; assert $e.targets == $p")
    #expect(test.diagnostics.isEmpty)
  }

  @Test(
    "wrong permutations and options are explained at their places",
    arguments: [
      ("route 3 1 1 2", "more than once, 0 is missing", "3 1 1 2"),
      ("route 1 2 3 4", "4 is no place of 4 elements", "1 2 3 4"),
      ("route 2 0 1", "needs a power of two", "2 0 1"),
      ("route sort", "`sort` is no permutation", "sort"),
      ("route reverse n=64", "64 elements are too many to draw", "reverse n=64"),
      ("route 3 1 0 2 colour=on", "unknown option `colour`", "colour=on"),
      ("route 3 1 0 2 network=foo", "cannot be `foo`", "network=foo"),
      ("route 1 0 n=4", "these are 2 numbers", "n=4"),
      ("route shuffle n=6", "6 is not a power of two", "n=6"),
      ("route 1 0 steps=on network=omega", "has no loops", "steps=on"),
      ("quiz random n=32", "too many to draw", "random n=32"),
      ("quiz", "no permutation has been routed", "quiz"),
      ("answer cross", "no quiz has begun", "answer cross"),
      ("plot route", "no permutation has been routed", "route"),
      ("plot route permutation=\"1 0\" of=rse", "has no option `of=`", "rse"),
      ("plot route permutation=\"random n=128\"", "the limit is 64", "\"random n=128\""),
      ("plot route permutation=\"1 0 m=3\"", "`m=3` says nothing", "\"1 0 m=3\""),
      (
        "plot route permutation=\"random n=32\" animate=on", "too many to animate", "on"
      ),
    ]
  )
  func faults(text: String, message: String, marked: String) throws {
    let test = try TestSession()
    let outcome = test.submit(text)
    #expect(outcome.failure?.contains(message) == true, "\(outcome)")
    let diagnostic = try #require(test.diagnostics.first)
    let (source, range) = (try #require(diagnostic.source), try #require(diagnostic.range))
    #expect(source.text(in: range) == marked)
    #expect(diagnostic.remedy != nil)
  }

  @Test("padding is offered and done")
  func padding() throws {
    let test = try TestSession()
    let offer = try #require(test.submit("route 2 0 1").failure)
    #expect(offer.contains("pad=true") && offer.hasSuffix("up to 4: 2 0 1 3"))
    let padded = test.submit("let r = route 2 0 1 pad=true; assert $r.targets == (2,0,1,3)")
    #expect(padded.failure == nil)
  }

  @Test("forms and options of a permutation are completed")
  func completion() throws {
    let test = try TestSession()
    func texts(_ text: String) -> [String] {
      test.session.completion(of: text).candidates.map(\.text)
    }
    #expect(texts("route ra") == ["random"])
    #expect(texts("route random n") == ["network=", "n="])
    #expect(texts("route random n=8 network=o") == ["omega"])
    #expect(texts("quiz network=") == ["benes", "recursive"])
    #expect(texts("quiz h") == ["hint"])
    #expect(texts("route h") == [])
    #expect(texts("answer c") == ["cross"])
  }
}
