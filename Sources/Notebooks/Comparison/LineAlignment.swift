/// A difference between the recorded lines and those of this run.
package enum LineDifference: Sendable, Equatable {
  /// A changed line, with its mark, and the numbers that differ if nothing else does.
  case changed(expected: String, got: String, numbers: [NumberDifference])
  /// A recorded line that this run did not print.
  case missing(String)
  /// A printed line that is not recorded.
  case extra(String)
}

/// Aligns recorded lines with the lines of this run.
struct LineAlignment {
  let comparer: LineComparer

  /// Returns the differences in order; none if all lines match.
  func differences(expected: [ComparableLine], got: [ComparableLine]) -> [LineDifference] {
    // Most lines are as recorded and need only a byte comparison.
    var same = 0
    while same < min(expected.count, got.count), expected[same].isSame(as: got[same]) { same += 1 }
    guard same < max(expected.count, got.count) else { return [] }
    var expected = expected[same...].map(LineComparer.Divided.init)
    var got = got[same...].map(LineComparer.Divided.init)
    let common = CommonSubsequence.pairs(expected.count, got.count) {
      comparer.matches(&expected[$0], &got[$1])
    }
    var result: [LineDifference] = []
    var start = (0, 0)
    for (i, j) in common + [(expected.count, got.count)] {
      result += differences(inGap: expected[start.0..<i], got[start.1..<j])
      start = (i + 1, j + 1)
    }
    return result
  }

  private func differences(
    inGap expected: ArraySlice<LineComparer.Divided>,
    _ got: ArraySlice<LineComparer.Divided>
  ) -> [LineDifference] {
    var result: [LineDifference] = []
    for (var a, var b) in zip(expected, got) where !comparer.matches(&a, &b) {
      let numbers =
        a.line.isFailure == b.line.isFailure
        ? comparer.numberDifferences(a.line.text, b.line.text) : []
      result.append(.changed(expected: a.line.marked, got: b.line.marked, numbers: numbers))
    }
    result += expected.dropFirst(got.count).map { .missing($0.line.marked) }
    result += got.dropFirst(expected.count).map { .extra($0.line.marked) }
    return result
  }
}
