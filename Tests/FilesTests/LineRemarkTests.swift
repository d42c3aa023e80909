import Files
import Testing

@Suite("Remarks on lines")
struct LineRemarkTests {
  @Test("equal faults are one remark with their number and the first line")
  func texts() {
    var remarks = LineRemarks()
    #expect(remarks.texts.isEmpty && !remarks.areOfLoss)
    remarks.change(2, "a velocity beyond 1 … 127 is taken as the nearest")
    #expect(!remarks.areOfLoss && remarks.skipped == 0)
    remarks.skip(5, "not UTF-8")
    remarks.skip(9, "it has no pitch")
    remarks.skip(11, "not UTF-8")
    #expect(
      remarks.texts == [
        "line 2: a velocity beyond 1 … 127 is taken as the nearest",
        "2 lines skipped, the first is line 5: not UTF-8", "line 9 skipped: it has no pitch",
      ]
    )
    #expect(remarks.areOfLoss && remarks.skipped == 3)
  }

  @Test("parts that are no lines have their own name")
  func units() {
    var remarks = LineRemarks(unit: "word")
    remarks.skip(3, "its numbers are not finite")
    remarks.miss("line 1 promises 9 words")
    #expect(
      remarks.texts == ["word 3 skipped: its numbers are not finite", "line 1 promises 9 words"]
    )
  }
}
