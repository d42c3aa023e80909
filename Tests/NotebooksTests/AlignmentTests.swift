import TestSupport
import Testing

@testable import Notebooks

@Suite("Aligning output")
struct AlignmentTests {
  private func differences(_ expected: [String], _ got: [String]) -> [LineDifference] {
    LineAlignment(comparer: LineComparer(tolerance: nil)).differences(
      expected: expected.map { ComparableLine(isFailure: false, text: $0) },
      got: got.map { ComparableLine(isFailure: false, text: $0) }
    )
  }

  @Test("finds nothing where nothing differs")
  func equal() {
    #expect(differences([], []).isEmpty)
    #expect(differences(["a", "b"], ["a", "b"]).isEmpty)
  }

  @Test("tells changed lines from missing and extra ones")
  func kinds() {
    #expect(differences(["a", "b", "c"], ["a", "x", "c"]) == [changed("b", "x")])
    #expect(differences(["a", "b", "c"], ["a", "c"]) == [.missing("| b")])
    #expect(differences(["a", "c"], ["a", "b", "c"]) == [.extra("| b")])
    #expect(differences([], ["a"]) == [.extra("| a")])
    #expect(differences(["a"], []) == [.missing("| a")])
    #expect(
      differences(["a", "b", "c", "d"], ["b", "c", "x", "y"])
        == [.missing("| a"), changed("d", "x"), .extra("| y")]
    )
  }

  @Test("counts as few lines as can be: as many as a longest common subsequence leaves over")
  func shortest() {
    var random = SeededRandom(seed: 3)
    func lines() -> [String] {
      (0..<Int.random(in: 0...8, using: &random))
        .map { _ in "abc".randomElement(using: &random).map(String.init) ?? "" }
    }
    for _ in 0..<2000 {
      let (expected, got) = (lines(), lines())
      var missing = 0
      var extra = 0
      for difference in differences(expected, got) {
        switch difference {
        case .missing: missing += 1
        case .extra: extra += 1
        case .changed:
          missing += 1
          extra += 1
        }
      }
      let common = commonLength(expected[...], got[...])
      #expect(expected.count - missing == common)
      #expect(got.count - extra == common)
    }
  }

  @Test("pairs in order when there are too many lines to try all pairs")
  func manyLines() {
    let expected = (0..<2000).map { "line \($0)" }
    let got = (0..<2001).map { "line \($0 + 5000)" }
    let found = differences(expected, got)
    #expect(found.count == 2001)
    #expect(found.last == .extra("| line 7000"))
  }

  private func changed(_ expected: String, _ got: String) -> LineDifference {
    .changed(expected: "| \(expected)", got: "| \(got)", numbers: [])
  }

  private func commonLength(_ first: ArraySlice<String>, _ second: ArraySlice<String>) -> Int {
    guard let a = first.first, let b = second.first else { return 0 }
    if a == b { return 1 + commonLength(first.dropFirst(), second.dropFirst()) }
    return max(
      commonLength(first.dropFirst(), second),
      commonLength(first, second.dropFirst())
    )
  }
}
