import TestSupport
import Testing

@testable import Routing

@Suite("Permutations in words")
struct PermutationTextTests {
  private func targets(_ text: String, count: Int? = nil, isPadded: Bool = false) throws -> [Int] {
    var random = SeededRandom(seed: 1)
    return try PermutationText(text)
      .permutation(count: count, isPadded: isPadded, using: &random).targets
  }

  @Test("each form is read")
  func forms() throws {
    #expect(try targets("3 1 0 2") == [3, 1, 0, 2])
    #expect(try targets("3,1, 0 2") == [3, 1, 0, 2])
    #expect(try targets("identity", count: 4) == [0, 1, 2, 3])
    #expect(try targets("reverse") == [7, 6, 5, 4, 3, 2, 1, 0])
    #expect(try targets("shuffle") == [0, 2, 4, 6, 1, 3, 5, 7])
    #expect(try targets("bitreversal") == [0, 4, 2, 6, 1, 5, 3, 7])
    #expect(try targets("rotate 3", count: 4) == [3, 0, 1, 2])
    #expect(try targets("rotate -9223372036854775808", count: 4) == [0, 1, 2, 3])
    #expect(try targets("(0 3)(1 2)") == [3, 2, 1, 0])
    #expect(try targets("(0 1 2)") == [1, 2, 0, 3])
    #expect(try targets(" (0, 4) ") == [4, 1, 2, 3, 0, 5, 6, 7])
    #expect(try targets("()", count: 2) == [0, 1])
    #expect(try targets("random", count: 64).sorted() == Array(0..<64))
  }

  @Test("lengths are padded if that is wanted")
  func padding() throws {
    #expect(try targets("2 0 1", isPadded: true) == [2, 0, 1, 3])
    #expect(try targets("reverse", count: 6, isPadded: true) == [5, 4, 3, 2, 1, 0, 6, 7])
    #expect(try targets("0", isPadded: true) == [0, 1])
    #expect(throws: PermutationError.notPowerOfTwo(3, padded: .init(trusted: [2, 0, 1, 3]))) {
      try targets("2 0 1")
    }
  }

  @Test(
    "each fault is named",
    arguments: [
      ("", PermutationError.empty), ("sort", .unknownWord("sort")),
      ("3 1 x 2", .notANumber("x")), ("rotate", .noSteps), ("rotate x", .notANumber("x")),
      ("reverse 3", .tooMuch("3", behind: "reverse")), ("(0 1", .brackets), ("0 1)", .brackets),
      ("(0 1) 2", .brackets), ("(0 1)(1 2)", .twiceInCycles(1)),
      ("3 1 1 2", .twice([1], missing: [0])),
      ("0 0 2 2", .twice([0, 2], missing: [1, 3])),
      ("1 2 3 4", .outside(4, count: 4, isFromOne: true, missing: [0])),
      ("0 1 9 2", .outside(9, count: 4, isFromOne: false, missing: [3])),
      ("-1 0", .outside(-1, count: 2, isFromOne: false, missing: [1])),
      ("(0 -1)", .outside(-1, count: 8, isFromOne: false, missing: [])),
      ("(0 9999999999)", .badCount(9_999_999_999)),
    ]
  )
  func faults(text: String, error: PermutationError) {
    #expect(throws: error) { try targets(text) }
    #expect(!error.message.isEmpty && !error.remedy.isEmpty)
  }

  @Test("lengths that do not fit are refused")
  func lengths() {
    #expect(throws: PermutationError.otherCount(8, numbers: 2)) { try targets("1 0", count: 8) }
    #expect(throws: PermutationError.badCount(1)) { try targets("reverse", count: 1) }
    #expect(throws: PermutationError.badCount(1 << 23)) { try targets("reverse", count: 1 << 23) }
    #expect(throws: PermutationError.needsPowerOfTwo(6)) { try targets("shuffle", count: 6) }
    #expect(throws: PermutationError.outside(5, count: 4, isFromOne: false, missing: [])) {
      try targets("(0 5)", count: 4)
    }
  }
}
